"""Several photos and several houses: one line of numbers for an album, read back as pairs before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.facts import Facts
from bot.conversation.household import run, settling, signing
from bot.conversation.household.house_facts import HouseFacts, HousesOf, PhotosWithoutHouse
from bot.conversation.household.meant import of_a_line
from bot.conversation.household.names import listed, written
from bot.conversation.household.pairing import Pairing
from bot.conversation.household.saying import buttons_of, progress
from bot.conversation.household.which import no_village, village_of
from bot.conversation.household_effects import BindPhoto
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
    village = village_of(state, facts)
    if run.PAIRS in state.data and village is not None:
        pairs = settling.answered(state, said.text, facts, facts.ask(HousesOf(village.code)))
        if pairs is not None:
            return read_back(state, pairs, facts)
    found = facts.reader.house_numbers(said.text) or facts.reader.house_rows(said.text)
    return _several(state, found, facts, said.message_id) if found is not None else None


def _several(state: State, found: Houses, facts: Facts, said_in: str) -> Turn | None:
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    houses = facts.ask(HousesOf(village.code))
    missing = no_such_row(found, houses)
    if missing is not None:
        return Turn(run.without(state, run.PAIRS), (missing,))
    if len(found.rows) == 1:
        return None
    return _line(state, names_of(found, houses), facts, said_in)


def no_such_row(found: Houses, houses: HouseFacts) -> Bubble | None:
    """What is said when a row was named that the village's list does not have."""
    beyond = next((row for row in found.rows if row > len(houses.rows)), None)
    if beyond is None:
        return None
    words: dict[str, Value] = {"row": beyond, "rows": len(houses.rows), "example": EXAMPLE_HOUSE}
    return sentence("household.no_such_row", **words)


def names_of(found: Houses, houses: HouseFacts) -> tuple[str, ...]:
    """The names of what was typed; rows must be on the list."""
    return of_a_line(found.numbers, houses) or tuple(houses.rows[row - 1] for row in found.rows)


def _line(state: State, numbers: tuple[str, ...], facts: Facts, said_in: str) -> Turn:
    """Houses of one message, for the photos that wait."""
    if not facts.ask(PhotosWithoutHouse()):
        return Turn(state, (sentence("household.no_photos_for", n=len(numbers), example=EXAMPLE_HOUSES),))
    return in_order(state, [(number, said_in) for number in numbers], facts)


def in_order(state: State, numbers: Sequence[tuple[str, str]], facts: Facts) -> Turn:
    """As many houses, each with the message that named it, as photos wait: read back in the order of both. Otherwise
    it is said what is missing, and nothing is stored."""
    waiting, here = facts.ask(PhotosWithoutHouse()), run.asked(state)
    if len(waiting) != len(numbers):
        words: dict[str, Value] = {"photos": len(waiting), "houses": len(numbers), "example": EXAMPLE_HOUSES}
        over = waiting[len(numbers) :]
        extra = [text("household.from_photo", time=over[0].sent_at)] if over else []
        # one photo more than houses: it may be the sheet that they signed
        ways = (tap("household.button.sheet", "sheet", m=over[0].message_id),) if len(over) == 1 else ()
        return Turn(here, (Bubble((text("household.houses_count", **words), *extra), ways),))
    pairs = [(photo.message_id, number, said_in) for photo, (number, said_in) in zip(waiting, numbers, strict=True)]
    return read_back(here, pairs, facts)


def read_back(state: State, pairs: settling.Pairs, facts: Facts) -> Turn:
    """ถูกต้อง ใช่หรือไม่: which photo is which house, by the time of the photo."""
    village, open_place = village_of(state, facts), settling.open_place(pairs)
    if open_place is not None and village is not None:
        return settling.ask(run.asked(state), pairs, open_place, facts.ask(HousesOf(village.code)))
    times = {photo.message_id: photo.sent_at for photo in facts.ask(PhotosWithoutHouse())}
    lines: list[Text] = []
    if len(pairs) <= TIMED:
        for place, (photo, number, _said) in enumerate(pairs, 1):
            at = times.get(photo)
            words: dict[str, Value] = {"n": place, "house": written(number)}
            lines.append(text("household.pair", time=at, **words) if at else text("household.pair_untimed", **words))
    else:
        lines.append(
            text("household.pairs_in_order", n=len(pairs), houses=listed(number for _, number, _said in pairs))
        )
    yes, no = tap("household.button.right", YES), tap("household.button.again", "pairs_again")
    shown = Bubble((text("household.pairs"), *lines, text("household.pairs_right")), (yes, no), card=True)
    return Turn(run.asked(state).with_data(**{run.PAIRS: [list(pair) for pair in pairs]}), (shown,))


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """ถูกต้อง, or the numbers again."""
    if said.tap.get("do") == YES and run.PAIRS in state.data:
        return _store(state, facts)
    if said.tap.get("do") == settling.WHICH and run.PAIRS in state.data:
        place = int(said.tap.get("i", "-1"))
        return read_back(state, settling.settled(state, place, said.tap.get("no", "")), facts)
    n = len(facts.ask(PhotosWithoutHouse()))
    here = run.without(state, run.PAIRS)
    if not n:
        return Turn(here, (sentence("household.how", example=EXAMPLE_HOUSE),))
    return Turn(here, (sentence("household.ask_houses", n=n, example=EXAMPLE_HOUSES),))


def _store(state: State, facts: Facts) -> Turn:
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    if settling.open_place(settling.stored(state)) is not None:
        return read_back(state, settling.settled(state, -1, ""), facts)
    waiting = {photo.message_id for photo in facts.ask(PhotosWithoutHouse())}
    pairs = [pair for pair in settling.stored(state) if pair[0] in waiting]
    numbers = tuple(dict.fromkeys(number for _, number, _said in pairs))
    effects = tuple(BindPhoto(photo, village.code, number, said_in) for photo, number, said_in in pairs)
    shown = stored_many(numbers, facts.ask(HousesOf(village.code)))
    return signing.asked_once(Turn(run.asked(state), (shown,), effects), village, facts)


def stored_many(numbers: tuple[str, ...], houses: HouseFacts) -> Bubble:
    """What was stored, and how far the village is."""
    lines = [text("household.stored_many", n=len(numbers), houses=listed(numbers))]
    added = [number for number in numbers if houses.registered and number not in houses.known_numbers]
    if added:
        lines.append(text("household.added_many", houses=listed(added)))
    return Bubble((*lines, progress(houses, numbers)))


def doubtful(state: State, found: Pairing, facts: Facts) -> Turn:
    """Two readings: as many numbers as photos are read back in order, else the oldest photo is asked about."""
    photos = [photo for doubt in found.doubts for photo in doubt.photos]
    numbers = [number for doubt in found.doubts for number in doubt.numbers]
    if all(len(doubt.photos) == len(doubt.numbers) for doubt in found.doubts):
        return read_back(
            state, [(photo.id, number.house, number.id) for photo, number in zip(photos, numbers, strict=True)], facts
        )
    sent_at = facts.now.fromtimestamp(photos[0].at / 1000, facts.now.tzinfo)
    buttons = buttons_of(tuple(dict.fromkeys(number.house for number in numbers))[:6], photos[0].id)
    shown = sentence("household.ask_house_at", *buttons, time=sent_at, example=EXAMPLE_HOUSE)
    return Turn(run.asked(state), (shown,))
