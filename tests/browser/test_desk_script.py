"""The desk's script alone, on pages that the test hands out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

import handlers.desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

SCRIPT = Path(handlers.desk.__file__).parent / "static" / "desk.js"
WAITING = '<main data-poll="3" data-tag="1"><h1>1 of 2</h1></main>'
FINISHED = "<main><h1>ready</h1></main>"


def test_a_page_that_waited_shows_what_it_waited_for_and_asks_no_more(browser: Browser) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        main = WAITING if len(asked) == 1 else FINISHED
        script = f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"
        route.fulfill(body=f"<!doctype html>{main}{script}", content_type="text/html; charset=utf-8")

    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.route("**/*", answer)
        page.goto("http://desk.test/desk/exports")
        page.clock.run_for(3_000)
        expect(page.get_by_role("heading", name="ready")).to_be_visible()
        page.clock.run_for(60_000)
        page.evaluate("fetch('/last')")
        assert [url.rpartition("/")[2] for url in asked] == ["exports", "exports", "last"]
