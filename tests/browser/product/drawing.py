"""Signing on the page: with a mouse, or with a finger as a telephone's browser feels it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _paper(page: Page) -> dict[str, float]:
    """Where the page's paper is, brought before the eyes first."""
    page.locator("#send").scroll_into_view_if_needed()
    found = page.locator("#pad").bounding_box()
    return {"x": found["x"], "y": found["y"]} if found else {"x": 0.0, "y": 0.0}


def draw_with_a_mouse(page: Page) -> None:
    box = _paper(page)
    page.mouse.move(box["x"] + 40, box["y"] + 150)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 40 + step * 20, box["y"] + 150 - (step % 3) * 50)
    page.mouse.up()


def draw_with_a_finger(page: Page) -> None:
    box = _paper(page)
    hand = page.context.new_cdp_session(page)
    places = [{"x": box["x"] + 40 + step * 20, "y": box["y"] + 150 - (step % 3) * 50} for step in range(12)]
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": places[:1]})
    for place in places[1:]:
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [place]})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    # null until the page has taken the touch in
    page.wait_for_function("JSON.parse(localStorage.getItem(document.body.dataset.key))?.strokes.length === 1")
