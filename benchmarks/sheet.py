"""Draws a sheet of an Excel file as a spreadsheet program shows it, for pictures of the guide."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

STYLE = """
body { margin: 0; font: 13px 'Noto Sans Thai', 'Noto Sans', sans-serif; background: #fff; display: inline-block }
table { border-collapse: collapse }
td, th { border: 1px solid #d4d4d4; padding: 3px 6px; vertical-align: top; text-align: left; font-weight: normal }
th { background: #f2f2f2; color: #555; text-align: center }
tr.head td { background: #ddebf7; font-weight: 600 }
footer { padding: 6px 10px; background: #f2f2f2; border-top: 1px solid #d4d4d4 }
footer span { padding: 4px 12px; margin-right: 4px; color: #555 }
footer span.open { background: #fff; color: #0a6b3d; font-weight: 600; border-bottom: 2px solid #0a6b3d }
"""


def page(file: Path, name: str, columns: int) -> str:
    """HTML of the first `columns` columns of sheet `name`, with the names of all sheets at the bottom."""
    book = load_workbook(file, read_only=False)
    sheet = book[name]
    letters = "".join(f"<th>{get_column_letter(number)}</th>" for number in range(1, columns + 1))
    rows = [
        _row(number, [cell.value for cell in cells][:columns])
        for number, cells in enumerate(sheet.iter_rows(max_col=columns), 1)
    ]
    tabs = "".join(
        f"<span class='{'open' if title == name else ''}'>{escape(title)}</span>" for title in book.sheetnames
    )
    widths = "".join(
        f"<col style='width:{(sheet.column_dimensions[get_column_letter(number)].width or 10) * 6.4:.0f}px'>"
        for number in range(1, columns + 1)
    )
    heads = f"<colgroup><col style='width:28px'>{widths}</colgroup><tr><th></th>{letters}</tr>"
    table = f"<table>{heads}{''.join(rows)}</table>"
    return f"<meta charset='utf-8'><style>{STYLE}</style>{table}<footer>{tabs}</footer>"


def _row(number: int, values: list[Any]) -> str:
    cells = "".join(f"<td>{'' if value is None else escape(str(value))}</td>" for value in values)
    return f"<tr class='{'head' if number == 1 else ''}'><th>{number}</th>{cells}</tr>"
