"""What a leader can look up at any time: the houses that are left, and how photos are sent."""

from __future__ import annotations

from bot.conversation.facts import Facts
from bot.conversation.household.house_facts import HouseFacts, HousesOf
from bot.conversation.household.names import listed
from bot.conversation.household.signing import photograph_the_sheet
from bot.conversation.household.which import no_village, village_of
from bot.conversation.say import EXAMPLE_HOUSE, command, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Text, text

LISTED = 40
"""House numbers that one answer lists."""
LISTED_UNSIGNED = 20
"""Those of them that lack a signature alone."""


def remaining(state: State, facts: Facts) -> Turn:
    """What is left to photograph, and what still lacks a signature; houses that a case excuses are not left."""
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    houses = facts.ask(HousesOf(village.code))
    if not houses.registered:
        return Turn(state, (sentence("household.no_register", example=EXAMPLE_HOUSE),))
    sheet = photograph_the_sheet(village, facts)
    left = len(houses.outstanding)
    lines = [_done(houses, left)]
    if left > LISTED:
        lines.append(text("household.remaining_more", n=left - LISTED))
    if houses.unsigned:
        unsigned = listed(houses.unsigned[:LISTED_UNSIGNED])
        lines.append(text("household.remaining_unsigned", n=len(houses.unsigned), houses=unsigned))
    if len(houses.unsigned) > LISTED_UNSIGNED:
        lines.append(text("household.remaining_more", n=len(houses.unsigned) - LISTED_UNSIGNED))
    missing = tap("household.case.button.missing", "case", a="list", v=village.code)
    return Turn(state, (Bubble((*lines, *sheet), (missing,) if left or houses.unsigned else ()),))


def _done(houses: HouseFacts, left: int) -> Text:
    """How many are done, and which are left."""
    name, total = houses.village.name, houses.registered
    if not left:
        return text("household.remaining_none", area=name, total=total)
    shown = listed(houses.outstanding[:LISTED])
    return text("household.remaining", area=name, done=total - left, total=total, left=left, houses=shown)


def how(state: State, facts: Facts) -> Turn:  # noqa: ARG001 - commands share a signature
    """How photos are sent."""
    return Turn(state, (sentence("household.how", command("menu.button.remaining"), example=EXAMPLE_HOUSE),))
