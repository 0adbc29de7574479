"""Which village a leader's photos are of: the only one, the one chosen last, or the one that a house number names."""

from __future__ import annotations

from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.say import EXAMPLE_VILLAGE, command, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import text

_TAMBON = 6
"""Digits of a village's code before those of its number (หมู่)."""


def villages(facts: Facts) -> tuple[AreaFacts, ...]:
    return facts.person.areas("leader") if facts.person else ()


def village_of(state: State, facts: Facts) -> AreaFacts | None:
    """The village that the person's photos are of: the only one, or the one chosen last."""
    own = villages(facts)
    if len(own) == 1:
        return own[0]
    return next((area for area in own if area.code == state.data.get("village")), None)


def moo_of(village: AreaFacts) -> int:
    """A village's number in its tambon."""
    return int(village.code[_TAMBON:])


def no_village(state: State, facts: Facts) -> Turn:
    """Several villages and none chosen yet: ask; none at all: say whose work it is."""
    own = villages(facts)
    if own:
        ways = tuple(tap(text("household.button.of_area", area=area.name), "village", area=area.code) for area in own)
        return Turn(state, (sentence("household.choose_village", *ways),))
    return Turn(state, (sentence("household.not_your_work", command("button.menu"), example=EXAMPLE_VILLAGE),))
