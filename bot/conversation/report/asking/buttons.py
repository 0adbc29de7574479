"""The buttons of a question: one for every choice or suggested value; each says which report and question it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation.inputs import tap_data
from bot.conversation.report.answering import another
from bot.conversation.report.asking.pages import PAGE, Held, is_long, is_numbered
from bot.conversation.report.asking.suggested import suggested
from bot.conversation.report.changing.instances import fresh
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.table import asking
from bot.conversation.report.rows import begins_row
from bot.conversation.report.tokens import token
from bot.conversation.say import tap
from bot.forms.compiled import CHOICES, LISTED, NO, YES, Choice, Kind, Question, Step
from bot.messages.bubbles import Button, PickDate, Quick, Tap, Text, Words, text

GATHERED = frozenset({Kind.SELECT_MULTIPLE, Kind.RANK})
"""Lists of which several choices are tapped, one after the other."""
NOTHING_HELD = Held()
Data = Mapping[str, str | int]


def choice_of(asked: Sequence[Question]) -> Question | None:
    """The select that a step is about; other boxes of the step are then extras that may be typed."""
    return next((question for question in asked if question.kind in CHOICES), None)


def where(context: Context, step: Step) -> dict[str, str | int]:
    """Every button says which report and question it was shown for."""
    return {"o": context.report.obligation.id, "s": token(step.name)}


def listed(asked: Sequence[Question]) -> Question | None:
    """The list that a step is about, choices to be ranked among them."""
    return next((question for question in asked if question.kind in LISTED), None)


def quick(context: Context, asked: tuple[Question, ...]) -> tuple[Quick, ...]:
    """The phone's own ways to answer."""
    own = asking(asked[0]) if len(asked) == 1 else None
    return () if own is None else own.quick(context, asked[0])


def buttons(context: Context, step: Step, asked: tuple[Question, ...], held: Held = NOTHING_HELD) -> tuple[Button, ...]:
    """A button for every choice or suggested value, for leaving it empty, and the row's full text."""
    if asked and another.is_another(asked[0]):
        return _another_buttons(context, step, asked[0])
    found: list[Button] = []
    select = listed(asked)
    own = asking(asked[0]) if len(asked) == 1 else None
    if select is not None:
        found += _choice_buttons(context, step, asked, held)
    elif len(asked) == 1 and asked[0].kind is Kind.DATE:
        found += _date_buttons(context, step, asked[0])
    elif own is not None:
        found += own.buttons(context, asked[0], {**where(context, step), "q": token(asked[0].name)})
    if not held.picked:
        found += _none_button(context, step)
    if not held.picked and not any(context.values.required(question.name) for question in asked):
        found.append(tap("report.button.skip", "skip", **where(context, step)))
    if begins_row(context, step) and step.row is not None and step.row.attrs.get("full"):
        found.append(tap("report.button.full_text", "full", **where(context, step)))
    return tuple(found)


def _another_buttons(context: Context, step: Step, question: Question) -> tuple[Button, ...]:
    data = {**where(context, step), "q": token(question.name), "n": another.count(context, question)}
    return tuple(tap(another.label(context, question, value), "answer", **data, v=value) for value in (YES, NO))


def _none_button(context: Context, step: Step) -> list[Button]:
    """A repeat begins with one instance: where there is none at all, one tap says so."""
    group = fresh(context, step)
    if group is None or group.position != 1:
        return []
    label = context.repeated(group)
    words = text("report.button.none_of", label=label) if label else text("report.button.none")
    return [tap(words, "none", **where(context, step))]


def answers(context: Context, step: Step, question: Question, values: Sequence[str]) -> tuple[Button, ...]:
    """A button for each of several values that were meant, perhaps."""
    data = {**where(context, step), "q": token(question.name)}
    do = "pick" if question.kind in GATHERED else "answer"
    return tuple(tap(_candidate(context, question, value), do, **data, v=token(value)) for value in values)


def change_buttons(context: Context, names: Sequence[str], value: str) -> tuple[Button, ...]:
    """[ช่อง 8 เป็น 3,510] for each of several boxes that may be meant."""
    data: dict[str, str | int] = {"o": context.report.obligation.id, "v": token(value)}
    return tuple(
        tap(_changed(context, context.questions[name], value), "change", **data, q=token(name)) for name in names
    )


def _changed(context: Context, question: Question, value: str) -> Text:
    written = context.write(question, value)
    if question.box is None:
        return text("read.button.named_to", label=context.short(question), value=written)
    return text("read.button.box_to", box=question.box, value=written)


def _candidate(context: Context, question: Question, value: str) -> Text:
    return text("read.button.candidate", value=context.write(question, value))


def _choice_buttons(context: Context, step: Step, asked: tuple[Question, ...], held: Held) -> list[Button]:
    """A page of the list: what is picked carries a mark, and is put back by a second tap."""
    select = next(question for question in asked if question.kind in LISTED)
    choices = context.values.choices(select.name)
    data = {**where(context, step), "q": token(select.name)}
    numbered = select.kind is not Kind.SELECT_MULTIPLE and is_numbered(context, choices, asked)
    shown = [
        _choice_button(context, select, choice, {**data, "n": number} if numbered else data, held)
        for number, choice in enumerate(choices, 1)
        if (not is_long(choices) or held.at < number <= held.at + PAGE) and _is_offered(select, choice, held)
    ]
    if held.picked:
        ways = ("report.button.enough", "enough"), ("kinds.button.rank_again", "rank_again")
        label, do = ways[select.kind is Kind.RANK]
        shown.insert(0, tap(label, do, **data))
    return [*shown, *_other_pages(len(choices), data, held)] if is_long(choices) else shown


def _is_offered(select: Question, choice: Choice, held: Held) -> bool:
    """A ranked choice has its place; one that excludes all others cannot be picked beside them."""
    if select.kind is Kind.RANK:
        return choice.value not in held.picked
    return not (held.picked and choice.extra.get("exclusive"))


def _choice_button(context: Context, select: Question, choice: Choice, data: Data, held: Held) -> Button:
    label = context.choice(choice)
    number = data.get("n")
    words: Words = label if number is None else f"{number} {label}"
    if choice.value in held.picked:
        words = text("kinds.picked", label=label)
    rest = {name: value for name, value in data.items() if name != "n"}
    do = "pick" if select.kind in GATHERED else "answer"
    return Tap(words, tap_data(do, **rest, v=token(choice.value)), label)


def _other_pages(count: int, data: Data, held: Held) -> list[Button]:
    if held.at + PAGE < count:
        return [tap("kinds.button.more", "page", **data, at=held.at + PAGE)]
    return [tap("kinds.button.first", "page", **data, at=0)]


def _date_buttons(context: Context, step: Step, question: Question) -> list[Button]:
    """The suggested day (the plan's), and the date picker."""
    data = {**where(context, step), "q": token(question.name)}
    day_wanted = suggested(context, question)
    shown: list[Button] = []
    if day_wanted is not None:
        label = question.worded("suggest_label", context.language)
        day = context.facts.catalogue.write(day_wanted)
        words = f"{day} ({label})" if label else day
        shown.append(Tap(words, tap_data("answer", **data, v=day_wanted.isoformat()), day))
    initial = day_wanted or context.facts.now.date()
    shown.append(PickDate(text("report.button.other_date"), tap_data("answer", **data), initial))
    return shown
