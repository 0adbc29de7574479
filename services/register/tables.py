"""A file that somebody handed in, as a stream of rows: CSV in the encodings that Thai offices use, or a workbook.

Nothing is held in memory but the row at hand, so a file may have millions of them.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from services.register.faults import FileFault
from services.register.workbooks import sheets_of

LARGEST: Final = 4 << 30
"""Bytes of a file."""
_ENCODINGS: Final[tuple[str, ...]] = ("utf-8", "cp874")
_UTF8_MARK, _UTF16_MARKS = codecs.BOM_UTF8, (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CHUNK: Final = 1 << 20
SEPARATORS: Final = (",", ";", "\t")

Cells = list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `rows` can be read once: the number of the row as a spreadsheet shows it, and its cells."""

    name: str
    """Empty where the file has one table only."""
    rows: Iterator[tuple[int, Cells]]
    total: int | None = None
    """Rows, headings and empty ones too; None where the file does not tell beforehand."""


def open_tables(file: BinaryIO) -> Iterator[Sheet]:
    """The tables of a seekable file, by its content and not by its name. Raises FileFault."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if size == 0:
        raise FileFault("empty")
    if size > LARGEST:
        raise FileFault("too_big", most=LARGEST >> 20)
    if start == _OLD_EXCEL:
        raise FileFault("old_excel")
    if start == _ZIP:
        for name, rows, total in sheets_of(file):
            yield Sheet(name, rows, total)
        return
    encoding, lines = _encoding(file)
    for separator in _likely_separators(file, encoding):
        yield Sheet("", _rows(file, encoding, separator), lines)


def _likely_separators(file: BinaryIO, encoding: str) -> list[str]:
    """The separator that stands most often in the first lines; all others give tables of one column."""
    file.seek(0)
    head = file.read(4096).decode(encoding, "ignore")
    return [max(SEPARATORS, key=head.count)]


def _encoding(file: BinaryIO) -> tuple[str, int]:
    """The file's encoding and how many lines it has. Raises FileFault for one that is neither UTF nor Windows-874."""
    file.seek(0)
    start = file.read(4)
    encodings = _ENCODINGS
    if start.startswith(_UTF8_MARK):
        encodings = ("utf-8-sig",)
    elif start.startswith(_UTF16_MARKS):
        encodings = ("utf-16",)
    for encoding in encodings:
        lines = _lines(file, encoding)
        if lines:
            return encoding, lines
    raise FileFault("encoding")


def _lines(file: BinaryIO, encoding: str) -> int | None:
    """How many lines there are; None when the bytes are not of this encoding, or not text at all."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    lines, last = 0, ""
    try:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            if "\0" in text:
                return None
            lines += text.count("\n") or text.count("\r")
            last = text[-1:] or last
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return lines + (last not in {"\n", "\r"})


def _rows(file: BinaryIO, encoding: str, separator: str) -> Iterator[tuple[int, Cells]]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield from enumerate(csv.reader(text, delimiter=separator), 1)
    except csv.Error as error:
        raise FileFault("broken_csv") from error
    finally:
        text.detach()
