"""มอบหมายผู้แทน: the round's report becomes a colleague's, with its reminders; it can be taken back."""

from __future__ import annotations

from bot.conversation.effects import HandOver
from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.inputs import Incoming
from bot.conversation.report.begin import PROVINCE
from bot.conversation.report.choose import number
from bot.conversation.report_facts import ColleagueFacts, ColleaguesOf
from bot.conversation.say import sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Text, Value, text
from bot.reading.options import Option

FLOW = "hand_over"
MOST_PEOPLE = 12


def ask(state: State, facts: Facts) -> Turn:
    """Which round, when several are open; then to whom."""
    owed = [item for item in facts.obligations if _can(item)]
    if not owed:
        return Turn(state, (sentence("report.hand_over.nothing"),))
    if len(owed) == 1:
        return whom(owed[0], facts)
    buttons = tuple(tap(_round(item, owed), "hand_over", o=item.id) for item in owed)
    return Turn(State(FLOW, {"among": [item.id for item in owed]}), (sentence("report.hand_over.which", *buttons),))


def _can(item: ObligationFacts) -> bool:
    return not item.settled and not item.closed and item.area.kind != PROVINCE


def _round(item: ObligationFacts, among: list[ObligationFacts]) -> Text:
    if len({other.area for other in among}) > 1:
        return text("report.button.round_area", round=item.called, area=item.area.name)
    return text("report.button.round", round=item.called)


def whom(item: ObligationFacts, facts: Facts) -> Turn:
    """The people of the district, and whose it is now."""
    people = _others(item, facts)
    where: dict[str, str | int] = {"o": item.id}
    words: dict[str, Value] = {"round": item.called, "area": item.area.name}
    undo: tuple[Button, ...] = (tap("report.hand_over.button.undo", "hand_back", **where),) if item.assigned_to else ()
    if not people and not undo:
        return Turn(IDLE, (sentence("report.hand_over.nobody", **words),))
    buttons = tuple(tap(_named(one), "hand_to", **where, p=one.id) for one in people[:MOST_PEOPLE])
    now = (text("report.hand_over.now", who=item.assigned_name),) if item.assigned_to else ()
    asked = text("report.hand_over.whom", **words) if people else text("report.hand_over.only_back", **words)
    return Turn(State(FLOW, where), (Bubble((*now, asked), (*buttons, *undo)),))


def _others(item: ObligationFacts, facts: Facts) -> list[ColleagueFacts]:
    return [one for one in facts.ask(ColleaguesOf(item.area.code)) if one.id != item.assigned_to]


def _named(one: ColleagueFacts) -> Text:
    return text("report.hand_over.button.person", name=one.name, role=text(f"role.{one.role}"))


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A typed round, a typed name; None when it is neither."""
    among = [item for item in facts.obligations if item.id in state.data.get("among", ())]
    if among:
        options = tuple(Option(str(item.id), facts.catalogue.say(_round(item, among)), number(item)) for item in among)
        chosen = facts.reader.choice(said.text, options).value
        found = next((item for item in among if str(item.id) == chosen), None)
        return whom(found, facts) if found is not None else None
    item = _item(facts, state.data.get("o"))
    if item is None:
        return None
    people = _others(item, facts)
    named = facts.reader.choice(said.text, tuple(_option(one) for one in people)) if people else None
    one = next((one for one in people if named is not None and str(one.id) == named.value), None)
    return _hand(item, one) if one is not None else None


def _option(one: ColleagueFacts) -> Option:
    return Option(str(one.id), one.name, tuple(one.name.split()))


def _item(facts: Facts, obligation_id: object) -> ObligationFacts | None:
    return next((item for item in facts.obligations if str(item.id) == str(obligation_id) and _can(item)), None)


def _hand(item: ObligationFacts, one: ColleagueFacts) -> Turn:
    """C-11. Who hands it to the person that it is the business of anyway is told the same."""
    undo = tap("report.hand_over.button.undo", "hand_back", o=item.id)
    words: dict[str, Value] = {"round": item.called, "who": one.name}
    return Turn(IDLE, (sentence("report.hand_over.done", undo, **words),), (HandOver(item.id, one.id),))


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """A button of these cards; it may be old."""
    item = _item(facts, said.tap.get("o"))
    if item is None:
        return Turn(state, (sentence("report.hand_over.nothing"),))
    do = said.tap.get("do")
    if do == "hand_back":
        return _back(item, state)
    if do == "hand_to":
        one = next((one for one in _others(item, facts) if str(one.id) == said.tap.get("p")), None)
        if one is not None:
            return _hand(item, one)
    return whom(item, facts)


def _back(item: ObligationFacts, state: State) -> Turn:
    """Undone: the officer's again. Twice does nothing the second time."""
    if item.assigned_to is None:
        return Turn(state, (sentence("report.hand_over.is_free", round=item.called),))
    told = sentence("report.hand_over.undone", round=item.called, who=item.assigned_name)
    return Turn(IDLE, (told,), (HandOver(item.id, None),))
