"""A bubble with a title, buttons or a card's footer as LINE's Flex message: compact, readable with large letters.

Flex rather than templates: LINE for PC draws its buttons, and its labels hold 40 letters. Nothing here reads markup:
whatever a person typed stays the text of a text component.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson

from bot.messages import limits
from bot.messages.actions import action_of
from bot.messages.bubbles import Bubble, Button, Link, Text, text
from bot.messages.catalogue import Catalogue
from bot.messages.measure import letters, shorten

Message = dict[str, Any]
"""A LINE message object, ready for JSON."""

BUTTONS_A_BUBBLE: Final = 12
"""More are carried on into a further bubble: they would not be found by scrolling, nor surely fit the 30 KB."""

_GREY: Final = "#8C8C8C"
_ROW: Final = 3
_SHORT_LABEL: Final = 6
_FOOTER_KEY: Final = "menu.footer"


def lines_of(bubble: Bubble, catalogue: Catalogue) -> list[str]:
    """What the bubble says line by line, without its title: no empty ones at the ends."""
    return "\n".join(catalogue.say(words) for words in bubble.lines).strip().split("\n")


def is_plain(bubble: Bubble) -> bool:
    """Whether a text message can carry it."""
    return not (bubble.buttons or bubble.title or bubble.card)


def flex_message(bubble: Bubble, lines: Sequence[str], catalogue: Catalogue) -> Message:
    """The Flex message of a bubble that says `lines`. Raises RenderError for a button that LINE would refuse."""
    title = catalogue.say(bubble.title).strip() if bubble.title is not None else ""
    said = [line for line in lines if line.strip()]
    body = [_title(title)] if title else []
    body += [_line(line, small=bubble.card) for line in said]
    if not body:
        choose = catalogue.say(text("general.choose"))
        said, body = [choose], [_line(choose, small=False)]
    grey = footer_of(bubble, catalogue)
    buttons = _buttons(bubble.buttons, catalogue)
    below = buttons + ([_grey(grey)] if grey and buttons else [])
    if grey and not buttons:
        body.append(_grey(grey))
    return envelope(_container(body, below), "\n".join([title, *said] if title else said))


def envelope(contents: dict[str, Any], alt_text: str) -> Message:
    """A Flex message around a bubble or carousel; the alternative text is what the notification shows."""
    alt = shorten(alt_text, limits.ALT_TEXT_UNITS, unit_limit=limits.ALT_TEXT_UNITS)
    return {"type": "flex", "altText": alt, "contents": contents}


def text_container(words: str) -> dict[str, Any]:
    """A Flex bubble with nothing but text, for a carousel: one component, since each line's own would weigh more."""
    return _container([_line(words, small=False)], [])


def json_bytes(contents: dict[str, Any]) -> int:
    """Size as sent: UTF-8 JSON."""
    return len(orjson.dumps(contents))


def footer_of(bubble: Bubble, catalogue: Catalogue) -> str:
    """The grey last line: the bubble's own, else the word that always helps on a card, else nothing."""
    if bubble.footer is not None:
        return catalogue.say(bubble.footer).strip()
    return catalogue.say(text(_FOOTER_KEY)) if bubble.card else ""


def _container(body: list[Message], below: list[Message]) -> Message:
    container: Message = {"type": "bubble", "body": _box(body)}
    if below:
        container["footer"] = _box(below)
    return container


def _box(contents: list[Message]) -> Message:
    return {"type": "box", "layout": "vertical", "spacing": "sm", "contents": contents}


def _title(words: str) -> Message:
    return {"type": "text", "text": words, "weight": "bold", "wrap": True, "scaling": True}


def _line(words: str, *, small: bool) -> Message:
    line: Message = {"type": "text", "text": words, "wrap": True, "scaling": True}
    return {**line, "size": "sm"} if small else line


def _grey(words: str) -> Message:
    return {"type": "text", "text": words, "size": "xs", "color": _GREY, "wrap": True, "scaling": True}


def _buttons(buttons: Sequence[Button], catalogue: Catalogue) -> list[Message]:
    """Buttons under each other; four or more very short ones (house numbers) three in a row."""
    drawn = [_button(button, catalogue, first=place == 0) for place, button in enumerate(buttons)]
    if len(drawn) <= _ROW or any(letters(button["action"]["label"]) > _SHORT_LABEL for button in drawn):
        return drawn
    return [
        {"type": "box", "layout": "horizontal", "spacing": "sm", "contents": drawn[start : start + _ROW]}
        for start in range(0, len(drawn), _ROW)
    ]


def _button(button: Button, catalogue: Catalogue, *, first: bool) -> Message:
    return {
        "type": "button",
        "style": _style(button, catalogue, first=first),
        "height": "sm",
        "adjustMode": "shrink-to-fit",
        "scaling": True,
        "action": action_of(button, catalogue, limits.FLEX_LABEL_GRAPHEMES),
    }


def _style(button: Button, catalogue: Catalogue, *, first: bool) -> str:
    key = button.label.key if isinstance(button.label, Text) else ""
    if first and key in catalogue.marks.primary:
        return "primary"
    if isinstance(button, Link) or key in catalogue.marks.quiet:
        return "link"
    return "secondary"
