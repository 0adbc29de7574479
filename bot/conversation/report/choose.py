"""Which report: the one that is owed, or a choice when there are several."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.inputs import Incoming
from bot.conversation.report.begin import PROVINCE, begin
from bot.conversation.say import sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Text, Value, text
from bot.reading.options import Option

FLOW = "choose"
REPORTERS = ("officer", "deputy", "head", "staff", "admin")


def report(state: State, facts: Facts, round_number: int | None = None) -> Turn:
    """รายงาน: the one report that is owed, or a choice when there are several; `round_number` when it was said."""
    if not facts.obligations and not _reports(facts):
        return Turn(state, (sentence("report.not_your_work"),))
    return _one_of(facts, [item for item in facts.obligations if round_number is None or _is_round(item, round_number)])


def _is_round(item: ObligationFacts, number: int) -> bool:
    """Whether "ครั้งที่ 2" can mean it: rounds of a duty have names, no numbers."""
    return not item.duty and item.round_number == number


def province_values(state: State, facts: Facts) -> Turn:
    """What the province answers once a round for all districts."""
    found = [item for item in facts.obligations if item.area.kind == PROVINCE]
    return _one_of(facts, found) if found else Turn(state, (sentence("staff.province_nothing"),))


def _one_of(facts: Facts, among: list[ObligationFacts]) -> Turn:
    owed = [item for item in among if not item.settled and not item.closed]
    begun = [item for item in among if item.draft_exists and not item.closed]
    if len(owed) == 1 or (begun and not owed):
        return begin((owed or begun)[0], facts)
    if not owed:
        return Turn(IDLE, (_none_owed(facts, among),))
    return Turn(asking(owed), (card(owed, facts),))


def asking(owed: list[ObligationFacts], wish: str = "begin") -> State:
    """Which of `owed` is asked; `wish` is what is done with the chosen one."""
    return State(FLOW, {"among": [item.id for item in owed], "wish": wish})


def take(state: State, said: Incoming, facts: Facts, do: Callable[[ObligationFacts, Facts], Turn]) -> Turn | None:
    """A typed choice: ครั้งที่ 2, or the bare 2, which is the round and not the second button."""
    among = [item for item in facts.obligations if item.id in state.data.get("among", ())]
    options = tuple(_option(item, among, facts) for item in among)
    chosen = facts.reader.choice(said.text, options).value if options else None
    found = next((item for item in among if str(item.id) == chosen), None)
    return do(found, facts) if found is not None else None


def _option(item: ObligationFacts, among: list[ObligationFacts], facts: Facts) -> Option:
    label, plain = _named(item, among, late=False), text("report.button.round", round=item.called)
    areas = (item.area.name, item.area.short)
    same_area = len({other.area for other in among}) == 1
    words = (facts.catalogue.say(plain), *number(item)) if same_area else areas
    return Option(str(item.id), facts.catalogue.say(label), words)


def number(item: ObligationFacts) -> tuple[str, ...]:
    """The bare number by which a round can be typed, if it has one."""
    return () if item.duty else (str(item.round_number),)


def _reports(facts: Facts) -> bool:
    return facts.person is not None and facts.person.holds(*REPORTERS)


def _none_owed(facts: Facts, among: list[ObligationFacts]) -> Bubble:
    """Nothing to send: what was sent last, and when the next one is due."""
    latest = max(among or facts.obligations, key=lambda item: item.due_at, default=None)
    following = next_due(facts)
    if latest is None:
        return Bubble((text("report.none_open"), *following))
    if latest.closed and not latest.settled:
        words: dict[str, Value] = {"round": latest.called}
        return Bubble((text("report.round_closed_now", **words), *following))
    sent = text("report.none_owed", round=latest.called, area=latest.area.name)
    return Bubble((sent, *following))


def next_due(facts: Facts) -> tuple[Text, ...]:
    """The next round that is not open yet."""
    opened = {item.round_number for item in facts.obligations if not item.duty}
    coming = sorted((due, number) for number, due in facts.rounds.items() if number not in opened)
    later = [(due, number) for due, number in coming if due >= facts.now.date()]
    return tuple(text("owe.next", round=number, due=due) for due, number in later[:1])


def card(owed: list[ObligationFacts], facts: Facts, wish: str = "begin") -> Bubble:
    """P-19: several are open; asked once which. The newest that is still in time comes first."""
    ordered = sorted(owed, key=lambda item: (facts.now > item.due_at, item.due_at))
    buttons = tuple(tap(_named(item, owed, late=facts.now > item.due_at), wish, o=item.id) for item in ordered)
    return sentence("report.choose", *buttons, n=len(owed))


def _named(item: ObligationFacts, among: list[ObligationFacts], *, late: bool) -> Text:
    if len({other.area for other in among}) > 1:
        return text("report.button.round_area", round=item.called, area=item.area.name)
    return text("report.button.round_late" if late else "report.button.round", round=item.called)
