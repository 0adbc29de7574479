"""Buttons of the cards that staff decide with. A button may be old, and its person no staff any more."""

from __future__ import annotations

from bot.conversation.facts import AreaFacts, Districts, Facts
from bot.conversation.inputs import Incoming
from bot.conversation.ledger import history, office, rounds
from bot.conversation.ledger.deeds import DEEDS
from bot.conversation.ledger.facts import ReportsOf
from bot.conversation.say import sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """Yes or no to the card that is open, or a deed that a card offers for one district."""
    allowed = facts.person is not None and facts.person.holds(*office.STAFF)
    areas = facts.ask(Districts()) if allowed else ()
    verb = said.tap.get("v", "")
    if allowed and verb in {"yes", "no"}:
        return _answered(state, said, facts, yes=verb == "yes")
    area = next((area for area in areas if area.code == said.tap.get("a")), None)
    return _gone(state) if area is None else _deed(state, said, facts, verb, area)


def _gone(state: State) -> Turn:
    return Turn(state, (sentence("office.gone"),))


def _answered(state: State, said: Incoming, facts: Facts, *, yes: bool) -> Turn:
    """Only the card that was shown last is answered."""
    if state.flow != office.FLOW or str(state.data.get("o", state.data.get("r"))) != said.tap.get("o"):
        return _gone(state)
    if not yes:
        return Turn(IDLE, (sentence("office.cancelled"),))
    return rounds.confirmed(state, facts) if "r" in state.data else office.confirmed(state, facts)


def _deed(state: State, said: Incoming, facts: Facts, verb: str, area: AreaFacts) -> Turn:
    item = next((item for item in facts.ask(ReportsOf(area.code)) if str(item.id) == said.tap.get("o")), None)
    deed = DEEDS.get(verb)
    if deed is None:
        return history.show(state, item or office.latest(area, None, facts), area, facts)
    item = item or office.meant(deed, None, area, facts)
    if item is None or not deed.can(item):
        return office.cannot(state, deed, item, area)
    return office.go_on(deed, item, facts, {})
