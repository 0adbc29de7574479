"""Two photos side by side: which houses they are said to show, and when they were sent. A person says what they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from bot.conversation.household.names import House, name_of
from models.area import Household
from models.media import Media
from services.desk.scope import Scope
from services.evidence.pictures import look_alikes
from services.people.people import Areas


@dataclass(frozen=True, slots=True)
class Side:
    media_id: int
    house: str
    """The household's name."""
    village: AreaFacts
    sent_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ShownPair:
    id: int
    sides: tuple[Side, Side]
    left: int
    """Pairs that wait, this one included."""


def next_pair(session: Session, scope: Scope, areas: Areas) -> ShownPair | None:
    """The undecided pair that is most alike; None when none waits."""
    found = look_alikes.queue(session, scope, limit=1)
    if not found:
        return None
    pair = found[0]
    sides = (
        _side(session, areas, pair.first_id, pair.first_household),
        _side(session, areas, pair.second_id, pair.second_household),
    )
    return ShownPair(pair.id, sides, look_alikes.waiting(session, scope))


def _side(session: Session, areas: Areas, media_id: int, household_id: int) -> Side:
    media, house = session.get_one(Media, media_id), session.get_one(Household, household_id)
    name = name_of(House(house.house_no, house.near, house.ordinal))
    return Side(media_id, name, areas[house.village_code], media.sent_at)
