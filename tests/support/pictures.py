"""Photos as people send them, made on the spot, and files that are none."""

from __future__ import annotations

import io
import random
import struct
import zlib

from PIL import Image, ImageDraw


def scene(seed: int = 1, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A made-up scene: each seed looks different from any other."""
    chance = random.Random(seed)  # noqa: S311 - scenery
    image = Image.new("RGB", size, tuple(chance.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        box = (left, top, left + chance.randrange(40, size[0]), top + chance.randrange(40, size[1]))
        draw.rectangle(box, fill=tuple(chance.randrange(256) for _ in range(3)))
    return image


def jpeg(seed: int = 1, size: tuple[int, int] = (640, 480), *, quality: int = 90, exif: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    scene(seed, size).save(buffer, "JPEG", quality=quality, exif=exif)
    return buffer.getvalue()


def png(seed: int = 1, mode: str = "RGBA") -> bytes:
    buffer = io.BytesIO()
    scene(seed).convert(mode).save(buffer, "PNG")
    return buffer.getvalue()


def with_place(orientation: int = 1) -> bytes:
    """EXIF with the telephone's name and the place, as cameras write it."""
    exif = Image.Exif()
    exif[0x0110] = "Telephone of somebody"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (17.0, 29.0, 10.0), 3: "E", 4: (101.0, 43.0, 20.0)})
    return exif.tobytes()


def animation() -> bytes:
    buffer = io.BytesIO()
    scene(1).save(buffer, "GIF", save_all=True, append_images=[scene(2)])
    return buffer.getvalue()


def bomb(width: int = 20_000, height: int = 10_000) -> bytes:
    """A PNG of 200 million pixels in a few kilobytes; its rows are never reached."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(3 * width + 1) * 10)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
"""Whatever its name says."""
