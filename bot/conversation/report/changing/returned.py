"""Answering what the province has given back: the value typed or said again, box by box, then sent with one tap."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering.read import read
from bot.conversation.report.answering.reply import Answered, Doubtful
from bot.conversation.report.answering.store import store
from bot.conversation.report.asking import back
from bot.conversation.report.context import Context
from bot.conversation.report_facts import ReportOf
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Kind, Question

_SAME = frozenset({"keep_value", "done_same"})
_WORDS = frozenset({Kind.TEXT, Kind.NOTE})
"""Any words would do for such a box: only where it has been asked."""


def given_back(facts: Facts) -> ObligationFacts | None:
    """The first report that the province wants looked at again, and still takes."""
    return next((item for item in facts.obligations if item.returned and not item.closed), None)


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """ยืนยันค่าเดิม, or a value typed under R-06 while nothing else is under way; None for anything else."""
    owed = given_back(facts)
    here = state.flow == "report" and owed is not None and state.data.get("o") == owed.id
    if owed is None or (state.flow == "report" and not here):
        return None
    meant = facts.reader.control(said.text).value or ""
    if here and (meant not in _SAME or state.data.get("pending")):
        return None  # the report is under way in this chat: it reads its answers itself
    context = Context.of(facts, facts.ask(ReportOf(owed.id)))
    question = back.next_box(context)
    if meant in _SAME:
        return _same_all(context) if question is None else _same(said, context, question)
    return None if question is None or question.kind in _WORDS else _value(said, context, question)


def _value(said: Incoming, context: Context, question: Question) -> Turn | None:
    reply = read(context, (question,), said.text)
    if not isinstance(reply, Answered | Doubtful):
        return None
    return flow.take(_at(context, question), said, context, reply)


def _at(context: Context, question: Question) -> State:
    """At the box, and at nothing else of its question."""
    return begin.cursor(context, context.step_of(question.name)).with_data(only=question.name)


def tapped(_state: State, said: Incoming, context: Context) -> Turn:
    """[ยืนยันค่าเดิม] under R-06; the button may be old."""
    name = said.tap.get("n", back.WHOLE)
    if name not in dict(context.report.obligation.returned):
        return begin.show(context)
    return _same_all(context) if name == back.WHOLE else _same(said, context, context.questions[name])


def _same(said: Incoming, context: Context, question: Question) -> Turn:
    """The value as it was sent, said again."""
    sent = context.report.sent
    value = sent.held(question.name) if sent is not None else context.values.get(question.name)
    return store(_at(context, question), said, context, {question.name: value})


def _same_all(context: Context) -> Turn:
    """Nothing is to be changed: the card, with the one tap that sends it again."""
    if context.report.row_version is not None:
        return begin.show(context)
    kept = replace(
        context, report=replace(context.report, row_version=0)
    )  # as it will be, once this turn has stored it
    return begin.show(kept, stored=True).also(context.save())


def again(facts: Facts) -> Turn | None:
    """What was typed answers nothing: R-06 once more, before anything else is offered."""
    owed = given_back(facts)
    return begin.begin(owed, facts) if owed is not None else None
