"""The form's boxes as the reader of typed answers knows them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.report.asking.pages import is_long
from bot.conversation.report.asking.suggested import worded
from bot.conversation.report.context import Context
from bot.forms.compiled import CHOICES, NUMBERS, Choice, Kind, Question
from bot.reading.block_fields import BlockField
from bot.reading.block_fields import Kind as FieldKind
from bot.reading.options import Option

_KINDS: dict[Kind, FieldKind] = {Kind.INTEGER: "integer", Kind.DATE: "date"}


def boxes_of(context: Context) -> tuple[Question, ...]:
    """The numbered boxes, those aside that several instances of a repeat have under one number."""
    return tuple(item for item in context.boxes() if item.asked and item.box is not None and not item.place)


def current(context: Context, boxes: tuple[Question, ...]) -> dict[str, int]:
    values = {item.name: context.values.get(item.name) for item in boxes if item.kind in NUMBERS}
    return {name: int(value) for name, value in values.items() if value.isdecimal()}


def fields(context: Context, questions: tuple[Question, ...]) -> tuple[BlockField, ...]:
    units = {words: _unit(context, words) for words in {question.attrs.get("unit") for question in questions} if words}
    return tuple(_field(context, question, units.get(question.attrs.get("unit", ""))) for question in questions)


def _unit(context: Context, words: str) -> str | None:
    """The reader's name of the unit that the form writes as หมู่บ้าน."""
    unit = context.facts.reader.quantity(f"1 {words}").notes.get("unit")
    return unit if isinstance(unit, str) else None


def _field(context: Context, question: Question, unit: str | None) -> BlockField:
    target = context.values.get(question.attrs["target"]) if "target" in question.attrs else ""
    labels = (context.short(question), *question.attrs.get("words", "").split())
    return BlockField(
        name=question.name,
        box=question.box,
        labels=tuple(dict.fromkeys(label for label in labels if label)),
        unit=unit,
        target=int(target) if target.isdecimal() else None,
        kind=_KINDS.get(question.kind, "choice" if question.kind in CHOICES else "text"),
        case=question.attrs.get("case"),
        symbol=question.attrs.get("symbol"),
        options=worded(context, question) if question.kind is Kind.DATE else options(context, question),
        multiple=question.kind is Kind.SELECT_MULTIPLE,
    )


def options(context: Context, question: Question, *, withheld: bool = False) -> tuple[Option, ...]:
    """What a list offers now; `withheld`: what the form's filter leaves out. Nothing for a long list, which is searched
    (pages.py)."""
    choices = context.values.choices(question.name)
    if withheld and question.choices is not None:
        choices = tuple(choice for choice in question.choices.every if choice not in choices)
    return () if is_long(choices) else options_of(context, choices)


def options_of(context: Context, choices: Sequence[Choice]) -> tuple[Option, ...]:
    return tuple(_option(choice, context.choice(choice)) for choice in choices)


def _option(choice: Choice, label: str) -> Option:
    return Option(
        choice.value,
        label,
        tuple(choice.extra.get("words", "").split()),
        numeric=label[:1].isdigit(),
        status=choice.extra.get("status") or None,
    )
