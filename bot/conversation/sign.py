"""A household signs on the screen: the leader asks for the page by house number, and hands the telephone on."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import Facts
from bot.conversation.household import signing
from bot.conversation.household.house_facts import HouseFacts, HousesOf
from bot.conversation.household.meant import choices, meant
from bot.conversation.household.names import called, house_of, is_unsure, sure_part, written
from bot.conversation.household.saying import EXAMPLE_NEAR
from bot.conversation.household.which import no_village, village_of
from bot.conversation.inputs import Incoming
from bot.conversation.say import EXAMPLE_HOUSE, heard, sentence, tap
from bot.conversation.sign_facts import SignAddress
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Link, text
from bot.reading.outcome import Action

VERB, WITNESS = "sign", "witness"


def typed(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """The page for เซ็น 12/3; None for words that ask for nothing of the sort, and from anybody but a leader."""
    if facts.person is None or not facts.person.holds("leader"):
        return None
    order = facts.reader.order(said.text)
    if order is None or order.verb not in {VERB, WITNESS, *signing.ORDERS}:
        return None
    if order.verb in signing.ORDERS and (not order.about or signing.ORDERS[order.verb] == signing.PAPER):
        return signing.choose(state, signing.ORDERS[order.verb], facts)
    reading = facts.reader.house_number(order.about)
    village = village_of(state, facts)
    named = reading.value is not None and reading.action is not Action.ASK
    if reading.value is None or not named or village is None:
        return Turn(state, (sentence("household.sign_which", heard=heard(said.text), example=EXAMPLE_HOUSE),))
    name = meant(reading.value, facts.reader.plain(order.about), facts.ask(HousesOf(village.code)))
    return ask(state, name, facts, WITNESS) if order.verb == WITNESS else ask(state, name, facts)


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """The button under a photo that was stored."""
    return ask(state, said.tap.get("no", ""), facts)


def chosen(state: State, said: Incoming, facts: Facts) -> Turn:
    """A way of signing was tapped under a receipt: of the screen, the page for that house comes with it."""
    turn, house = signing.tapped(state, said, facts), said.tap.get("no", "")
    if said.tap.get("way") != signing.SCREEN or not house:
        return turn
    return replace(turn, bubbles=(*turn.bubbles, *ask(state, house, facts).bubbles))


def ask(state: State, house_no: str, facts: Facts, role: str = "respondent") -> Turn:
    """The page's button; opening it changes nothing, and it can be asked for again at any time.

    `role`: somebody of the household, or the leader as WITNESS (models.signature.SignerRole).
    """
    village = village_of(state, facts)
    if village is None or not house_no:
        return no_village(state, facts)
    if is_unsure(house_no):
        return _which(state, house_no, facts.ask(HousesOf(village.code)))
    page = facts.ask(SignAddress(village.code, house_no, role))
    open_page = Link(text("household.button.open_sign_page"), page.address)
    key = "household.case.sign_witness" if role == WITNESS else "household.sign"
    words = text(key, house=called(house_no), time=page.good_until)
    return Turn(state, (Bubble((words,), (open_page,)),))


def _which(state: State, name: str, houses: HouseFacts) -> Turn:
    """Which household of the house is to sign."""
    found = choices(name, houses)
    ways = tuple(tap(text("household.button.house", house=written(each)), VERB, no=each) for each in found)
    if not house_of(sure_part(name)).number:
        return Turn(state, (sentence("household.which_unnumbered", *ways, example=EXAMPLE_NEAR),))
    return Turn(state, (sentence("household.which_of_house", *ways, house=called(name), n=len(found)),))
