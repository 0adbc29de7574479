"""What the conversation asks about the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import Query


@dataclass(frozen=True, slots=True)
class DeskPageFacts:
    address: str
    good_until: dt.datetime


@dataclass(frozen=True, slots=True)
class DeskAddress(Query[DeskPageFacts]):
    """A new link with which this person signs in to the desk, once."""


@dataclass(frozen=True, slots=True)
class OpenDesks(Query[int]):
    """In how many browsers this person is signed in now."""
