"""The newest photo put right: ย้ายรูปล่าสุดไป 15, ลบรูปล่าสุด, or the receipt quoted with the right number."""

from __future__ import annotations

from bot.conversation.effects import BindPhoto, DropPhoto
from bot.conversation.facts import Facts, HousesOf, LastPhoto, QuotedHouse
from bot.conversation.household import run
from bot.conversation.household.saying import progress
from bot.conversation.household.which import no_village, village_of
from bot.conversation.inputs import Incoming
from bot.conversation.say import EXAMPLE_HOUSE, heard, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, text
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
        here = run.settled(state, last.message_id)
        shown = sentence("household.dropped", house=last.house) if last.house else sentence("household.dropped_waiting")
        return Turn(here, (shown,), (DropPhoto(last.message_id),))
    number = _number(order.about, facts)
    if not number:
        return Turn(state, (sentence("household.move_where", heard=heard(said.text), example=EXAMPLE_HOUSE),))
    return _move(state, last.message_id, number, facts)


def quoted(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A receipt or a photo is quoted, and a house number typed: that photo is of this house."""
    if facts.person is None or not facts.person.holds("leader"):
        return None
    number = _number(said.text, facts)
    photo = facts.ask(QuotedHouse(said.quoted_message_id)) if number else None
    return _move(state, photo.message_id, number, facts) if photo is not None else None


def _number(words: str, facts: Facts) -> str:
    reading = facts.reader.house_number(words)
    sure = reading.action is Action.ACCEPT and reading.value is not None
    return (reading.value.house_no or "") if sure and reading.value is not None else ""


def _move(state: State, photo: str, number: str, facts: Facts) -> Turn:
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    houses = facts.ask(HousesOf(village.code))
    fresh = houses.registered and number not in houses.known_numbers
    added = [text("household.added")] if fresh else []
    lines = (text("household.moved", house=number), *added, progress(houses, ()))
    return Turn(run.settled(state, photo), (Bubble(lines),), (BindPhoto(photo, village.code, number),))
