"""A photo from a leader: kept at once, then asked about, paired with its number, or counted into a burst."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.household import run, sheets, signing
from bot.conversation.household.house_facts import HousesOf, PhotosWithoutHouse, WaitingPhoto
from bot.conversation.household.left import how
from bot.conversation.household.names import is_unsure
from bot.conversation.household.pairing import Item, pair
from bot.conversation.household.saying import ask_house, ask_which, stored
from bot.conversation.household.which import no_village, village_of
from bot.conversation.household_effects import KeepPhoto, SummariseBurst
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
    sheet = sheets.arrived(state, said, facts)
    if sheet is not None:
        return replace(sheet, effects=(keep, *sheet.effects))
    return _of_a_house(run.without(state, run.SHEET), said, keep, village, facts)


def _of_a_house(state: State, said: Incoming, keep: KeepPhoto, village: AreaFacts, facts: Facts) -> Turn:
    before = run.items(state)
    together = run.with_message(state, said)
    found = pair(together)
    together, binding = run.bound(together, found, village)
    if _one_of_many(state, said, before):
        here = run.kept(run.in_burst(state, said.message_id), together)
        return Turn(here, (), (keep, *binding, SummariseBurst()))
    here = run.answered(state, together, found)
    number = found.sure.get(said.message_id)
    if number is None:
        return Turn(here, (ask_house(village, facts, arriving(said, facts)),), (keep, *binding))
    if is_unsure(number.house):
        return Turn(
            here, (ask_which(number.house, facts.ask(HousesOf(village.code)), said.message_id),), (keep, *binding)
        )
    way = signing.way(village, facts)
    shown = stored(number.house, facts.ask(HousesOf(village.code)), last=not found.photos, signed=way)
    return signing.asked_once(Turn(here, (shown,), (keep, *binding)), village, facts, number.house)


def arriving(said: Incoming, facts: Facts) -> WaitingPhoto:
    """The photo that a message brings, before it is kept."""
    return WaitingPhoto(0, (said.sent_at or facts.now).astimezone(facts.now.tzinfo), said.message_id)


def _one_of_many(state: State, said: Incoming, before: tuple[Item, ...]) -> bool:
    """An album, something that waits behind it, or another photo a moment ago: one summary answers them all."""
    if said.album or said.sent_at is None or run.bursting(state, said):
        return True
    now = said.sent_at.timestamp() * 1000
    return any(not item.house and not item.bound and abs(now - item.at) <= AT_ONCE for item in before)


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
    return Turn(here, (ask_house(village, facts, waiting[0]),))
