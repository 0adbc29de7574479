"""Changing one box: from the review card, by its number, or after the report was sent."""

from __future__ import annotations

from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.report import begin
from bot.conversation.report.answering.readback import readback
from bot.conversation.report.asking.buttons import where
from bot.conversation.report.asking.prompt import edit_example
from bot.conversation.report.changing import lists
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Question, Step
from bot.messages.bubbles import Button, Value, text


def how(state: State, context: Context) -> Turn:
    """Which box? A button for each question that has been answered, and how to type it."""
    if lists.needed(context):
        return lists.show(state, context)
    answered = [step for step in context.steps if REVIEW not in step.appearance and _answered(context, step)]
    ways = tuple(_button(context, step) for step in answered)
    return Turn(state, (sentence("report.edit_how", *ways, example=edit_example(context)),))


def _answered(context: Context, step: Step) -> bool:
    """Whether a step holds anything, known values apart from those that a person may know better."""
    return any(context.values.get(question.name) != "" for question in context.askable(step))


def _button(context: Context, step: Step) -> Button:
    """One question with its boxes: 8-9 ครัวเรือน."""
    boxes = [item.box for item in (*step.questions, *step.calculates) if item.box is not None]
    numbers = f"{min(boxes)}-{max(boxes)}" if len(boxes) > 1 else str(boxes[0]) if boxes else ""
    label = text("report.button.edit_step", boxes=numbers, title=context.titled(step))
    return tap(
        label if numbers else text("report.button.edit_group", title=context.titled(step)),
        "step",
        **where(context, step),
    )


def ask_step(context: Context, name: str) -> Turn | None:
    """Ask a whole question again; None when it does not apply (any more)."""
    step = context.values.step(name)
    if step is None or not context.askable(step):
        return None
    stored = readback(context, tuple(item for item in context.to_ask(step) if context.values.get(item.name)))
    first = (sentence("report.stored_now", value=stored),) if stored else ()
    return begin.ask_again(context, step, first)


def ask_box(state: State, context: Context, box: int) -> Turn:
    """Ask one box again, with its present value."""
    if lists.needed(context):
        return ask_named(state, context, _bearing(context, box))
    question = context.boxed(box)
    if question is None:
        last = max((item.box or 0 for item in context.boxes()), default=0)
        words: dict[str, Value] = {"box": box, "last": last, "example": edit_example(context)}
        return Turn(state, (sentence("report.edit_no_box", **words),)).unclear(state)
    step = context.step_of(question.name)
    named: dict[str, Value] = {"box": box, "label": context.label(question), "example": edit_example(context)}
    if not context.values.relevant(question.name):
        return Turn(state, (sentence("report.edit_not_needed", **named),))
    if step is None or not context.askable(step):
        return Turn(state, (sentence("report.edit_computed", **named),))
    if not question.asked:
        return ask_step(context, step.name) or Turn(state)
    return _ask_only(state, context, step, question)


def _bearing(context: Context, box: int) -> tuple[str, ...]:
    """The boxes of a printed number: in a repeat one in each instance."""
    return tuple(item.name for item in context.questions.values() if item.box == box and item.asked)


def ask_named(state: State, context: Context, names: tuple[str, ...]) -> Turn:
    """Ask one of these boxes again: which one, when there are several; any, when there is none."""
    found = tuple(name for name in names if name in context.questions and context.values.relevant(name))
    if not found:
        return how(state, context)
    step = context.step_of(found[0])
    if len(found) > 1 or step is None:
        return lists.choose(state, context, "one", found)
    return _ask_only(state, context, step, context.questions[found[0]])


def _ask_only(state: State, context: Context, step: Step, question: Question) -> Turn:
    """Only this box; what was typed along with a refused value waits for it."""
    present: dict[str, Value] = {"box": question.box or "", "label": context.named(question)}
    empty = context.values.get(question.name) == ""
    key = "report.edit_present" if question.box is not None else "report.edit_present_unboxed"
    first = () if empty else (sentence(key, value=context.value(question), **present),)
    turn = begin.ask_again(context, step, first, only=question)
    refused = state.data.get("refused", {})
    if question.name not in {*refused, *state.data.get("involved", ())}:
        return turn
    rest = {name: value for name, value in refused.items() if name != question.name}
    return Turn(turn.state.with_data(rest=rest, typed_in=state.data.get("typed_in", {})), turn.bubbles)


def amendable(facts: Facts) -> ObligationFacts | None:
    """The report that แก้ means when none is under way: an open draft, one that came back, else the one sent last (which
    the province may have accepted)."""
    open_ones = begin.waiting(facts) or [item for item in facts.obligations if item.returned and not item.closed]
    sent = [item for item in facts.obligations if item.versions and not item.closed]
    return next(iter(open_ones or reversed(sent)), None)
