"""ผิด, พิมพ์ผิด, ไม่ใช่ 3150 เป็น 3510: right after an answer they are about that answer, whatever is open by then."""

from __future__ import annotations

from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering.read_block import read_correction
from bot.conversation.report.changing import edit
from bot.conversation.report.context import Context
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Kind, Question


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """None for a message that mends nothing, or that may be an answer to the open question."""
    if state.data.get("pending") or not said.text:
        return None
    context = flow.open_context(state, facts)
    if context is None:
        return None
    last = _last(state, context)
    corrected = read_correction(context, last, said.text) if last else None
    wrong = corrected is None and facts.reader.says_wrong(said.text) and not _is_told(state, context)
    if corrected is None and not wrong:
        return None
    gone = flow.sent_meanwhile(state, context) or begin.must_move(context)
    if gone is not None:
        return gone
    return flow.take(state, said, context, corrected) if corrected is not None else _again(state, context, last)


def _last(state: State, context: Context) -> tuple[Question, ...]:
    """The boxes that the turn before has stored."""
    found = (context.questions.get(str(name)) for name in state.data.get("last", ()))
    return tuple(item for item in found if item is not None and item.asked and context.values.relevant(item.name))


def _is_told(state: State, context: Context) -> bool:
    """Whether the open question takes any words."""
    step = flow.step_of(state, context)
    return step is not None and any(item.kind is Kind.TEXT for item in flow.asked_of(state, context, step))


def _again(state: State, context: Context, last: tuple[Question, ...]) -> Turn:
    """The question that was answered just now once more; without one, the ways to change any box."""
    if len(last) == 1 and last[0].box is not None:
        return edit.ask_box(state, context, last[0].box)
    step = context.step_of(last[0].name) if last else None
    turn = edit.ask_step(context, step.name) if step is not None else None
    return turn or edit.how(state, context)
