"""A form as a spreadsheet for the office: forms that are kept as Markdown tables become one."""

from __future__ import annotations

import io
from pathlib import PurePath

_MARKDOWN = ".md"
_SHEETS = frozenset({"survey", "choices", "settings", "external_choices", "entities"})


def as_spreadsheet(path: str, content: bytes) -> tuple[str, bytes]:
    """Name and bytes of what is given out: an .xlsx, or the file itself where it is a spreadsheet already."""
    name = PurePath(path)
    if name.suffix.lower() != _MARKDOWN:
        return name.name, content
    from openpyxl import Workbook  # noqa: PLC0415 - it costs 0.2 s, few processes need it

    book = Workbook()
    book.remove(book.active)
    sheet = None
    for line in content.decode().splitlines():
        if not line.lstrip().startswith("|"):
            continue
        cells = _cells(line)
        if cells[0] in _SHEETS:
            sheet = book.create_sheet(cells[0])
            continue
        if sheet is not None and any(cells) and not all(set(cell) <= {"-", ":"} for cell in cells):
            sheet.append([cell or None for cell in cells[1:]])
    packed = io.BytesIO()
    book.save(packed)
    return f"{name.stem}.xlsx", packed.getvalue()


def _cells(line: str) -> list[str]:
    r"""The cells of a row of a table; \| stands for the sign itself."""
    hidden = line.strip().removeprefix("|").removesuffix("|").replace("\\|", "\0")
    return [cell.replace("\0", "|").strip() for cell in hidden.split("|")]
