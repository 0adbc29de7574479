"""Small pieces that every flow says."""

from __future__ import annotations

from bot.conversation.inputs import tap_data
from bot.messages.bubbles import Bubble, Button, Say, Tap, Text, Value, Words, text

EXAMPLE_CODE = "4207-KX3M"
"""The code of every example; it is in no register."""
EXAMPLE_VILLAGE = "42070605"
EXAMPLE_HOUSE = "12/3"
HEARD_LENGTH = 40


def heard(words: str) -> str:
    """What somebody typed, short enough to be repeated."""
    line = " ".join(words.split())
    return line if len(line) <= HEARD_LENGTH else f"{line[:HEARD_LENGTH]}…"


def by(who: str, phoned_by: str) -> Words:
    """Who sent a report, with who told it on the telephone where there is such a person."""
    return text("word.phoned", who=who, caller=phoned_by) if phoned_by else who


def bubble(*lines: Words, buttons: tuple[Button, ...] = (), card: bool = False) -> Bubble:
    return Bubble(lines, buttons, card=card)


def sentence(key: str, /, *buttons: Button, **values: Value) -> Bubble:
    """A bubble of one catalogue text, with its buttons."""
    return Bubble((text(key, **values),), buttons)


def tap(label: Words | str, do: str, /, **values: str | int) -> Tap:
    """A button by the catalogue key of its label (a Text is taken as it is, and so are words of the form's)."""
    return Tap(label if isinstance(label, Text) else text(label), tap_data(do, **values))


def command(label: str) -> Say:
    """A button that types its own label, which is a command."""
    return Say(text(label), text(label))
