"""A photo from a leader: kept at once, then asked about, paired with its number, or counted into a burst."""

from __future__ import annotations

from bot.conversation.effects import KeepPhoto, SummariseBurst
from bot.conversation.facts import Facts, HousesOf, PhotosWithoutHouse
from bot.conversation.household import run
from bot.conversation.household.left import how
from bot.conversation.household.pairing import Item, pair
from bot.conversation.household.saying import ask_house, stored
from bot.conversation.household.which import no_village, village_of
from bot.conversation.inputs import Incoming
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn

AT_ONCE = 10_000
"""Milliseconds between two photos of one burst: nobody walks to the next house that fast."""


def photo(state: State, said: Incoming, facts: Facts) -> Turn:
    """Keep it, and ask for the house unless more is on its way or its number has come."""
    state = run.without(state, run.MEANT, run.PAIRS)
    if said.sent_at is None or facts.person is None or not facts.person.holds("leader"):
        return no_village(state, facts)
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts).also(KeepPhoto(said.message_id, said.sent_at))
    keep = KeepPhoto(said.message_id, said.sent_at, village.code)
    before = run.items(state)
    together = run.with_message(state, said)
    found = pair(together)
    together, binding = run.bound(together, found, village)
    if _one_of_many(state, said, before):
        here = run.kept(state, together).with_data(**{run.BURST: _counted(state, before, said)})
        return Turn(here, (), (keep, *binding, SummariseBurst()))
    here = run.answered(state, together, found)
    number = found.sure.get(said.message_id)
    if number is None:
        return Turn(here, (ask_house(village, facts, said.message_id),), (keep, *binding))
    shown = stored(number.house, facts.ask(HousesOf(village.code)), last=not found.photos)
    return Turn(here, (shown,), (keep, *binding))


def _one_of_many(state: State, said: Incoming, before: tuple[Item, ...]) -> bool:
    """An album, something that waits behind it, or another photo a moment ago: one summary answers them all."""
    if said.more or said.album or run.BURST in state.data or said.sent_at is None:
        return True
    now = said.sent_at.timestamp() * 1000
    return any(not item.house and not item.bound and abs(now - item.at) <= AT_ONCE for item in before)


def _counted(state: State, before: tuple[Item, ...], said: Incoming) -> list[str]:
    """The photos of the burst: those that are open already belong to it."""
    counted = state.data.get(run.BURST, [item.id for item in before if not item.house])
    return list(dict.fromkeys([*counted, said.message_id]))


def photo_while_waiting(state: State, said: Incoming, facts: Facts) -> Turn:
    """A leader who is not approved yet: field work never waits for the office."""
    waiting = facts.waiting
    if waiting is None or said.sent_at is None:
        return Turn(state)
    kept = len(facts.ask(PhotosWithoutHouse())) + 1
    effect = KeepPhoto(said.message_id, said.sent_at, waiting.area.code)
    return Turn(state, (sentence("household.kept_waiting", n=kept),), (effect,))


def tapped_village(state: State, said: Incoming, facts: Facts) -> Turn:
    """Which of several villages the photos are of, until another one is chosen."""
    here = state.with_data(village=said.tap.get("area", ""))
    village = village_of(here, facts)
    if village is None:
        return no_village(here, facts)
    waiting = facts.ask(PhotosWithoutHouse())
    if not waiting:
        return how(here, facts)
    return Turn(here, (ask_house(village, facts, waiting[0].message_id),))
