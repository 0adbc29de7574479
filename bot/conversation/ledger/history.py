"""The history of a report: each step with who and when, and what can be done with it now."""

from __future__ import annotations

from bot.conversation.facts import AreaFacts, Facts, ObligationFacts
from bot.conversation.ledger.cards import button, state_of
from bot.conversation.ledger.deeds import STATES, possible
from bot.conversation.ledger.facts import HistoryLine, HistoryOf
from bot.conversation.say import by, heard, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Text, Value, Words, text

MOST_STEPS = 9
"""Lines of steps that a card holds."""


def show(state: State, item: ObligationFacts | None, area: AreaFacts, facts: Facts) -> Turn:
    """ประวัติ: the newest steps last."""
    if item is None:
        return Turn(state, (sentence("office.no_report", area=area.name),))
    steps = facts.ask(HistoryOf(item.id))
    lines: list[Words] = [text("office.history.now", state=state_of(item))]
    if len(steps) > MOST_STEPS:
        lines.append(text("office.history.earlier", n=len(steps) - MOST_STEPS))
    lines += [_line(step, facts) for step in steps[-MOST_STEPS:]] or [text("office.history.nothing")]
    ways = tuple(button(deed.verb, item) for deed in possible(item))
    title = text("office.history.title", round=item.called, area=area.name)
    return Turn(state, (Bubble(tuple(lines), ways, title=title, card=True),))


def _line(step: HistoryLine, facts: Facts) -> Text:
    """อังคารที่ 8 มิ.ย. 64 09.12 น. ส่งแล้ว ฉบับที่ 1 (สมศรี ใจดี)."""
    when = step.at.astimezone(facts.now.tzinfo)
    who = by(step.who, step.phoned_by) if step.who else text("office.history.service")
    words: dict[str, Value] = {"day": when.date(), "time": when, "what": _what(step), "who": who}
    if step.reason:
        return text("office.history.line_reason", because=heard(step.reason), **words)
    return text("office.history.line", **words)


def _what(step: HistoryLine) -> Text:
    if step.letter is not None:
        return text("office.history.letter", number=heard(step.letter[0]), letter_day=step.letter[1])
    if step.version is not None and step.before == step.after:
        return text("office.history.amended", n=step.version - 1)
    if step.version is not None and step.version > 1:
        return text("office.history.sent_again", n=step.version - 1)
    if step.before == "partly" and step.after == "open":
        return text("office.history.dropped")
    if step.before in {"accepted", "waived"} and step.after != "returned":
        return text("office.history.reopened", state=text(STATES[step.after]))
    return text("office.history.begun") if step.after == "partly" else text(STATES[step.after])
