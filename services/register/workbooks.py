"""Workbooks (.xlsx) read row by row: openpyxl's read-only mode, behind checks of what the archive would unpack to."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from services.register.faults import FileFault

SHARED_STRINGS: Final = 200 << 20
"""Bytes of a workbook's table of texts, the one part that has to be in memory at once."""
UNPACKED: Final = 4 << 30
ENTRIES: Final = 2000
_RATIO: Final = 400
"""Times that a part may grow when unpacked; sheets of equal rows reach about a hundred."""
_SMALL: Final = 16 << 20
"""Bytes below which a part may grow as it likes."""
ROWS: Final = 1 << 20
COLUMNS: Final = 500
"""Excel's own most of rows, and far more columns than any register has: a cell may claim to lie anywhere, and all that
is left out before it would be made up."""
_UNREADABLE: Final = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl and zipfile raise for parts that are broken, locked, or contradict each other."""

Named = tuple[str, Iterator[tuple[int, list[str]]], int | None]


def sheets_of(file: BinaryIO) -> Iterator[Named]:
    """Name, rows and number of rows (where known) of each sheet that is no chart. Raises FileFault."""
    import openpyxl  # noqa: PLC0415 - it costs 0.2 s, few processes need it

    _check(file)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # about styles and extensions that reading values does not need
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except _UNREADABLE as error:
        raise FileFault("broken_excel") from error
    try:
        for sheet in book.worksheets:
            total = sheet.max_row
            # what the file says of its size may be wrong, and would cut rows off
            sheet.reset_dimensions()
            yield sheet.title, _rows(sheet), total
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                if number > ROWS:
                    raise FileFault("broken_excel")
                yield number, _texts(row[:COLUMNS])
    except _UNREADABLE as error:
        raise FileFault("broken_excel") from error


def _texts(row: Sequence[Any]) -> list[str]:
    return [value if type(value) is str else _text(value) for value in row]


def _text(value: Any) -> str:
    """A cell's value as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


def _check(file: BinaryIO) -> None:
    """Refuse an archive that is no workbook or would unpack to more than a register can need."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise FileFault("broken_excel") from error
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise FileFault("no_workbook")
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    swollen = any(part.file_size > max(_SMALL, part.compress_size * _RATIO) for part in parts)
    if len(parts) > ENTRIES or swollen or texts > SHARED_STRINGS or sum(p.file_size for p in parts) > UNPACKED:
        raise FileFault("swollen")
