"""The desk's script alone, on pages that the test hands out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import handlers.desk
from tests.browser.held import HeldAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

SCRIPT = Path(handlers.desk.__file__).parent / "static" / "desk.js"
WAITING = '<main data-poll="600" data-tag="1"><input aria-label="words"><h1>1 of 2</h1></main>'
CHANGED = '<main data-poll="600" data-tag="2"><input aria-label="words"><h1>2 of 2</h1></main>'
LOOK_MS = 600_000
"""So long that no look comes by itself while the machine is busy."""
ADDRESS = "http://desk.test/desk/exports"
FINISHED = "<main><h1>ready</h1></main>"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """With a clock that the test moves."""
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        yield page


def with_script(main: str) -> dict[str, str]:
    script = f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"
    return {"body": f"<!doctype html>{main}{script}", "content_type": "text/html; charset=utf-8"}


def test_a_page_that_waited_shows_what_it_waited_for_and_asks_no_more(page: Page) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.rpartition("/")[2])
        route.fulfill(**with_script(WAITING if len(asked) == 1 else FINISHED))  # type: ignore[arg-type]

    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.clock.run_for(LOOK_MS)
    expect(page.get_by_role("heading", name="ready")).to_be_visible()
    page.clock.run_for(20 * LOOK_MS)
    page.evaluate("fetch('/last')")
    assert asked == ["exports", "exports", "last"]


def looked_at(page: Page) -> tuple[HeldAnswer, list[str]]:
    """A page that has asked for what is new, which is on its way; and all that was asked for, as it comes."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.rpartition("/")[2])
        route.fulfill(**with_script(WAITING if len(asked) == 1 else CHANGED))  # type: ignore[arg-type]

    page.route("**/*", answer)
    page.goto(ADDRESS)
    held = HeldAnswer(page, "/exports")
    page.clock.run_for(LOOK_MS)
    held.wait()
    return held, asked


def test_who_begins_to_type_while_the_answer_is_on_its_way_is_not_interrupted(page: Page) -> None:
    held, _asked = looked_at(page)
    page.evaluate("""() => {
        const parse = DOMParser.prototype.parseFromString;
        DOMParser.prototype.parseFromString = function (...given) {
            window.read = true;
            return parse.apply(this, given);
        };
    }""")
    words = page.get_by_label("words")
    words.fill("21 15")
    held.let_go()
    page.wait_for_function("() => window.read")
    expect(words).to_have_value("21 15")
    words.blur()
    page.clock.run_for(LOOK_MS)
    expect(page.get_by_role("heading", name="2 of 2")).to_be_visible()


def test_a_page_asks_once_until_it_has_its_answer(page: Page) -> None:
    held, asked = looked_at(page)
    page.clock.run_for(10 * LOOK_MS)
    page.evaluate("fetch('/last')")
    assert asked == ["exports", "exports", "last"]
    held.let_go()
    expect(page.get_by_role("heading", name="2 of 2")).to_be_visible()
