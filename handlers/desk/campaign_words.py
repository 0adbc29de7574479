"""How the pages of campaigns write days, rounds and roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from bot.messages.bubbles import Day, Text, Value
from bot.messages.catalogue import DEFAULT_LOCALE
from handlers.desk.frame import Frame

_BUDDHIST = 543


def written(frame: Frame) -> dict[str, Any]:
    """Functions for templates: `day`, `called`, `roles`, `year_of`."""
    words = frame.words

    def day(date: dt.date) -> str:
        return words.write(Day(date))

    def called(name: Value) -> str:
        """A round: its number or its own words."""
        return words.say(Text("desk.copy.round", {"n": name})) if isinstance(name, int) else words.write(name)

    def roles(keys: Iterable[str]) -> str:
        return words.write(tuple(Text(f"role.{key}") for key in keys))

    def year_of(year: int) -> str:
        """A year of the common era, in the era of the language."""
        return str(year + _BUDDHIST if words.locale == DEFAULT_LOCALE else year)

    return {"day": day, "called": called, "roles": roles, "year_of": year_of}
