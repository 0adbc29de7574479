"""Several photos and several houses: one line of numbers for an album, read back as pairs before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.effects import BindPhoto
from bot.conversation.facts import Facts, HouseFacts, HousesOf, PhotosWithoutHouse
from bot.conversation.household import run
from bot.conversation.household.pairing import Pairing
from bot.conversation.household.saying import buttons_of, progress
from bot.conversation.household.which import no_village, village_of
from bot.conversation.inputs import Incoming
from bot.conversation.say import EXAMPLE_HOUSE, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Text, Value, text
from bot.reading.houses import Houses

EXAMPLE_HOUSES = "12 12/1 14"
TIMED = 10
"""Pairs that are read back one a line; more are read back as one line of numbers."""
YES = "pairs"


def typed(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A line of house numbers, rows of the visit sheet, or the yes to the pairs that were read back."""
    if run.PAIRS in state.data and facts.reader.control(said.text).value in {"yes", "confirm"}:
        return _store(state, facts)
    listed = facts.reader.house_numbers(said.text)
    if listed is None:
        return None
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    houses = facts.ask(HousesOf(village.code))
    beyond = [row for row in listed.rows if row > len(houses.rows)]
    if beyond:
        words: dict[str, Value] = {"row": beyond[0], "rows": len(houses.rows), "example": EXAMPLE_HOUSE}
        return Turn(run.without(state, run.PAIRS), (sentence("household.no_such_row", **words),))
    return _line(state, _numbers(listed, houses), facts)


def _numbers(listed: Houses, houses: HouseFacts) -> tuple[str, ...]:
    return listed.numbers or tuple(houses.rows[row - 1] for row in listed.rows)


def _line(state: State, numbers: tuple[str, ...], facts: Facts) -> Turn | None:
    """As many houses as photos: read back. Otherwise it is said what is missing, and nothing is stored."""
    waiting = facts.ask(PhotosWithoutHouse())
    if not waiting:
        return Turn(state, (sentence("household.no_photos_for", n=len(numbers), example=EXAMPLE_HOUSES),))
    here = run.asked(state)
    if len(waiting) != len(numbers):
        words: dict[str, Value] = {"photos": len(waiting), "houses": len(numbers), "example": EXAMPLE_HOUSES}
        extra = (
            [] if len(waiting) < len(numbers) else [text("household.from_photo", time=waiting[len(numbers)].sent_at)]
        )
        return Turn(here, (Bubble((text("household.houses_count", **words), *extra)),))
    return read_back(here, [(photo.message_id, number) for photo, number in zip(waiting, numbers, strict=True)], facts)


def read_back(state: State, pairs: Sequence[tuple[str, str]], facts: Facts) -> Turn:
    """ถูกต้อง ใช่หรือไม่: which photo is which house, by the time of the photo."""
    times = {photo.message_id: photo.sent_at for photo in facts.ask(PhotosWithoutHouse())}
    lines: list[Text] = []
    if len(pairs) <= TIMED:
        for place, (photo, number) in enumerate(pairs, 1):
            at = times.get(photo)
            words: dict[str, Value] = {"n": place, "house": number}
            lines.append(text("household.pair", time=at, **words) if at else text("household.pair_untimed", **words))
    else:
        lines.append(text("household.pairs_in_order", n=len(pairs), houses=tuple(number for _, number in pairs)))
    yes, no = tap("household.button.right", YES), tap("household.button.again", "pairs_again")
    shown = Bubble((text("household.pairs"), *lines, text("household.pairs_right")), (yes, no), card=True)
    return Turn(run.asked(state).with_data(**{run.PAIRS: [list(pair) for pair in pairs]}), (shown,))


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """ถูกต้อง, or the numbers again."""
    if said.tap.get("do") == YES and run.PAIRS in state.data:
        return _store(state, facts)
    n = len(facts.ask(PhotosWithoutHouse()))
    here = run.without(state, run.PAIRS)
    if not n:
        return Turn(here, (sentence("household.how", example=EXAMPLE_HOUSE),))
    return Turn(here, (sentence("household.ask_houses", n=n, example=EXAMPLE_HOUSES),))


def _store(state: State, facts: Facts) -> Turn:
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    waiting = {photo.message_id for photo in facts.ask(PhotosWithoutHouse())}
    pairs = [(photo, number) for photo, number in state.data[run.PAIRS] if photo in waiting]
    numbers = tuple(dict.fromkeys(number for _, number in pairs))
    effects = tuple(BindPhoto(photo, village.code, number) for photo, number in pairs)
    shown = stored_many(numbers, facts.ask(HousesOf(village.code)))
    return Turn(run.asked(state), (shown,), effects)


def stored_many(numbers: tuple[str, ...], houses: HouseFacts) -> Bubble:
    """What was stored, and how far the village is."""
    lines = [text("household.stored_many", n=len(numbers), houses=numbers)]
    added = [number for number in numbers if houses.registered and number not in houses.known_numbers]
    if added:
        lines.append(text("household.added_many", houses=tuple(added)))
    return Bubble((*lines, progress(houses, numbers)))


def doubtful(state: State, found: Pairing, facts: Facts) -> Turn:
    """Two readings: as many numbers as photos are read back in order, else the oldest photo is asked about."""
    photos = [photo for doubt in found.doubts for photo in doubt.photos]
    numbers = tuple(number.house for doubt in found.doubts for number in doubt.numbers)
    if all(len(doubt.photos) == len(doubt.numbers) for doubt in found.doubts):
        return read_back(state, [(photo.id, number) for photo, number in zip(photos, numbers, strict=True)], facts)
    sent_at = facts.now.fromtimestamp(photos[0].at / 1000, facts.now.tzinfo)
    buttons = buttons_of(tuple(dict.fromkeys(numbers))[:6], photos[0].id)
    shown = sentence("household.ask_house_at", *buttons, time=sent_at, example=EXAMPLE_HOUSE)
    return Turn(run.asked(state), (shown,))
