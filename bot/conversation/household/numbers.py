"""A house number from a leader, typed or tapped: the house of the photo that waits, or of the one that is to come."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.household import left, many, moving, run, sheets, signing
from bot.conversation.household.house_facts import HousePhoto, HousesOf, PhotosWithoutHouse, QuotedHouse, WaitingPhoto
from bot.conversation.household.meant import meant
from bot.conversation.household.names import called, is_unsure
from bot.conversation.household.pairing import Item, Pairing, pair
from bot.conversation.household.saying import ask_house_at, ask_which, stored
from bot.conversation.household.sheet_words import asked_words
from bot.conversation.household.which import moo_of, no_village, village_of, villages
from bot.conversation.household_effects import BindPhoto, SummariseBurst
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.say import EXAMPLE_HOUSE, heard, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Value, text
from bot.reading.house import HouseNumber
from bot.reading.outcome import Action


def typed(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """What a leader types about photos and houses; None when the text is nothing of the sort."""
    moved = moving.typed(state, said, facts) or sheets.typed(state, said, facts) or many.typed(state, said, facts)
    if moved is not None:
        return moved
    doubted, here = state.data.get(run.MEANT), run.without(state, run.MEANT, run.PAIRS, run.SHEET)
    if doubted and facts.reader.control(said.text).value == "yes":
        return one(here, replace(said, message_id=doubted[1]), doubted[0], facts)
    reading = facts.reader.house_number(said.text)
    house = reading.value
    row = _row(here, said, facts)
    if row:
        return one(here, said, row, facts)
    elsewhere = _elsewhere(here, house, facts, said.message_id) if house is not None else None
    if elsewhere is not None:
        return elsewhere
    name = named(here, said.text, house, facts) if house is not None else ""
    if name and (reading.action is Action.ACCEPT or is_unsure(name)):
        return one(here, said, name, facts)
    doubtful = name if reading.action is Action.CONFIRM else ""
    return _unsure(here, said, doubtful) if facts.ask(PhotosWithoutHouse()) else None


def _row(state: State, said: Incoming, facts: Facts) -> str:
    """The household at one row of the visit sheet: แถว 7."""
    found, village = facts.reader.house_numbers(said.text), village_of(state, facts)
    if found is None or len(found.rows) != 1 or village is None:
        return ""
    return many.names_of(found, facts.ask(HousesOf(village.code)))[0]


def named(state: State, words: str, house: HouseNumber, facts: Facts) -> str:
    """The name of the household that was typed; "" for none."""
    village = village_of(state, facts)
    return (
        meant(house, facts.reader.plain(words), facts.ask(HousesOf(village.code))) if village else house.house_no or ""
    )


def _unsure(state: State, said: Incoming, name: str) -> Turn:
    """A photo waits, and what was typed is a doubtful house, or none."""
    words: dict[str, Value] = {"heard": heard(said.text)}
    if not name:
        return Turn(state, (sentence("household.wrong_format", example=EXAMPLE_HOUSE, **words),)).unclear(state)
    yes = tap("read.button.yes", "house", no=name, b=said.message_id)
    here = state.with_data(**{run.MEANT: [name, said.message_id]})
    return Turn(here, (sentence("read.confirm.house", yes, value=called(name), **words),))


def out_of_order(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A number that was overtaken by what was sent after it: it counts where its photo is at most two minutes away.

    In a burst that photo may still be to come.
    """
    if said.kind is not Kind.TEXT or facts.person is None or not facts.person.holds("leader"):
        return None
    if not (run.near(state, said) or said.more or run.BURST in state.data) or state.flow != "idle":
        return None
    if asked_words(said.text, facts.reader) is not None:
        return sheets.typed(state, said, facts)
    reading = facts.reader.house_number(said.text)
    name = named(state, said.text, reading.value, facts) if reading.value is not None else ""
    if not name or (reading.action is not Action.ACCEPT and not is_unsure(name)):
        return None
    return one(run.without(state, run.MEANT, run.PAIRS), said, name, facts)


def _elsewhere(state: State, house: HouseNumber, facts: Facts, said_in: str) -> Turn | None:
    """E-17: the number names another village than the leader's own."""
    village = village_of(state, facts)
    if village is None or house.moo is None or moo_of(village) == house.moo or not house.house_no:
        return None
    own = next((area for area in villages(facts) if moo_of(area) == house.moo), None)
    if own is not None:
        return None
    name = named(state, "", house, facts)
    keep = tap(text("household.button.keep_here", moo=moo_of(village)), "house", no=name, b=said_in)
    words: dict[str, Value] = {"other": house.moo, "moo": moo_of(village), "house": called(name)}
    return Turn(state, (sentence("household.other_village", keep, example=EXAMPLE_HOUSE, **words),))


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """A house under a photo: of that photo, also when it was another's; without one, of the oldest that waits."""
    here, number = run.without(state, run.MEANT, run.PAIRS, run.SHEET), said.tap.get("no", "")
    said_in = said.tap.get("b", "")
    village, photo = village_of(here, facts), said.tap.get("m", "")
    if village is None or not number:
        return no_village(here, facts)
    if is_unsure(number):
        return Turn(here, (ask_which(number, facts.ask(HousesOf(village.code)), photo, said_in),))
    waiting = facts.ask(PhotosWithoutHouse())
    if photo:
        asked = next((each for each in waiting if each.message_id == photo), None)
        return _bind(here, number, facts, asked or facts.ask(QuotedHouse(photo)), said_in)
    if waiting:
        return _bind(here, number, facts, waiting[0], said_in)
    return one(here, replace(said, message_id=said_in or f"tap {said.sent_at}"), number, facts)


