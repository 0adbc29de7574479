"""How signatures are taken in a leader's village, on paper or on the screen: asked once, with the first house stored.

The question rides on the receipt and holds nothing up: photos and numbers that come while it stands are taken as such.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.household.facts import ChecksOf
from bot.conversation.household.which import no_village, village_of
from bot.conversation.household_effects import ChooseSigning
from bot.conversation.inputs import Incoming
from bot.conversation.say import EXAMPLE_HOUSE, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Text, text

PAPER, SCREEN, ASKED = "paper", "screen", "asked"
"""models.signature.SignedOn; and ASKED: the question has been put, and not answered."""
ORDERS = {"sign_on_paper": PAPER, "sign_on_screen": SCREEN}
"""Typed orders (bot/reading/data/orders.yaml) and the way that they choose where they stand alone."""
CHOOSE = "signing"


def way(village: AreaFacts, facts: Facts) -> str:
    """How the person takes signatures: PAPER, SCREEN, ASKED, or empty."""
    return facts.ask(ChecksOf(village.code)).signing


def asked_once(turn: Turn, village: AreaFacts, facts: Facts, house: str = "") -> Turn:
    """The same turn, whose last bubble is a receipt (of `house`, or of several), with the question when it is due."""
    if not turn.bubbles or way(village, facts):
        return turn
    ways = tuple(tap(f"household.button.sign_on_{each}", CHOOSE, way=each, no=house) for each in (PAPER, SCREEN))
    last = turn.bubbles[-1]
    kept = tuple(line for line in last.lines if not (isinstance(line, Text) and line.key == "household.next"))
    shown = replace(last, lines=(*kept, text("household.signing_ask")), buttons=ways)
    return replace(turn, bubbles=(*turn.bubbles[:-1], shown)).also(ChooseSigning(ASKED))


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """One of the two ways, on the question's own buttons."""
    return choose(state, PAPER if said.tap.get("way") == PAPER else SCREEN, facts)


def choose(state: State, chosen: str, facts: Facts) -> Turn:
    """Remember the way until another one is chosen."""
    if village_of(state, facts) is None:
        return no_village(state, facts)
    shown = sentence(f"household.signing_{chosen}", example=EXAMPLE_HOUSE)
    return Turn(state, (shown,), (ChooseSigning(chosen),))


def photograph_the_sheet(village: AreaFacts, facts: Facts) -> tuple[Text, ...]:
    """The last thing to do where signatures are on paper and some household with a photo has none yet."""
    found = facts.ask(ChecksOf(village.code))
    lacking = any("signature" in parts for _, parts in found.counts.lacking)
    return (text("household.photograph_sheet"),) if found.signing == PAPER and lacking else ()
