"""From what the conversation wants to say to the message objects of one LINE request.

A bubble without title, buttons or card is a text message; the others are Flex. Long words are split, more than five
messages merged, and the quick replies go on the last message, the only one whose quick replies LINE shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.messages import limits
from bot.messages.actions import quick_action_of
from bot.messages.bubbles import Bubble, Quick, text
from bot.messages.catalogue import Catalogue
from bot.messages.fit import fit
from bot.messages.flex import BUTTONS_A_BUBBLE, Message, flex_message, footer_of, is_plain, json_bytes, lines_of
from bot.messages.measure import split_text

_TAIL_UNITS = 500
"""Of a text too long for Flex, about so much stays with the buttons; the rest goes before it as plain text."""


def render(bubbles: Sequence[Bubble], catalogue: Catalogue) -> list[Message]:
    """LINE message objects (plain dicts, 0 to 5 of them) that say `bubbles` in the catalogue's locale.

    Raises CatalogueError for an unknown key or missing value, RenderError for a button that LINE would refuse.
    """
    messages = fit([message for bubble in bubbles for message in _messages_of(bubble, catalogue)])
    quick = _quick_replies(bubbles, catalogue)
    if messages and quick:
        messages[-1] = {**messages[-1], "quickReply": {"items": quick}}
    return messages


def _messages_of(bubble: Bubble, catalogue: Catalogue) -> list[Message]:
    if bubble.picture is not None:
        small, large = bubble.picture.small, bubble.picture.large
        return [{"type": "image", "originalContentUrl": large, "previewImageUrl": small}]
    if not is_plain(bubble):
        return _flex_messages(bubble, catalogue)
    footer = footer_of(bubble, catalogue)
    words = "\n".join([*lines_of(bubble, catalogue), *([footer] if footer else [])])
    return _text_messages(words)


def _text_messages(words: str) -> list[Message]:
    pieces = (piece.strip() for piece in split_text(words, limits.TEXT_UNITS))
    return [{"type": "text", "text": piece} for piece in pieces if piece]


def _flex_messages(bubble: Bubble, catalogue: Catalogue) -> list[Message]:
    now, later = bubble.buttons[:BUTTONS_A_BUBBLE], bubble.buttons[BUTTONS_A_BUBBLE:]
    shown = replace(bubble, buttons=now)
    messages = _whole_or_split(shown, lines_of(bubble, catalogue), catalogue)
    for start in range(0, len(later), BUTTONS_A_BUBBLE):
        more = Bubble((text("general.more_choices"),), buttons=later[start : start + BUTTONS_A_BUBBLE])
        messages.append(flex_message(more, lines_of(more, catalogue), catalogue))
    return messages


def _whole_or_split(bubble: Bubble, lines: list[str], catalogue: Catalogue) -> list[Message]:
    whole = flex_message(bubble, lines, catalogue)
    if json_bytes(whole["contents"]) <= limits.FLEX_BUBBLE_BYTES:
        return [whole]
    title = [catalogue.say(bubble.title)] if bubble.title is not None else []
    words = "\n".join([*title, *lines])
    tail = split_text(words, _TAIL_UNITS)[-1]
    before = words[: len(words) - len(tail)]
    rest = flex_message(replace(bubble, title=None), tail.split("\n"), catalogue)
    return [*_text_messages(before), rest]


def _quick_replies(bubbles: Sequence[Bubble], catalogue: Catalogue) -> list[dict[str, Any]]:
    """The last bubble's first: they answer what is being asked. The rest would not be seen and is an extra."""
    buttons: list[Quick] = [button for bubble in reversed(bubbles) for button in bubble.quick]
    return [
        {"type": "action", "action": quick_action_of(button, catalogue)} for button in buttons[: limits.QUICK_REPLIES]
    ]
