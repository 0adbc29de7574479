"""Filling in a later round from the one before: by one of three ways, and from one of them to another."""

from __future__ import annotations

from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin
from bot.conversation.report.asking.prompt import edit_example
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.last_round import changed
from bot.conversation.report.last_round.ways import AFRESH, CHANGED_ONLY, last_of
from bot.conversation.report_facts import LastReport, ReportOf
from bot.conversation.say import heard, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms import carry
from bot.forms.explained import standing
from bot.messages.bubbles import Words, text


def start(obligation: ObligationFacts, way: str, facts: Facts) -> Turn:
    """One of the three buttons, of the card or of a reminder: also one that is days old, after much was typed."""
    context = Context.of(facts, facts.ask(ReportOf(obligation.id)))
    me = facts.person.id if facts.person else None
    is_mine = context.report.row_version is None or context.report.updated_by == me
    if context.report.obligation.closed or context.report.sent is not None or not is_mine:
        return begin.begin(obligation, facts)
    return go(way, context)


def go(way: str, context: Context) -> Turn:
    """Fill in that way. What this report has been given already always stays."""
    last = last_of(context)
    if last is None:
        turn = begin.afresh(context) if context.report.row_version is None else begin.show(context)
        return turn.before(sentence("report.later.no_last", round=context.report.obligation.called))
    return _afresh(context) if way == AFRESH else _from_last(context, last, way)


def _afresh(context: Context) -> Turn:
    if context.report.row_version is None:
        return begin.afresh(context)
    kept = context.with_values(carry.drop(context.values), frozenset())
    first = sentence("report.later.afresh")
    return begin.show(kept, (first,), stored=True).also(kept.save())


def _from_last(context: Context, last: LastReport, way: str) -> Turn:
    after = carried(context, last)
    if way == CHANGED_ONLY:
        state = begin.cursor(after, stored=True).with_data(step=REVIEW)
        return Turn(state, (changed.card(after, last),), (after.save(),))
    told = (_told(after, last),) if begin.current(after) is not None else ()
    return begin.show(after, received=told, stored=True).also(after.save())


def carried(context: Context, last: LastReport) -> Context:
    """The report with everything carried over that it has not been given yet."""
    values = carry.carry(context.values, last.values, last.round_number)
    after = context.with_values(values, context.skipped | carry.left_out(values, last.values))
    return after.with_explained({**standing(last.explained, values), **context.explained})


def completed(context: Context) -> Context:
    """The same, where there is a round to carry from and the report has not been sent."""
    last = last_of(context) if context.report.sent is None else None
    return context if last is None else carried(context, last)


def _told(context: Context, last: LastReport) -> Words:
    count = sum(1 for item in context.boxes() if context.source(item) == text("source.last"))
    return text("report.later.carried", round=last.called, n=count)


def again(state: State, said: Incoming, context: Context) -> Turn | None:
    """At the card of what may be changed: nothing changes (the next question), or the card once more."""
    last = last_of(context)
    if last is None or not changed.is_later(context) or begin.current(context) is None:
        return None
    if context.facts.reader.control(said.text).value in {"done_same", "yes", "submit"}:
        return begin.show(context)
    told = sentence("general.not_understood", heard=heard(said.text), example=edit_example(context))
    return Turn(state, (told, changed.card(context, last))).unclear(state)
