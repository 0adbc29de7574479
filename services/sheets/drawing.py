"""Paper as PDF: Thai set by Typst, which breaks it between words; nothing is justified in a narrow cell.

Typst and the typeface are loaded when the first sheet is drawn: they take a moment and tens of megabytes.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from bot.messages.bubbles import Day, Text
from services.calendar import BANGKOK
from services.sheets.content import BLANKS, Content, Village

VISIT: Final = Path(__file__).with_name("visit.typ")
SIGNS: Final = Path(__file__).with_name("signs.typ")
_COLUMNS = ("title", "row", "house", "head", "photo", "signature", "note", "others")


def visit_sheet(content: Content, village: Village, now: dt.datetime) -> dict[str, Any]:
    """What the template of a village's visit sheet is given; `now` is civil."""
    say = content.catalogue.say
    return {
        "language": content.catalogue.locale,
        "words": {name: say(Text(f"sheet.visit.{name}")) for name in _COLUMNS},
        "survey": content.survey,
        "printed": say(Text("sheet.printed", {"day": Day(now.astimezone(BANGKOK).date())})),
        "read_out": say(Text("household.read_out")),
        "how": say(Text("sheet.visit.how")),
        "legend": content.legend(),
        "cases": [case.symbol or case.number for case in content.cases],
        "blanks": BLANKS,
        "place": village.place,
        "join": village.join,
        "qr": village.qr,
        "rows": [list(row) for row in village.rows],
    }


def visit_sheets(
    content: Content, villages: Iterable[str], now: dt.datetime, progress: Callable[[int], None] = lambda _done: None
) -> bytes:
    """One file of the sheets of villages by code. Each is drawn for itself and then appended: a district's rows at once
    would take a gigabyte. `progress` hears how many are done."""

    def drawn() -> Iterator[bytes]:
        for done, code in enumerate(villages, 1):
            yield _pdf(VISIT, visit_sheet(content, content.with_rows(code), now))
            progress(done)

    return bound(drawn())


def signs(content: Content, place: str, villages: Iterable[str]) -> bytes:
    """The signs of villages by code, eight to a page."""
    return _signs(content, "sheet.signs.title", place, (content.village(code) for code in villages))


def officers(content: Content, place: str, codes: Mapping[str, str], until: dt.date) -> bytes:
    """Personal codes of officers by their district's code, eight to a page, good until a day."""
    found = (content.officer(district, code, until) for district, code in codes.items())
    return _signs(content, "sheet.officers.title", place, found)


def bound(parts: Iterable[bytes]) -> bytes:
    """Files one behind the other."""
    from pypdf import PdfWriter  # noqa: PLC0415 - see the module's docstring

    book = PdfWriter()
    for part in parts:
        book.append(io.BytesIO(part))
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def _signs(content: Content, title: str, place: str, found: Iterable[Village]) -> bytes:
    return _pdf(
        SIGNS,
        {
            "language": content.catalogue.locale,
            "words": {"title": content.catalogue.say(Text(title))},
            "place": place,
            "villages": [{"place": one.place, "join": one.join, "qr": one.qr} for one in found],
        },
    )


def _pdf(template: Path, given: dict[str, Any]) -> bytes:
    import fontpkg_sarabun  # type: ignore[import-untyped]  # noqa: PLC0415 - see the module's docstring
    import typst  # noqa: PLC0415

    made: bytes = typst.compile(
        template,
        format="pdf",
        font_paths=[fontpkg_sarabun.ROOT / "files"],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(given, ensure_ascii=False)},
        # tags (for screen readers) quadruple the size of a long table, and this is made to be printed
        pdf_tags=False,
    )
    return made
