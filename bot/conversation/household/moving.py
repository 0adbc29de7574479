"""The newest photo put right: ย้ายรูปล่าสุดไป 15, ลบรูปล่าสุด, or the receipt quoted with the right number."""

from __future__ import annotations

from bot.conversation.facts import Facts
from bot.conversation.household import run, sheets
from bot.conversation.household.house_facts import HousePhoto, HousesOf, LastPhoto, QuotedHouse
from bot.conversation.household.meant import meant
from bot.conversation.household.names import called, is_unsure
from bot.conversation.household.saying import ask_which, progress
from bot.conversation.household.sheet_words import asked_words
from bot.conversation.household.which import no_village, village_of
from bot.conversation.household_effects import BindPhoto, DropPhoto
from bot.conversation.inputs import Incoming
from bot.conversation.say import EXAMPLE_HOUSE, heard, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Text, text
from bot.reading.outcome import Action

MOVE, DROP = "move_photo", "drop_photo"


def typed(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """An order about the newest photo; None for any other words."""
    order = facts.reader.order(said.text)
    if order is None or order.verb not in {MOVE, DROP}:
        return None
    last = facts.ask(LastPhoto())
    if last is None:
        return Turn(state, (sentence("household.no_last_photo", example=EXAMPLE_HOUSE),))
    if order.verb == DROP:
        here = run.apart(state, last.message_id)
        gone = text("household.dropped_waiting" if last.covers is None else "household.dropped_sheet")
        if last.house:
            gone = text("household.dropped", house=called(last.house))
        return Turn(here, (Bubble((gone, *_withdrawn(last))),), (DropPhoto(last.message_id),))
    name = _name(state, order.about, facts)
    if not name:
        return Turn(state, (sentence("household.move_where", heard=heard(said.text), example=EXAMPLE_HOUSE),))
    return _move(state, last, name, facts, said.message_id)


def quoted(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A receipt or a photo is quoted, and a house number typed: that photo is of this house."""
    if facts.person is None or not facts.person.holds("leader"):
        return None
    photo = facts.ask(QuotedHouse(said.quoted_message_id))
    if photo is None:
        return None
    if photo.covers is not None or asked_words(said.text, facts.reader) is not None:
        return sheets.quoted(state, said, photo, facts)
    name = _name(state, said.text, facts)
    return _move(state, photo, name, facts, said.message_id) if name else None


def _name(state: State, words: str, facts: Facts) -> str:
    reading = facts.reader.house_number(words)
    if reading.value is None or reading.action is not Action.ACCEPT:
        return ""
    village = village_of(state, facts)
    if village is None:
        return reading.value.house_no or ""
    return meant(reading.value, facts.reader.plain(words), facts.ask(HousesOf(village.code)))


def _move(state: State, photo: HousePhoto, name: str, facts: Facts, said_in: str) -> Turn:
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    houses = facts.ask(HousesOf(village.code))
    if is_unsure(name):
        return Turn(state, (ask_which(name, houses, photo.message_id, said_in),))
    fresh = houses.registered and name not in houses.known_numbers
    added = [text("household.added")] if fresh else []
    lines = (text("household.moved", house=called(name)), *added, *_withdrawn(photo), progress(houses, ()))
    effect = BindPhoto(photo.message_id, village.code, name, said_in)
    return Turn(run.apart(state, photo.message_id), (Bubble(lines),), (effect,))


def _withdrawn(photo: HousePhoto) -> tuple[Text, ...]:
    """What goes with a sheet that is none any more."""
    return (text("household.sheet_withdrawn", n=photo.covers),) if photo.covers else ()
