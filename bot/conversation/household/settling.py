"""A line of houses in which one number stands for several households: asked about before the line is read back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.facts import Facts
from bot.conversation.household import run
from bot.conversation.household.house_facts import HouseFacts
from bot.conversation.household.meant import choices, meant
from bot.conversation.household.names import called, is_unsure, written
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import text

Pair = tuple[str, str, str]
"""A photo by its message, the name of its house, and the message that named it."""
Pairs = Sequence[Pair]
WHICH = "pair_which"


def open_place(pairs: Pairs) -> int | None:
    """The first pair whose house is not known for sure."""
    return next((place for place, (_, name, _said) in enumerate(pairs) if is_unsure(name)), None)


def ask(state: State, pairs: Pairs, place: int, houses: HouseFacts) -> Turn:
    """Which household of the house is on the photo at `place`."""
    name = pairs[place][1]
    found = choices(name, houses)
    buttons = tuple(tap(text("household.button.house", house=written(each)), WHICH, i=place, no=each) for each in found)
    shown = sentence("household.which_in_line", *buttons, nth=place + 1, house=called(name), n=len(found))
    return Turn(state.with_data(**{run.PAIRS: [list(pair) for pair in pairs]}), (shown,))


def stored(state: State) -> list[Pair]:
    """The pairs of the state."""
    return [(photo, house, said_in) for photo, house, said_in in state.data.get(run.PAIRS, ())]


def settled(state: State, place: int, name: str) -> list[Pair]:
    """The pairs of the state with the house at `place` known."""
    pairs = stored(state)
    if 0 <= place < len(pairs):
        pairs[place] = (pairs[place][0], name, pairs[place][2])
    return pairs


def answered(state: State, words: str, facts: Facts, houses: HouseFacts) -> list[Pair] | None:
    """The pairs once `words` have named the household that was asked about; None when they do not."""
    pairs = stored(state)
    place = open_place(pairs)
    house = facts.reader.house_number(words).value
    if place is None or house is None:
        return None
    name = meant(house, facts.reader.plain(words), houses)
    return settled(state, place, name) if name in choices(pairs[place][1], houses) else None
