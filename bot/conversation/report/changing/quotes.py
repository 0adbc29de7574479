"""A quoted message: what is typed under our question, read-back or receipt, or under one's own answer, is meant there.

Whatever is open now: the value answers or changes the box that the quoted message was about. A word that steers the
chat steers it; what the quote does not explain is an ordinary message.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering.read import read_edit, read_value
from bot.conversation.report.answering.read_block import read_correction
from bot.conversation.report.answering.reply import Answered, Doubtful, Unread
from bot.conversation.report.changing import edit
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report_facts import Quoted, QuotedFacts, ReportOf
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Kind, Question, Step
from bot.reading.outcome import Action

_REASK = frozenset({"edit", "no"})
"""แก้, ผิด: the box is asked again."""
_ANSWERS = frozenset({"yes", "no", "done_same", "skip"})
"""Steering words that may be the value of a box, too."""


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """None when the quote says nothing about what is meant."""
    found = facts.ask(Quoted(said.quoted_message_id)) if facts.person is not None and said.text else None
    owed = next((item for item in facts.obligations if found and item.id == found.obligation_id), None)
    if found is None or owed is None or owed.closed:
        return None
    if owed.locked:
        steers = facts.reader.control(said.text).action is Action.ACCEPT
        return None if steers else Turn(state, (begin.not_taken(owed),))
    context = Context.of(facts, facts.ask(ReportOf(owed.id)))
    here = _here(state, context)
    gone = flow.sent_meanwhile(here, context) or begin.must_move(context)
    if gone is not None:
        return gone
    meant = list(_meant(context, found))
    return _steered(said, context, meant) or _read(here, said, context, meant)


def _here(state: State, context: Context) -> State:
    """The chat's own place in the report, if it is under way here."""
    if state.flow == "report" and state.data.get("o") == context.report.obligation.id:
        return State(
            state.flow, {name: value for name, value in state.data.items() if name != "pending"}, state.unclear
        )
    me = context.facts.person.id if context.facts.person else None
    here = begin.cursor(context)
    # what a colleague has stored was not seen in this chat: it is shown before it is replaced
    return here if context.report.updated_by in {None, me} else here.with_data(seen=0)


Meant = tuple[Step, tuple[Question, ...]]


def _meant(context: Context, found: QuotedFacts) -> Iterator[Meant]:
    """The question that the message asked, then the boxes that it told."""
    step = context.values.step(found.step) if found.step and found.step != REVIEW else None
    if step is not None:
        asked = tuple(item for item in context.askable(step) if item.name == found.only) or context.to_ask(step)
        if asked and asked[0].kind is not Kind.ANOTHER:
            yield step, asked
    boxes = () if found.step == REVIEW else found.boxes  # the card tells of every box
    told = tuple(
        item
        for name in boxes
        if (item := context.questions.get(name)) is not None and item.asked and context.values.relevant(name)
    )
    if step is not None and any(item.kind is Kind.TEXT for item in told):
        return  # any words would do for it, also those that the question could not read
    first = context.step_of(told[0].name) if told else None
    if first is not None and told[0].kind is not Kind.ANOTHER:
        yield first, told


def _steered(said: Incoming, context: Context, meant: list[Meant]) -> Turn | None:
    """แก้ or ผิด under a question or an answer asks it again."""
    wish = context.facts.reader.control(said.text)
    if wish.value not in _REASK or set(wish.notes) & {"box", "new", "old"} or not meant:
        return None
    open_still = bool(context.open_questions(meant[0][0]))
    step, asked = meant[-1 if open_still else 0]  # what is not answered yet cannot be wrong: its read-back is
    if any(isinstance(read_value(context, boxes, said.text), Answered) for _step, boxes in meant):
        return None  # "ไม่ใช่" is an answer to some questions
    return edit.ask_step(context, step.name) if len(asked) > 1 else begin.ask_again(context, step, only=asked[0])


def _read(here: State, said: Incoming, context: Context, meant: list[Meant]) -> Turn | None:
    """The first of what may be meant that the text is a value for, or a box that it names; else why it is none."""
    for step, asked in meant:
        corrected = read_correction(context, asked, said.text)
        if corrected is not None:
            return flow.take(_at(here, step, asked), said, context, corrected)
    edited = read_edit(context, said.text)
    if edited is not None and not isinstance(edited, Unread):
        return flow.take(here, said, context, edited)
    values = [(step, asked, read_value(context, asked, said.text)) for step, asked in meant]
    for step, asked, reply in values:
        if isinstance(reply, Answered | Doubtful):
            return flow.take(_at(here, step, asked), said, context, reply)
    wish = context.facts.reader.control(said.text)
    if not values or (wish.action is Action.ACCEPT and wish.value not in _ANSWERS):
        return None
    step, asked, problem = values[0]
    again = begin.cursor(context, step)
    return flow.take(_at(again, step, asked), said, context, problem)


def _at(here: State, step: Step, asked: tuple[Question, ...]) -> State:
    """Where a doubtful value waits for its yes, and a refused one for a better: under its own question."""
    only = {"only": asked[0].name} if len(asked) == 1 and len(step.asked) > 1 else {}
    kept = {name: value for name, value in here.data.items() if name != "only"}
    return State(here.flow, {**kept, "step": step.name, **only}, here.unclear)
