"""What a person does on one phone of the page, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def phone(page: Page, role: str) -> Locator:
    return page.get_by_test_id(f"phone-{role}")


def say(page: Page, role: str, text: str) -> None:
    composer = phone(page, role).get_by_test_id("composer")
    composer.fill(text)
    composer.press("Enter")


def bubbles(page: Page, role: str, side: str) -> Locator:
    return phone(page, role).locator(f"[data-side={side}]")


def postback(label: str, data: str, **more: Any) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": data, **more}


def quick(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"items": [{"type": "action", "action": action} for action in actions]}


def card(*contents: dict[str, Any]) -> dict[str, Any]:
    body = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return {"type": "flex", "altText": "การ์ด", "contents": {"type": "bubble", "body": body}}
