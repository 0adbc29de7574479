"""What the conversation asks about the paper of villages: who is meant, and the address of the file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import AreaFacts, Query
from bot.reading.village import VillageNamed

VISIT, SIGNS = "visit_sheet", "village_signs"
"""The two kinds of paper, by the verbs that order them."""


@dataclass(frozen=True, slots=True)
class SheetFile:
    address: str
    """For this person, for some days."""
    good_until: dt.datetime
    villages: int
    """Whose paper it holds; 0: the register has none there."""


@dataclass(frozen=True, slots=True)
class SheetOf(Query[SheetFile]):
    """The paper of a village, or of all villages of a district."""

    area_code: str
    kind: str


@dataclass(frozen=True, slots=True)
class VillagesNamed(Query[tuple[AreaFacts, ...]]):
    """Villages inside some areas that are called so, by code; a few more than can be offered."""

    inside: tuple[str, ...]
    named: VillageNamed