def tapped_photo(state: State, said: Incoming, facts: Facts) -> Turn:
    """One photo of a summary, by its time: asked about, and the next number is its own."""
    village = village_of(state, facts)
    waiting = facts.ask(PhotosWithoutHouse())
    photo = next((each for each in waiting if each.message_id == said.tap.get("m")), None)
    if village is None:
        return no_village(state, facts)
    if photo is None:
        return left.how(state, facts)
    here = run.asked(state).with_data(**{run.ASKED: photo.message_id})
    return Turn(here, (ask_house_at(photo, facts.ask(HousesOf(village.code)), facts),))


def one(state: State, said: Incoming, number: str, facts: Facts) -> Turn:
    """One number: paired by its time where a photo was sent near it, else an answer to what was asked."""
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    together = run.with_message(state, said, number)
    found = pair(together)
    if is_unsure(number) and not run.bursting(state, said):
        return _which(state, said, village, found, number, facts)
    if not any(item.id == said.message_id for item in found.numbers):
        return _paired(state, said, village, found, together, facts)
    many_come = run.bursting(state, said)
    if not many_come:
        waiting = facts.ask(PhotosWithoutHouse())
        if waiting:
            asked = next((photo for photo in waiting if photo.message_id == state.data.get(run.ASKED)), waiting[0])
            return _bind(run.without(state, run.ASKED), number, facts, asked, said.message_id)
    together, effects = run.bound(together, found, village)
    if many_come:
        return Turn(run.kept(run.in_burst(state), together), (), (*effects, SummariseBurst()))
    shown = sentence("household.number_first", house=called(number))
    return Turn(run.kept(state, together), (shown,), effects)


def _which(state: State, said: Incoming, village: AreaFacts, found: Pairing, name: str, facts: Facts) -> Turn:
    """Which household of the house: of the photo near it, else of the one that was asked about."""
    near = next((photo for photo, number in found.sure.items() if number.id == said.message_id), "")
    waiting = facts.ask(PhotosWithoutHouse())
    asked = state.data.get(run.ASKED) or (waiting[0].message_id if waiting else "")
    return Turn(state, (ask_which(name, facts.ask(HousesOf(village.code)), near or asked, said.message_id),))


def _paired(
    state: State, said: Incoming, village: AreaFacts, found: Pairing, together: tuple[Item, ...], facts: Facts
) -> Turn:
    """Its photo is near: stored, or asked about where there are two readings."""
    before = {item.id: item.bound for item in together}
    together, effects = run.bound(together, found, village)
    if run.bursting(state, said):
        photos = [item.id for item in together if not item.house]
        return Turn(run.kept(run.in_burst(state, *photos), together), (), (*effects, SummariseBurst()))
    if found.doubts:
        return many.doubtful(state, found, facts).also(*effects)
    changed = tuple(dict.fromkeys(item.bound for item in together if item.bound and before[item.id] != item.bound))
    houses = facts.ask(HousesOf(village.code))
    here = run.answered(state, together, found)
    if len(changed) != 1:
        return signing.asked_once(Turn(here, (many.stored_many(changed, houses),), effects), village, facts)
    taken = {effect.message_id for effect in effects}
    waiting = tuple(photo for photo in facts.ask(PhotosWithoutHouse()) if photo.message_id not in taken)
    shown = stored(changed[0], houses, last=not waiting, signed=signing.way(village, facts))
    if not waiting:
        return signing.asked_once(Turn(here, (shown,), effects), village, facts, changed[0])
    return Turn(here, (shown, ask_house_at(waiting[0], houses, facts, changed[0])), effects)


def _bind(state: State, number: str, facts: Facts, photo: WaitingPhoto | HousePhoto | None, said_in: str = "") -> Turn:
    """The house of one photo, said outright."""
    village = village_of(state, facts)
    if village is None or not number:
        return no_village(state, facts)
    if photo is None:
        return Turn(state, (sentence("household.no_photo_waiting", house=called(number), example=EXAMPLE_HOUSE),))
    left = tuple(each for each in facts.ask(PhotosWithoutHouse()) if each.message_id != photo.message_id)
    houses = facts.ask(HousesOf(village.code))
    shown = stored(number, houses, last=not left, signed=signing.way(village, facts))
    here = run.settled(state, photo.message_id)
    effect = BindPhoto(photo.message_id, village.code, number, said_in)
    if not left:
        return signing.asked_once(Turn(here, (shown,), (effect,)), village, facts, number)
    return Turn(here, (shown, ask_house_at(left[0], houses, facts, number)), (effect,))
