"""One summary for a burst of photos and numbers, after a moment of quiet or before whatever is said next (L-04)."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import Facts, HousePhoto, HousesOf, SentPhotos
from bot.conversation.household import many, run
from bot.conversation.household.pairing import Pairing, pair
from bot.conversation.household.saying import progress
from bot.conversation.household.which import village_of
from bot.conversation.say import EXAMPLE_HOUSE, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, text

NAMED = 4
"""Photos whose times a summary names; buttons likewise."""


def told(turn: Turn, facts: Facts) -> Turn:
    """The same turn, with the summary of an open burst before what it says."""
    if not turn.bubbles or run.BURST not in turn.state.data:
        return turn
    summed = summary(turn.state, facts)
    return replace(turn, state=summed.state, bubbles=(*summed.bubbles, *turn.bubbles))


def summary(state: State, facts: Facts) -> Turn:
    """How many photos came, of how many houses, and what is still unknown; nothing when no photo is left of it."""
    if run.BURST not in state.data:
        return Turn(state)
    village = village_of(state, facts)
    found = pair(run.items(state))
    photos = facts.ask(SentPhotos(tuple(state.data.get(run.BURST, ()))))
    here = run.asked(state)
    if village is None or not (photos or found.numbers):
        return Turn(here)
    if not photos:
        ahead = sentence("household.number_first", house=found.numbers[-1].house)
        return Turn(run.kept(here, found.numbers), (ahead,))
    if any(not photo.house for photo in photos):
        return _unknown(here, photos, found, facts)
    matched = _matched(photos)
    return Turn(here, (Bubble((*_line(len(photos), matched).lines, progress(facts.ask(HousesOf(village.code))))),))


def _matched(photos: tuple[HousePhoto, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(photo.house for photo in photos if photo.house))


def _unknown(state: State, photos: tuple[HousePhoto, ...], found: Pairing, facts: Facts) -> Turn:
    """Some photo's house is not known: read back what was typed in its order, or ask."""
    matched, unknown = _matched(photos), tuple(photo for photo in photos if not photo.house)
    if found.doubts and all(len(doubt.photos) == len(doubt.numbers) for doubt in found.doubts):
        card = many.doubtful(state, found, facts)
        return card if not matched else card.before(_line(len(photos), matched))
    if not matched and len(unknown) > 1:
        return Turn(state, (sentence("household.ask_houses", n=len(unknown), example=many.EXAMPLE_HOUSES),))
    buttons = tuple(
        tap(text("household.button.of_photo_at", time=photo.sent_at), "which", m=photo.message_id)
        for photo in unknown[:NAMED]
    )
    asked = text("household.unknown_photo", n=len(unknown), time=unknown[0].sent_at)
    lines = (*_line(len(photos), matched).lines, asked, text("household.type_in_order", example=EXAMPLE_HOUSE))
    return Turn(state, (Bubble(lines, buttons),))


def _line(photos: int, matched: tuple[str, ...]) -> Bubble:
    return sentence("household.burst", photos=photos, n=len(matched))
