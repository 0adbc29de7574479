"""Pictures for messages of the page's tests: an address that exists nowhere, answered by the browser itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

PICTURES = "https://pictures.test"


def with_pictures(page: Page) -> list[str]:
    """Let the page load every picture of PICTURES, a plain square; returns the paths asked for, as they come."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.removeprefix(PICTURES))
        shape = '<rect width="8" height="8" fill="#7fa3b8"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">{shape}</svg>'
        route.fulfill(body=svg, content_type="image/svg+xml")

    page.route(f"{PICTURES}/**", answer)
    return asked
