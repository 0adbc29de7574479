"""Village leaders and households with an exceptional case: a mark with its reason, the list of cases, a correction."""

from __future__ import annotations

from sqlalchemy import select

from benchmarks.journeys.player import Player
from benchmarks.journeys.scene import leader, require
from benchmarks.journeys.words import button, typed
from models.household_case import HouseholdCase
from tests.support.chat import Town

_PICKED = "household.case.button.words"


def _held(town: Town) -> list[tuple[str, bool, bool]]:
    """Each case, whether it has a note, and whether somebody confirmed it."""
    with town.runtime.sessions() as session:
        return [(row.case, bool(row.note), bool(row.confirmed_by)) for row in session.scalars(select(HouseholdCase))]


def mark_with_reason(town: Town) -> Player:
    player = leader(town)
    player.types(typed("no signature, they do not trust it", house=14))
    player.taps("household.case.button.yes")
    require(_held(town) == [("e31", True, False)], "the case stands with its reason")
    return player


def from_the_list(town: Town) -> Player:
    player = leader(town)
    player.types(typed("cases of a house", house=14))
    player.taps(_PICKED, words=button("no signature"))
    player.taps(_PICKED, words=button("they cannot sign"))
    require(_held(town) == [("e31", True, False)], "the case stands with its reason")
    return player


def correction(town: Town) -> Player:
    player = leader(town)
    player.types(typed("something was corrected", house=14))
    player.taps("household.case.button.yes")
    player.types(typed("an age was corrected"))
    player.taps("household.case.who.spouse")
    require(_held(town) == [("e35", True, True)], "the correction stands with who confirmed it")
    return player
