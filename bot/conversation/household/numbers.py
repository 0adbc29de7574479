"""A house number from a leader, typed or tapped: the house of the photo that waits, or of the one that is to come."""

from __future__ import annotations

from bot.conversation.effects import BindPhoto, SummariseBurst
from bot.conversation.facts import AreaFacts, Facts, HousesOf, PhotosWithoutHouse, WaitingPhoto
from bot.conversation.household import left, many, moving, run
from bot.conversation.household.pairing import Item, Pairing, pair
from bot.conversation.household.saying import ask_house_at, stored
from bot.conversation.household.which import moo_of, no_village, village_of, villages
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.say import EXAMPLE_HOUSE, heard, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Value, text
from bot.reading.house import HouseNumber
from bot.reading.outcome import Action


def typed(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """What a leader types about photos and houses; None when the text is nothing of the sort."""
    moved = moving.typed(state, said, facts) or many.typed(state, said, facts)
    if moved is not None:
        return moved
    meant, here = str(state.data.get(run.MEANT, "")), run.without(state, run.MEANT, run.PAIRS)
    if meant and facts.reader.control(said.text).value == "yes":
        return one(here, said, meant, facts)
    reading = facts.reader.house_number(said.text)
    house = reading.value
    elsewhere = _elsewhere(here, house, facts) if house is not None else None
    if elsewhere is not None:
        return elsewhere
    number = house.house_no if house else None
    if number and reading.action is Action.ACCEPT:
        return one(here, said, number, facts)
    doubtful = number if reading.action is Action.CONFIRM else None
    return _unsure(here, said, doubtful) if facts.ask(PhotosWithoutHouse()) else None


def _unsure(state: State, said: Incoming, number: str | None) -> Turn:
    """A photo waits, and what was typed is a doubtful number, or none."""
    words: dict[str, Value] = {"heard": heard(said.text)}
    if number is None:
        return Turn(state, (sentence("household.wrong_format", example=EXAMPLE_HOUSE, **words),)).unclear(state)
    yes = tap("read.button.yes", "house", no=number)
    return Turn(state.with_data(**{run.MEANT: number}), (sentence("read.confirm.house", yes, value=number, **words),))


def out_of_order(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A number that was overtaken by what was sent after it: it counts where its photo is at most two minutes away."""
    if said.kind is not Kind.TEXT or facts.person is None or not facts.person.holds("leader"):
        return None
    if not run.near(state, said) or state.flow != "idle":
        return None
    reading = facts.reader.house_number(said.text)
    if reading.action is not Action.ACCEPT or reading.value is None or not reading.value.house_no:
        return None
    return one(run.without(state, run.MEANT, run.PAIRS), said, reading.value.house_no, facts)


def _elsewhere(state: State, house: HouseNumber, facts: Facts) -> Turn | None:
    """E-17: the number names another village than the leader's own."""
    village = village_of(state, facts)
    if village is None or house.moo is None or moo_of(village) == house.moo or not house.house_no:
        return None
    own = next((area for area in villages(facts) if moo_of(area) == house.moo), None)
    if own is not None:
        return None
    keep = tap(text("household.button.keep_here", moo=moo_of(village)), "house", no=house.house_no)
    words: dict[str, Value] = {"other": house.moo, "moo": moo_of(village), "house": house.house_no}
    return Turn(state, (sentence("household.other_village", keep, example=EXAMPLE_HOUSE, **words),))


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """A house under a photo: of that photo, else of the oldest that waits."""
    here, number = run.without(state, run.MEANT, run.PAIRS), said.tap.get("no", "")
    village = village_of(here, facts)
    if village is None or not number:
        return no_village(here, facts)
    waiting = facts.ask(PhotosWithoutHouse())
    asked = next((photo for photo in waiting if photo.message_id == said.tap.get("m")), None)
    return _bind(here, number, facts, asked or (waiting[0] if waiting else None))


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
    return Turn(here, (ask_house_at(photo, facts.ask(HousesOf(village.code))),))


def one(state: State, said: Incoming, number: str, facts: Facts) -> Turn:
    """One number: paired by its time where a photo was sent near it, else an answer to what was asked."""
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    together = run.with_message(state, said, number)
    found = pair(together)
    if not any(item.id == said.message_id for item in found.numbers):
        return _paired(state, said, village, found, together, facts)
    if run.BURST not in state.data:
        waiting = facts.ask(PhotosWithoutHouse())
        if waiting:
            asked = next((photo for photo in waiting if photo.message_id == state.data.get(run.ASKED)), waiting[0])
            return _bind(run.without(state, run.ASKED), number, facts, asked)
    together, effects = run.bound(together, found, village)
    if said.more or run.BURST in state.data:
        return Turn(_in_burst(run.kept(state, together)), (), (*effects, SummariseBurst()))
    shown = sentence("household.number_first", house=number)
    return Turn(run.kept(state, together), (shown,), effects)


def _in_burst(state: State) -> State:
    return state.with_data(**{run.BURST: state.data.get(run.BURST, [])})


def _paired(
    state: State, said: Incoming, village: AreaFacts, found: Pairing, together: tuple[Item, ...], facts: Facts
) -> Turn:
    """Its photo is near: stored, or asked about where there are two readings."""
    before = {item.id: item.bound for item in together}
    together, effects = run.bound(together, found, village)
    if said.more or run.BURST in state.data:
        here = _in_burst(run.kept(state, together))
        named = [item.id for item in together if not item.house]
        counted = list(dict.fromkeys([*here.data[run.BURST], *named]))
        return Turn(here.with_data(**{run.BURST: counted}), (), (*effects, SummariseBurst()))
    if found.doubts:
        return many.doubtful(state, found, facts).also(*effects)
    changed = tuple(dict.fromkeys(item.bound for item in together if item.bound and before[item.id] != item.bound))
    houses = facts.ask(HousesOf(village.code))
    here = run.answered(state, together, found)
    if len(changed) != 1:
        return Turn(here, (many.stored_many(changed, houses),), effects)
    taken = {effect.message_id for effect in effects}
    waiting = tuple(photo for photo in facts.ask(PhotosWithoutHouse()) if photo.message_id not in taken)
    shown = stored(changed[0], houses, last=not waiting)
    if not waiting:
        return Turn(here, (shown,), effects)
    return Turn(here, (shown, ask_house_at(waiting[0], houses, changed[0])), effects)


def _bind(state: State, number: str, facts: Facts, photo: WaitingPhoto | None) -> Turn:
    """The house of one photo, said outright."""
    village = village_of(state, facts)
    if village is None or not number:
        return no_village(state, facts)
    if photo is None:
        return Turn(state, (sentence("household.no_photo_waiting", house=number, example=EXAMPLE_HOUSE),))
    left = tuple(each for each in facts.ask(PhotosWithoutHouse()) if each.message_id != photo.message_id)
    houses = facts.ask(HousesOf(village.code))
    shown = stored(number, houses, last=not left)
    here = run.settled(state, photo.message_id)
    effect = BindPhoto(photo.message_id, village.code, number)
    if not left:
        return Turn(here, (shown,), (effect,))
    return Turn(here, (shown, ask_house_at(left[0], houses, number)), (effect,))
