"""A document as PDF, or as pictures of its pages: Thai set by typst, which breaks it between words.

Typst and the typeface are loaded when the first document is made: they take a moment and tens of megabytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, Literal

from services.documents.paper import Document, Sheet
from services.documents.writers.heading import head_rows

TEMPLATE: Final = Path(__file__).with_name("document.typ")


def write_pdf(document: Document) -> bytes:
    """The file."""
    made = _compile(document, "pdf", 144)
    return made if isinstance(made, bytes) else b"".join(made)


def write_pages(document: Document, ppi: int = 110) -> list[bytes]:
    """Each page as a PNG."""
    made = _compile(document, "png", ppi)
    return [made] if isinstance(made, bytes) else list(made)


def _compile(document: Document, kind: Literal["pdf", "png"], ppi: int) -> bytes | list[bytes]:
    import fontpkg_sarabun  # type: ignore[import-untyped]  # noqa: PLC0415 - see the module's docstring
    import typst  # noqa: PLC0415

    made: bytes | list[bytes] = typst.compile(
        TEMPLATE,
        format=kind,
        ppi=ppi,
        font_paths=[fontpkg_sarabun.ROOT / "files"],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_described(document), ensure_ascii=False)},
    )
    return made


def _described(document: Document) -> dict[str, Any]:
    """What the template is given."""
    return {
        "language": document.language,
        "letter": asdict(document.letter) if document.letter is not None else None,
        "labels": asdict(document.labels),
        "sheets": [_sheet(sheet) for sheet in document.sheets],
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "meta": sheet.meta,
        "notes": sheet.notes,
        "landscape": sheet.landscape,
        "columns": [{"width": column.width, "align": column.align.value} for column in sheet.table.columns],
        "head": [[asdict(title) for title in row] for row in head_rows(sheet.table)],
        "rows": [[asdict(cell) for cell in row] for row in sheet.table.rows],
    }
