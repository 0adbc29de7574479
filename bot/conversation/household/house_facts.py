"""What the conversation may know of a village's houses and their photos."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import AreaFacts, Query


@dataclass(frozen=True, slots=True)
class HouseFacts:
    village: AreaFacts
    registered: int
    done: int
    done_today: int
    next_houses: tuple[str, ...]
    """Names (bot.conversation.household.names) of the next outstanding houses on the list, six at most."""
    outstanding: tuple[str, ...]
    """All of them, in order: registered, and neither photographed nor excused from it by a case."""
    known_numbers: frozenset[str]
    """Names of all households that the register knows or that were added."""
    rows: tuple[str, ...] = ()
    """The registered households in the order of the list: row 1 of the visit sheet is the first."""
    unsigned: tuple[str, ...] = ()
    """Done, but without a signature and without a case that excuses from it."""


@dataclass(frozen=True, slots=True)
class HousesOf(Query[HouseFacts]):
    village_code: str


@dataclass(frozen=True, slots=True)
class WaitingPhoto:
    media_id: int
    sent_at: dt.datetime
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class HousePhoto:
    """A photo of the account's own, and the house that it is known to show."""

    message_id: str
    sent_at: dt.datetime
    house: str = ""
    covers: int | None = None
    """Of a signed sheet: how many households signed it. None: it is no sheet."""


@dataclass(frozen=True, slots=True)
class SentPhotos(Query[tuple[HousePhoto, ...]]):
    """Those of some messages that still stand and show no sheet, oldest first; the same bytes twice are one photo."""

    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastPhoto(Query[HousePhoto | None]):
    """The newest photo that the account sent of a house."""


@dataclass(frozen=True, slots=True)
class QuotedHouse(Query[HousePhoto | None]):
    """The photo that a quoted message is, or that our receipt answered."""

    message_id: str


@dataclass(frozen=True, slots=True)
class PhotosWithoutHouse(Query[tuple[WaitingPhoto, ...]]):
    """The account's photos that are bound to no household yet, oldest first."""
