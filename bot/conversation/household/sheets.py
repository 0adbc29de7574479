"""One photo of a signed sheet for many households: ใบลายเซ็น, then which ones, or all that were sent that day.

The photo is a sheet from the moment its households are known; until then it waits like any other, so that none is
forgotten half-way. What it covers is replaced by saying it again, and goes with the photo.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.facts import Facts
from bot.conversation.household import left, run, signing
from bot.conversation.household.house_facts import (
    HousePhoto,
    HousesOf,
    LastPhoto,
    PhotosWithoutHouse,
    QuotedHouse,
    WaitingPhoto,
)
from bot.conversation.household.meant import choices
from bot.conversation.household.names import called, is_unsure, listed, written
from bot.conversation.household.pairing import TOGETHER
from bot.conversation.household.saying import ask_house_at
from bot.conversation.household.sheet_facts import UnsignedOf
from bot.conversation.household.sheet_words import SheetOrder, asked_words, names_in
from bot.conversation.household.which import no_village, village_of
from bot.conversation.household_effects import ChooseSigning, CoverSheet
from bot.conversation.inputs import Incoming
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, text

EXAMPLE = "1-10"
ALL = "all"
LISTED = 20
"""Households that a receipt names."""
Photo = WaitingPhoto | HousePhoto


@dataclass(frozen=True, slots=True)
class Asked:
    """A sheet whose households are being asked for."""

    photo: str = ""
    """Its message; empty: the photo is still to come."""
    houses: tuple[str, ...] = ()
    """Named so far, some perhaps unsure."""
    said_in: str = ""
    at: int = 0
    """When it was asked for, LINE's milliseconds."""


def asked(state: State) -> Asked | None:
    stored = state.data.get(run.SHEET)
    return Asked(stored[0], tuple(stored[1]), stored[2], stored[3]) if stored else None


def _asking(state: State, sheet: Asked) -> State:
    stored = [sheet.photo, list(sheet.houses), sheet.said_in, sheet.at]
    return run.without(state, run.MEANT, run.PAIRS).with_data(**{run.SHEET: stored})


