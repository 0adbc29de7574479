"""`make screenshots`, the pictures of docs/forms.md: the example's sheets, and the example on the simulator's phone."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.sheet import page
from benchmarks.stage import DESK, FOLDER, Stage
from benchmarks.words import button, thai

EXAMPLE = Path("campaigns/example")
FORM = EXAMPLE / "wells.xlsx"
SHEETS = {"survey": 8, "choices": 3, "settings": 5}
"""Sheet and how many of its columns are shown."""


def sheets(browser: Browser) -> None:
    """The three sheets, as Excel shows them."""
    for name, columns in SHEETS.items():
        tab = browser.new_page(viewport={"width": 1500, "height": 600})
        tab.set_content(page(FORM, name, columns))
        content = tab.locator("body").screenshot()
        FOLDER.joinpath(f"form-{name}.png").write_bytes(content)
        sys.stdout.write(f"docs/screenshots/form-{name}.png  {len(content) // 1000} kB\n")
        tab.close()


def on_the_phone(stage: Stage) -> None:
    """A slip that is caught, the figures, and the card before sending with its remark."""
    desk = stage.open_page(DESK)
    stage.say("officer", thai("report"), "25", "30 4", "19 4")
    stage.picture(desk, "form-asked", only="officer")
    stage.tap("officer", button("pipes"))
    stage.say("officer", thai("no more of these"), thai("a day"), thai("skip"), thai("skip"))
    stage.picture(desk, "form-review", only="officer")
