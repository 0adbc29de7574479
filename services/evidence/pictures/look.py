"""Looking into a file that came as a photo: is it one, may it be opened, and what may be shown of it.

What people send is hostile until it has been looked at: a PDF named .jpg, a picture of 200 million pixels in a few
kilobytes, half a JPEG, a web page behind a picture. Only what was drawn anew here is ever shown; it carries no EXIF,
so no place and no telephone's name (privacy: mission.md).
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from services.evidence.pictures.fingerprint import fingerprint

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 64_000_000
"""More than any telephone's sensor gives after LINE has made the picture smaller."""
LONGEST_SIDE = 2048
"""Pixels of the copy that is shown: house numbers stay legible, a page of ten weighs three megabytes."""
_DECODED_AT_LEAST = LONGEST_SIDE // 2
"""A JPEG is decoded at the smallest scale (a half, a quarter) that gives this: most need no further scaling then."""
THUMBNAIL_SIDE = 320
_QUALITY, _THUMBNAIL_QUALITY = 85, 70


class Refusal(StrEnum):
    """Why a file is no photo that can be kept. The names are catalogue keys too."""

    NOT_A_PICTURE = "not_a_picture"
    ANIMATION = "animation"
    HEIC = "heic"
    """The iPhone's own format, which LINE normally turns into JPEG: it comes only as a file."""
    DOCUMENT = "document"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


class RefusedError(Exception):
    """The file is not kept. `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Picture:
    """What is kept of a photo: two copies without EXIF, and how it looks in 64 bits."""

    width: int
    height: int
    """Of the original, in pixels, the right way up."""
    shown: bytes
    """JPEG, LONGEST_SIDE at most."""
    thumbnail: bytes
    fingerprint: str
    """16 hexadecimal digits; see `fingerprint`."""


def look(file: BinaryIO) -> Picture:
    """Draw the copies of a photo. `file` can seek. Raises RefusedError."""
    head = file.read(32)
    file.seek(0)
    if head.startswith((b"%PDF", b"PK\x03\x04")):
        raise RefusedError(Refusal.DOCUMENT)
    if head[4:8] == b"ftyp":
        raise RefusedError(Refusal.HEIC if head[8:12] in _HEIC_BRANDS else Refusal.NOT_A_PICTURE)
    if head.startswith((b"GIF87a", b"GIF89a")):
        raise RefusedError(Refusal.ANIMATION)
    with warnings.catch_warnings():
        # Pillow only warns of what it finds large, and of odd metadata; the limits here are our own
        warnings.simplefilter("ignore")
        return _drawn(file)


_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})


def _drawn(file: BinaryIO) -> Picture:
    try:
        with Image.open(file, formats=FORMATS) as opened:
            _refuse_unopened(opened)
            width, height = opened.size
            turned = opened.getexif().get(_ORIENTATION, 1)
            opened.draft("RGB", (_DECODED_AT_LEAST, _DECODED_AT_LEAST))
            shown = _within(_on_white(ImageOps.exif_transpose(opened) if turned != 1 else opened), LONGEST_SIDE)
    except Image.DecompressionBombError:
        raise RefusedError(Refusal.TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise RefusedError(Refusal.NOT_A_PICTURE) from None
    except RefusedError:
        raise
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, ZeroDivisionError):
        # what Pillow's decoders raise for bytes that end early or contradict themselves
        raise RefusedError(Refusal.BROKEN) from None
    small = _within(shown, THUMBNAIL_SIDE)
    size = (height, width) if turned in _ON_ITS_SIDE else (width, height)
    return Picture(*size, _jpeg(shown, _QUALITY), _jpeg(small, _THUMBNAIL_QUALITY), fingerprint(small))


def _refuse_unopened(header: Image.Image) -> None:
    """By what its header says, before a pixel is decoded. Raises RefusedError."""
    if header.width * header.height > MOST_PIXELS:
        raise RefusedError(Refusal.TOO_MANY_PIXELS)
    if getattr(header, "n_frames", 1) > 1:
        raise RefusedError(Refusal.ANIMATION)


_ORIENTATION = 0x0112
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})
"""EXIF orientations that swap width and height."""


def _on_white(image: Image.Image) -> Image.Image:
    """As RGB; what is transparent becomes white paper."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        page = Image.new("RGB", clear.size, "white")
        page.paste(clear, mask=clear.getchannel("A"))
        return page
    image.load()
    return image if image.mode == "RGB" else image.convert("RGB")


def _within(image: Image.Image, side: int) -> Image.Image:
    scale = side / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()
