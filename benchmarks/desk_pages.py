"""Every page of the desk that is photographed, and looked at by axe-core: its picture's name, and its address on a
running demonstration."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from openpyxl import load_workbook
from PIL import Image

from benchmarks.looks import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

VILLAGE: Final = "/desk/villages/42070605"
_CAMPAIGN: Final = "/desk/settings/campaigns/loei_2564"
FORM: Final = f"{_CAMPAIGN}/forms/followup"
TEXT: Final = f"{_CAMPAIGN}/texts/reminder.opening"
DESK_PAGES: Final = {
    "today": "/desk/today",
    "reports": "/desk/reports",
    "report": "/desk/reports/1",
    "return": "/desk/reports/1/return?box=t3_hh_checked",
    "waive": "/desk/reports/2/waive",
    "behalf": "/desk/reports/1/behalf",
    "papers": "/desk/reports/papers",
    "summary": "/desk/reports/summary",
    "summary-rows": "/desk/reports/summary/rows/reported",
    "letter": "/desk/reports/letter",
    "exports": "/desk/exports",
    "villages": "/desk/households?district=4207&tambon=420706",
    "village": VILLAGE,
    "photos": f"{VILLAGE}/photos",
    "pair": "/desk/look-alikes",
    "quality": "/desk/quality",
    "quality-rows": "/desk/quality/no_volunteer",
    "reconciliation": "/desk/reconciliation",
    "reconciliation-figures": "/desk/reconciliation/figures?district=4207",
    "reconciliation-upload": "/desk/reconciliation/upload",
    "reconciliation-history": "/desk/reconciliation/history/4204",
    "notices": "/desk/notices",
    "remind": "/desk/notices/remind",
    "announce": "/desk/notices/announce",
    "told": "/desk/notices/people/1",
    "settings": "/desk/settings",
    "people": "/desk/settings/people",
    "people-paste": "/desk/settings/people/paste",
    "person": "/desk/settings/people/1",
    "requests": "/desk/settings/requests",
    "signs": "/desk/settings/signs",
    "register": "/desk/settings/register",
    "retention": "/desk/settings/retention",
    "system": "/desk/settings/system",
    "tokens": "/desk/settings/tokens",
    "webhooks": "/desk/settings/webhooks",
    "devices": "/desk/settings/devices",
    "audit": "/desk/settings/audit",
    "looks": "/desk/settings/looks",
    "campaigns": "/desk/settings/campaigns",
    "campaign": _CAMPAIGN,
    "campaign-copy": f"{_CAMPAIGN}/copy?first=2022-06-10",
    "campaign-dates": f"{_CAMPAIGN}/dates",
    "campaign-reminder": f"{_CAMPAIGN}/reminders/due_day",
    "campaign-retention": f"{_CAMPAIGN}/retention",
    "campaign-checks": f"{_CAMPAIGN}/checks",
    "campaign-case": f"{_CAMPAIGN}/checks/e31",
    "campaign-texts": f"{_CAMPAIGN}/texts",
    "campaign-text": TEXT,
    "form": FORM,
    "form-try": f"{FORM}/play",
}
REFUSED_FORM: Final = """
| survey   |             |       |                  |
|          | type        | name  | label            |
|          | int         | count | How many?        |
|          | intger      | again | How many again?  |
|          | select_one  | why   | Why?             |
| settings |             |       |                  |
|          | form_title  | form_id  |               |
|          | Follow-up   | followup |               |
"""
"""With a type that is none, and a choice without a list."""
SIZES: Final[tuple[ViewportSize, ...]] = ({"width": 1280, "height": 900}, {"width": 390, "height": 900})
COLOURS: Final = 96
"""Of a picture: pages have few, and a clone stays small."""
_GAP, _GROUND = 24, "#9aa4b2"
GALLERY_HEAD: Final = """# Every page of the desk

As `make screenshots` finds them in the demonstration: on an office's screen and on a telephone. What
each is for stands in [desk.md](desk.md).
"""


def photograph(page: Page, folder: Path) -> Iterator[tuple[str, str, str, list[str]]]:
    """Name, address, heading and faults of each page, its picture written; `page` is signed in."""
    base = page.url.split("/desk/")[0]
    for name, path in DESK_PAGES.items():
        page.goto(base + path)
        yield _photographed(page, folder, name, path)
    yield from _after_deeds(page, folder, base)


def _after_deeds(page: Page, folder: Path, base: str) -> Iterator[tuple[str, str, str, list[str]]]:
    """Pages that only answer something: words that break the rules, a form that is refused, one that waits."""
    page.goto(base + TEXT)
    page.locator("textarea[name=th]").fill("dear {office}")
    with page.expect_navigation():
        page.locator("button[name=look]").click()
    yield _photographed(page, folder, "campaign-text-preview", TEXT)
    present = page.request.get(f"{base}{FORM}/file").body()
    for name, (file, content, path) in {
        "form-refused": ("followup.md", REFUSED_FORM.encode(), FORM),
        "form-upload": ("followup.xlsx", _reworded(present), f"{FORM}/upload"),
    }.items():
        page.goto(base + FORM)
        page.set_input_files("input[type=file]", {"name": file, "mimeType": "", "buffer": content})
        with page.expect_navigation():
            page.locator("form:has(input[type=file]) button").click()
        yield _photographed(page, folder, name, path)


def _photographed(page: Page, folder: Path, name: str, path: str) -> tuple[str, str, str, list[str]]:
    page.wait_for_load_state("networkidle")
    shots, faults = [], []
    for size in SIZES:
        page.set_viewport_size(size)
        faults += faults_of(page)
        shots.append(page.screenshot(animations="disabled"))
    folder.joinpath(f"desk-{name}.png").write_bytes(_side_by_side(shots))
    return name, path, page.get_by_role("heading", level=1).inner_text(), faults


def _reworded(form: bytes) -> bytes:
    """The form with its first count asked for in other words."""
    book = load_workbook(io.BytesIO(form))
    survey = book["survey"]
    heads = [str(cell.value) for cell in survey[1]]
    label = next(place for place, head in enumerate(heads) if head.startswith("label"))
    cell = next(row[label] for row in survey.iter_rows(min_row=2) if row[heads.index("type")].value == "integer")
    cell.value = f"{cell.value} *"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _side_by_side(shots: list[bytes]) -> bytes:
    pictures = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    width = sum(picture.width for picture in pictures) + _GAP * (len(pictures) - 1)
    whole = Image.new("RGB", (width, max(picture.height for picture in pictures)), _GROUND)
    left = 0
    for picture in pictures:
        whole.paste(picture, (left, 0))
        left += picture.width + _GAP
    file = io.BytesIO()
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def gallery(found: list[tuple[str, str, str]]) -> str:
    """The page of docs that shows them all; `found` is name, address and heading of each."""
    return GALLERY_HEAD + "".join(
        f"\n## {heading}\n\n`{path}`\n\n![{heading}](screenshots/desk-{name}.png)\n" for name, path, heading in found
    )
