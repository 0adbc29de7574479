"""One tap to mend what a remark is about: its boxes, or its whole question again."""

from __future__ import annotations

from bot.conversation.report.context import Context
from bot.conversation.report.sending.doubts import Doubt, gathered
from bot.conversation.say import tap
from bot.forms.compiled import Question, Step
from bot.messages.bubbles import Button, Text, text

BLOCK = 3
"""From so many boxes of one question on, they are mended together: one tap asks the whole question again."""


def moved(context: Context, calculation: Question) -> Text | None:
    """C-08: a calculation that a change has moved, and the boxes beside it that no longer agree; None when all do."""
    sent = context.report.sent
    doubt = next((item for item in gathered(context) if calculation.name in _reads(context, item)), None)
    boxes = _boxes(context, doubt) if doubt is not None else ""
    if sent is None or not boxes:
        return None
    return text(
        "report.moved",
        label=context.label(calculation),
        before=context.write(calculation, sent.get(calculation.name)),
        after=context.value(calculation),
        boxes=boxes,
    )


def _reads(context: Context, doubt: Doubt) -> set[str]:
    """The boxes and calculations that the check behind a remark is made of."""
    name, layout = doubt.key.rpartition(".")[2], context.values.layout
    read = (item.formula.expression.reads for item in doubt.question.checks if item.name == name)
    return layout.sources(address for reads in read for address in layout.resolved(reads, doubt.question))


def _boxes(context: Context, doubt: Doubt) -> str:
    """10-14, or 5 · 6: what mends a remark, by number."""
    step, own = _own(context, doubt)
    if step is not None and len(own) >= BLOCK:
        return "-".join(str(number) for number in _ends(context, step))
    return " · ".join(str(item.box) for item in own if item.box is not None)


def _ends(context: Context, step: Step) -> tuple[int, ...]:
    """The lowest and the highest number of what a question asks; empty where it has too few."""
    numbers = [item.box for item in context.to_ask(step) if item.box is not None]
    return (min(numbers), max(numbers)) if len(numbers) >= BLOCK else ()


def _is_empty(context: Context, question: Question) -> bool:
    name = question.name
    return question.asked and context.values.relevant(name) and context.values.get(name) == ""


def _own(context: Context, doubt: Doubt) -> tuple[Step | None, list[Question]]:
    """The question that a remark belongs to, and what of it can be mended: what was left empty, else known values only
    when the remark is on them."""
    empty = [item for name in doubt.figures if _is_empty(context, item := context.questions[name])]
    if empty:
        step = context.step_of(empty[0].name)
        return step, [item for item in empty if context.step_of(item.name) is step]
    step = context.step_of(doubt.question.name)
    own = [item for item in context.askable(step) if item.name in doubt.figures] if step is not None else []
    return step, [item for item in own if item is doubt.question or context.source(item) is None]


def mend(context: Context, doubt: Doubt) -> tuple[Button, ...]:
    """[แก้ช่อง 10-14] where a remark is about many boxes of its own question, else [แก้ช่อง 5] [แก้ช่อง 6].

    Only boxes of the remark's own question are offered: what it reads elsewhere can be changed by its number.
    """
    step, own = _own(context, doubt)
    if step is not None and len(own) >= BLOCK:
        return (_block(context, step),)
    return tuple(_mendbox_data(context, item) for item in own if item.box is not None) or _group(context, step)


def _block(context: Context, step: Step) -> Button:
    ends = _ends(context, step)
    label = text("report.button.edit_boxes", first=ends[0], last=ends[1]) if ends else _titled(context, step)
    return tap(label, "step", o=context.report.obligation.id, s=step.name)


def _group(context: Context, step: Step | None) -> tuple[Button, ...]:
    """A question without numbered boxes is asked again as a whole."""
    if step is None or not context.askable(step):
        return ()
    return (tap(_titled(context, step), "step", o=context.report.obligation.id, s=step.name),)


def _titled(context: Context, step: Step) -> Text:
    return text("report.button.edit_titled", title=context.titled(step))


def _mendbox_data(context: Context, question: Question) -> Button:
    return tap(text("report.button.edit_box", box=question.box or 0), "box", **box_data(context, question))


def box_data(context: Context, question: Question) -> dict[str, str | int]:
    """What a button that asks one box again carries."""
    return {"o": context.report.obligation.id, "box": question.box or 0}
