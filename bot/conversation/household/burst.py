"""One summary for a burst of photos and numbers, after a moment of quiet or before whatever is said next (L-04)."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.household import many, run, signing
from bot.conversation.household.house_facts import HousePhoto, HousesOf, PhotosWithoutHouse, SentPhotos, WaitingPhoto
from bot.conversation.household.names import called
from bot.conversation.household.pairing import Pairing, pair
from bot.conversation.household.saying import ask_house, ask_which, progress, stored
from bot.conversation.household.which import village_of
from bot.conversation.household_effects import BindPhoto
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
        return _numbers_alone(here, found, facts)
    if any(not photo.house for photo in photos):
        return _unknown(here, photos, found, facts)
    matched = _matched(photos)
    if len(photos) == 1:
        return _one(here, photos[0], found, village, facts)
    done = Bubble((*_line(len(photos), matched).lines, progress(facts.ask(HousesOf(village.code)))))
    return signing.asked_once(Turn(here, (done,)), village, facts)


def _numbers_alone(state: State, found: Pairing, facts: Facts) -> Turn:
    """Houses without a photo of the same burst: of photos that were asked about before, or of ones still to come."""
    if facts.ask(PhotosWithoutHouse()):
        return many.in_order(state, [(number.house, number.id) for number in found.numbers], facts)
    ahead = sentence("household.number_first", house=called(found.numbers[-1].house))
    return Turn(run.kept(state, found.numbers), (ahead,))


def _one(state: State, photo: HousePhoto, found: Pairing, village: AreaFacts, facts: Facts) -> Turn:
    """The receipt of a single photo, bound once more so that a quote of the receipt is known to be about it."""
    shown = stored(photo.house, facts.ask(HousesOf(village.code)), last=True, signed=signing.way(village, facts))
    number = found.sure.get(photo.message_id)
    again = (BindPhoto(photo.message_id, village.code, photo.house, number.id),) if number is not None else ()
    return signing.asked_once(Turn(state, (shown,), again), village, facts, photo.house)


def _matched(photos: tuple[HousePhoto, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(photo.house for photo in photos if photo.house))


def _unknown(state: State, photos: tuple[HousePhoto, ...], found: Pairing, facts: Facts) -> Turn:
    """Some photo's house is not known: read back what was typed in its order, or ask."""
    matched, unknown = _matched(photos), tuple(photo for photo in photos if not photo.house)
    if found.doubts and all(len(doubt.photos) == len(doubt.numbers) for doubt in found.doubts):
        card = many.doubtful(state, found, facts)
        return card if not matched else _joined(card, _line(len(photos), matched))
    unsure = next((photo for photo in unknown if photo.message_id in found.sure), None)
    village = village_of(state, facts)
    if unsure is not None and village is not None:
        name = found.sure[unsure.message_id].house
        which = ask_which(name, facts.ask(HousesOf(village.code)), unsure.message_id)
        return Turn(state, (Bubble((*_line(len(photos), matched).lines, *which.lines), which.buttons),))
    if village is not None and len(photos) == 1:
        return Turn(state, (ask_house(village, facts, WaitingPhoto(0, unknown[0].sent_at, unknown[0].message_id)),))
    if not matched and len(unknown) > 1:
        return Turn(state, (sentence("household.ask_houses", n=len(unknown), example=many.EXAMPLE_HOUSES),))
    buttons = tuple(
        tap(text("household.button.of_photo_at", time=photo.sent_at), "which", m=photo.message_id)
        for photo in unknown[:NAMED]
    )
    asked = text("household.unknown_photo", n=len(unknown), time=unknown[0].sent_at)
    lines = (*_line(len(photos), matched).lines, asked, text("household.type_in_order", example=EXAMPLE_HOUSE))
    return Turn(state, (Bubble(lines, buttons),))


def _joined(turn: Turn, first: Bubble) -> Turn:
    """One bubble of two: a burst is answered by one."""
    card = turn.bubbles[0]
    return replace(turn, bubbles=(replace(card, lines=(*first.lines, *card.lines)), *turn.bubbles[1:]))


def _line(photos: int, matched: tuple[str, ...]) -> Bubble:
    return sentence("household.burst", photos=photos, n=len(matched))