def typed(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """The word for a sheet, alone or with its households; or the households of the one that was asked about."""
    village = village_of(state, facts)
    order, sheet = asked_words(said.text, facts.reader), asked(state)
    if village is None or (order is None and (sheet is None or not sheet.photo)):
        return None
    found = names_in(said.text if order is None else order.houses, facts.ask(HousesOf(village.code)), facts.reader)
    if isinstance(found, Bubble):
        return Turn(state, (found,))
    photo = _photo(state, said, facts)
    if order is not None:
        return _ordered(state, said, order, photo, found, facts)
    return _settled(state, photo, sheet, found, said, facts) if photo is not None and sheet is not None else None


def _ordered(
    state: State, said: Incoming, order: SheetOrder, photo: Photo | None, found: tuple[str, ...], facts: Facts
) -> Turn:
    """The word for a sheet: of a photo, or announced before its photo."""
    if photo is None:
        here = Asked("", found, said.message_id, run.at(said))
        return Turn(_asking(state, here), (sentence("household.sheet_first"),))
    if order.all_sent:
        return cover_all(state, photo, facts, said.message_id)
    return cover(state, photo, found, facts, said.message_id) if found else ask(state, photo, facts)


def _settled(
    state: State, photo: Photo, sheet: Asked, found: tuple[str, ...], said: Incoming, facts: Facts
) -> Turn | None:
    """An answer to what was asked about a sheet: its households, or which of several is meant."""
    village = village_of(state, facts)
    unsure = next((name for name in sheet.houses if is_unsure(name)), "")
    if not found or village is None:
        return None
    if unsure and len(found) == 1 and found[0] in choices(unsure, facts.ask(HousesOf(village.code))):
        named = tuple(found[0] if name == unsure else name for name in sheet.houses)
        return cover(state, photo, named, facts, sheet.said_in)
    return cover(state, photo, found, facts, said.message_id)


def _photo(state: State, said: Incoming, facts: Facts) -> Photo | None:
    """The photo asked about; else the newest that waits and was sent before; else the last one, if it is a sheet."""
    waiting, sheet = facts.ask(PhotosWithoutHouse()), asked(state)
    wanted = (sheet.photo if sheet is not None else "") or state.data.get(run.ASKED)
    if wanted:
        return of_message(str(wanted), facts)
    sent_at = said.sent_at or facts.now
    if waiting:
        return ([photo for photo in waiting if photo.sent_at <= sent_at] or waiting)[-1]
    last = facts.ask(LastPhoto())
    return last if last is not None and last.covers is not None else None


def of_message(message_id: str, facts: Facts) -> Photo | None:
    """A photo of the person's own."""
    waiting = facts.ask(PhotosWithoutHouse())
    return next((each for each in waiting if each.message_id == message_id), None) or facts.ask(QuotedHouse(message_id))


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """ใบลายเซ็น under a photo, all that were sent that day, or one household of a house that has several."""
    if village_of(state, facts) is None:
        return no_village(state, facts)
    sheet = asked(state)
    photo = of_message(said.tap.get("m", ""), facts)
    if photo is None:
        return left.how(state, facts)
    if said.tap.get("do") == "sheet_all":
        return cover_all(state, photo, facts)
    if said.tap.get("do") == "sheet_of" and sheet is not None and sheet.photo == photo.message_id:
        return _chosen(state, photo, sheet, said.tap.get("no", ""), facts)
    return ask(state, photo, facts)


def _chosen(state: State, photo: Photo, sheet: Asked, name: str, facts: Facts) -> Turn:
    village = village_of(state, facts)
    unsure = next((each for each in sheet.houses if is_unsure(each)), "")
    if village is None or not unsure:
        return ask(state, photo, facts)
    every = choices(unsure, facts.ask(HousesOf(village.code)))
    chosen = every if name == ALL else (name,)
    named = [each for name in sheet.houses for each in (chosen if name == unsure else (name,))]
    return cover(state, photo, tuple(named), facts, sheet.said_in)


def quoted(state: State, said: Incoming, photo: HousePhoto, facts: Facts) -> Turn | None:
    """A sheet, or its receipt, is quoted with the households on it; or any photo with the word for a sheet."""
    village, order = village_of(state, facts), asked_words(said.text, facts.reader)
    if village is None:
        return no_village(state, facts)
    found = names_in(said.text if order is None else order.houses, facts.ask(HousesOf(village.code)), facts.reader)
    if isinstance(found, Bubble):
        return Turn(state, (found,))
    if found:
        return cover(state, photo, found, facts, said.message_id)
    return ask(state, photo, facts) if order is not None else None


def arrived(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A photo whose sheet was announced a moment ago; None for any other."""
    sheet = asked(state)
    if sheet is None or sheet.photo or abs(run.at(said) - sheet.at) > TOGETHER:
        return None
    photo = WaitingPhoto(0, (said.sent_at or facts.now).astimezone(facts.now.tzinfo), said.message_id)
    if sheet.houses:
        return cover(state, photo, sheet.houses, facts, sheet.said_in)
    return ask(state, photo, facts)


def ask(state: State, photo: Photo, facts: Facts) -> Turn:
    """Which households the sheet covers: rows, numbers, or all that were sent that day."""
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    sent = facts.ask(UnsignedOf(village.code, photo.sent_at.date()))
    ways = (tap("household.button.sheet_all", "sheet_all", m=photo.message_id),) if sent else ()
    shown = sentence("household.sheet_which", *ways, time=photo.sent_at, example=EXAMPLE)
    return Turn(_asking(run.apart(state, photo.message_id), Asked(photo.message_id)), (shown,))


def cover_all(state: State, photo: Photo, facts: Facts, said_in: str = "") -> Turn:
    """All that were sent on the day of the photo and are not signed yet. Tapped twice, it is the same."""
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    covers = photo.covers if isinstance(photo, HousePhoto) else None
    if covers:
        return Turn(run.without(state, run.SHEET), (sentence("household.sheet_known", n=covers),))
    sent = facts.ask(UnsignedOf(village.code, photo.sent_at.date()))
    shows_a_house = isinstance(photo, HousePhoto) and bool(photo.house)
    return ask(state, photo, facts) if not sent or shows_a_house else cover(state, photo, sent, facts, said_in)


def cover(state: State, photo: Photo, houses: tuple[str, ...], facts: Facts, said_in: str = "") -> Turn:
    """The households that signed it: stored and read back, once none of them is unsure."""
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    known = facts.ask(HousesOf(village.code))
    unsure = next((name for name in houses if is_unsure(name)), "")
    if unsure:
        here = _asking(state, Asked(photo.message_id, houses, said_in))
        return Turn(here, (_which(unsure, choices(unsure, known), photo.message_id),))
    names = tuple(dict.fromkeys(houses))
    lines = [text("household.sheet_stored", n=len(names), houses=listed(names[:LISTED]))]
    if len(names) > LISTED:
        lines.append(text("household.remaining_more", n=len(names) - LISTED))
    added = [name for name in names if known.registered and name not in known.known_numbers]
    if added:
        lines.append(text("household.added_many", houses=listed(added)))
    lines.append(text("household.sheet_mend"))
    way = signing.way(village, facts)
    chosen = (ChooseSigning(signing.PAPER),) if way in {"", signing.ASKED} else ()
    effects = (CoverSheet(photo.message_id, village.code, names, said_in), *chosen)
    here = run.apart(state, photo.message_id)
    others = tuple(each for each in facts.ask(PhotosWithoutHouse()) if each.message_id != photo.message_id)
    rest = (ask_house_at(others[0], known, facts),) if others and run.BURST not in state.data else ()
    return Turn(here, (Bubble(tuple(lines)), *rest), effects)


def _which(name: str, found: tuple[str, ...], photo: str) -> Bubble:
    ways = [tap(text("household.button.house", house=written(each)), "sheet_of", m=photo, no=each) for each in found]
    if len(found) > 1:
        ways.append(tap("household.button.all_of_house", "sheet_of", m=photo, no=ALL))
    return sentence("household.which_of_house", *ways, house=called(name), n=len(found))
