"""What a leader can look up at any time: the houses that are left, and how photos are sent."""

from __future__ import annotations

from bot.conversation.facts import Facts, HousesOf
from bot.conversation.household.which import no_village, village_of
from bot.conversation.say import EXAMPLE_HOUSE, command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, text

LISTED = 40
"""House numbers that one answer lists."""


def remaining(state: State, facts: Facts) -> Turn:
    """What is left to photograph."""
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    houses = facts.ask(HousesOf(village.code))
    if not houses.registered:
        return Turn(state, (sentence("household.no_register", example=EXAMPLE_HOUSE),))
    if not houses.outstanding:
        return Turn(state, (sentence("household.remaining_none", area=village.name, total=houses.registered),))
    left = len(houses.outstanding)
    lines = [
        text(
            "household.remaining",
            area=village.name,
            done=houses.registered - left,
            total=houses.registered,
            left=left,
            houses=houses.outstanding[:LISTED],
        )
    ]
    if left > LISTED:
        lines.append(text("household.remaining_more", n=left - LISTED))
    return Turn(state, (Bubble(tuple(lines)),))


def how(state: State, facts: Facts) -> Turn:  # noqa: ARG001 - commands share a signature
    """How photos are sent."""
    return Turn(state, (sentence("household.how", command("menu.button.remaining"), example=EXAMPLE_HOUSE),))
