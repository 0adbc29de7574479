"""An answer that is long on its way to a page, so that a test may do something before it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOLD = """ending => {
    const { fetch } = window;
    window.fetch = async (...asked) => {
        const answer = await fetch(...asked);
        if (window.letGo || !asked[0].endsWith(ending)) return answer;
        const body = await answer.blob();
        await new Promise(done => { window.letGo = done; });
        return new Response(body, answer);
    };
}"""


class HeldAnswer:
    """The next answer to a request whose address ends so reaches the page's script only when it is let go."""

    def __init__(self, page: Page, ending: str) -> None:
        self._page = page
        page.evaluate(HOLD, ending)

    def wait(self) -> None:
        """Until the server has given it."""
        self._page.wait_for_function("() => window.letGo")

    def let_go(self) -> None:
        self._page.evaluate("window.letGo()")
