"""A household signs on the screen: the leader asks for the page by house number, and hands the telephone on."""

from __future__ import annotations

from bot.conversation.facts import Facts
from bot.conversation.household.which import no_village, village_of
from bot.conversation.inputs import Incoming
from bot.conversation.say import EXAMPLE_HOUSE, heard, sentence
from bot.conversation.sign_facts import SignAddress
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Link, text
from bot.reading.outcome import Action

VERB = "sign"


def typed(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """The page for เซ็น 12/3; None for words that ask for nothing of the sort, and from anybody but a leader."""
    if facts.person is None or not facts.person.holds("leader"):
        return None
    order = facts.reader.order(said.text)
    if order is None or order.verb != VERB:
        return None
    reading = facts.reader.house_number(order.about)
    if reading.value is None or not reading.value.house_no or reading.action is Action.ASK:
        return Turn(state, (sentence("household.sign_which", heard=heard(said.text), example=EXAMPLE_HOUSE),))
    return ask(state, reading.value.house_no, facts)


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """The button under a photo that was stored."""
    return ask(state, said.tap.get("no", ""), facts)


def ask(state: State, house_no: str, facts: Facts) -> Turn:
    """The page's button; opening it changes nothing, and it can be asked for again at any time."""
    village = village_of(state, facts)
    if village is None or not house_no:
        return no_village(state, facts)
    page = facts.ask(SignAddress(village.code, house_no))
    open_page = Link(text("household.button.open_sign_page"), page.address)
    words = text("household.sign", house=house_no, time=page.good_until)
    return Turn(state, (Bubble((words,), (open_page,)),))
