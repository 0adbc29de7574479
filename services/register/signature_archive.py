"""A ZIP of pictures, hostile until looked at: nothing is unpacked to disk, and no name in it becomes a path."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO, Final

from bot.reading.national_id import find_national_ids
from services.register.faults import FileFault, RowError

ENTRIES: Final = 200_000
LARGEST: Final = 5 << 20
"""Bytes of one picture."""
_RATIO: Final = 200
_ENCRYPTED: Final = 0x1
_UTF8_NAMES: Final = 0x800
_LINK: Final = 0o120000


def opened(file: BinaryIO) -> zipfile.ZipFile:
    """Raises FileFault for what is no ZIP file, or holds too much."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileFault("no_zip") from error
    if len(archive.infolist()) > ENTRIES:
        archive.close()
        raise FileFault("swollen")
    return archive


def is_besides(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what systems put into archives unasked."""
    last = entry.filename.rstrip("/").rpartition("/")[2]
    return entry.is_dir() or entry.filename.startswith("__MACOSX/") or last.startswith(".") or last == "Thumbs.db"


def name_of(entry: zipfile.ZipInfo) -> str:
    """The picture's own name. Raises RowError for one with a national id, that climbs out of its folder, or a link."""
    path = entry.filename
    if not entry.flag_bits & _UTF8_NAMES:
        try:
            # Windows in Thailand writes names in its own code page
            path = path.encode("cp437").decode("cp874")
        except UnicodeError:
            path = entry.filename
    parts = path.split("/")
    if (
        ".." in parts
        or path.startswith("/")
        or "\\" in path
        or ":" in path
        or entry.external_attr >> 16 & _LINK == _LINK
    ):
        raise RowError("image_path")
    if find_national_ids(parts[-1]):
        raise RowError("image_national_id")
    return parts[-1]


def content_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of a picture. Raises RowError for one that is locked, swollen or broken."""
    if entry.flag_bits & _ENCRYPTED:
        raise RowError("image_unusable", name=name)
    if entry.file_size > LARGEST or entry.file_size > max(1 << 20, entry.compress_size * _RATIO):
        raise RowError("image_big", name=name, most=LARGEST >> 20)
    try:
        with archive.open(entry) as packed:
            content = packed.read(LARGEST + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise RowError("image_unusable", name=name) from error
    if len(content) > LARGEST:
        raise RowError("image_big", name=name, most=LARGEST >> 20)
    return content
