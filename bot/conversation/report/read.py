"""Reading an answer to a step: what would be stored, what must be confirmed first, or what to ask again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.report.context import NUMBERS, Context
from bot.conversation.report.prompt import choice_of, example
from bot.conversation.say import heard
from bot.forms.compiled import Kind, Question
from bot.messages.bubbles import Bubble, Day, Text, Value, Words, text
from bot.reading.block_fields import BlockField, BlockReading
from bot.reading.block_fields import Kind as FieldKind
from bot.reading.choice import Option
from bot.reading.outcome import Action, Reading

LONGEST_TEXT = 1000
"""Characters that a free-text box takes; a longer story belongs in a letter."""
_KINDS: dict[Kind, FieldKind] = {Kind.INTEGER: "integer", Kind.DATE: "date"}


@dataclass(frozen=True, slots=True)
class Answered:
    """Values to store now."""

    changes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Values that are stored after a yes; `bubble` reads them back as they would stand."""

    changes: Mapping[str, str]
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Nothing may be stored; `bubble` says what was understood, what is needed, and one example."""

    bubble: Bubble


@dataclass(frozen=True, slots=True)
class EditWanted:
    """A box was named without a value: ask for it."""

    box: int


Reply = Answered | Doubtful | Unread | EditWanted


def read(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    """Read `words` as the answer to the `asked` boxes, or as edits of any box ("8=3200 9=3000")."""
    select = choice_of(asked)
    edit = read_edit(context, words)
    if edit is not None:
        return edit
    if select is not None:
        return _read_choice(context, asked, select, words)
    if len(asked) == 1 and asked[0].kind is Kind.DATE:
        return _read_date(context, asked, words)
    if len(asked) == 1 and asked[0].kind in {Kind.TEXT, Kind.TIME, Kind.DATETIME}:
        return _read_text(context, asked[0], words)
    return _read_block(context, asked, words)


def read_edit(context: Context, words: str) -> Reply | None:
    """Edits by box number, in any state of the report; None when the text names no box."""
    boxes = tuple(item for item in context.boxes() if item.asked and item.box is not None)
    reading = context.facts.reader.block(
        words, (), others=_fields(context, boxes), current=_current(context, boxes), now=context.facts.now
    )
    if reading.why in {"edit_box", "no_such_box"}:
        return EditWanted(int(str(reading.notes.get("box", 0))))
    if not reading.values and not set(reading.notes) & {"failed", "unreadable"}:
        return None
    return _from_block(context, boxes, reading, words)


def _current(context: Context, boxes: tuple[Question, ...]) -> dict[str, int]:
    values = {item.name: context.values.get(item.name) for item in boxes if item.kind in NUMBERS}
    return {name: int(value) for name, value in values.items() if value.isdecimal()}


def _fields(context: Context, questions: tuple[Question, ...]) -> tuple[BlockField, ...]:
    return tuple(_field(context, question) for question in questions)


def _field(context: Context, question: Question) -> BlockField:
    target = context.values.get(question.attrs["target"]) if "target" in question.attrs else ""
    labels = (context.short(question), *question.attrs.get("words", "").split())
    return BlockField(
        name=question.name,
        box=question.box,
        labels=tuple(dict.fromkeys(label for label in labels if label)),
        unit=question.attrs.get("unit"),
        target=int(target) if target.isdecimal() else None,
        kind=_KINDS.get(question.kind, "choice" if question.choices else "text"),
        case=question.attrs.get("case"),
        symbol=question.attrs.get("symbol"),
        options=_options(context, question),
        multiple=question.kind is Kind.SELECT_MULTIPLE,
    )


def _options(context: Context, question: Question) -> tuple[Option, ...]:
    return tuple(
        Option(
            choice.value,
            context.text(choice.label),
            tuple(choice.extra.get("words", "").split()),
            status=choice.extra.get("status") or None,
        )
        for choice in context.values.choices(question.name)
    )


def _read_block(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    reading = context.facts.reader.block(words, _fields(context, asked), now=context.facts.now)
    return _from_block(context, asked, reading, words)


def _from_block(context: Context, asked: tuple[Question, ...], reading: BlockReading, words: str) -> Reply:
    changes = {name: _stored(value) for name, value in reading.values.items()}
    rest = reading.notes.get("rest_zero")
    changes |= dict.fromkeys(rest, "0") if isinstance(rest, tuple) else {}
    if reading.action is Action.ACCEPT:
        return Answered(changes)
    if reading.action is Action.CONFIRM and changes:
        return Doubtful(changes, (_confirm_words(context, changes, reading.why, reading.notes, words),))
    return Unread(_ask_words(context, asked, reading.why, reading.notes, words))


def _stored(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _read_choice(context: Context, asked: tuple[Question, ...], select: Question, words: str) -> Reply:
    """A worded choice by number, label or synonym; beside a select, a free-text box takes what is no choice."""
    multiple = select.kind is Kind.SELECT_MULTIPLE
    reading = context.facts.reader.choice(words, _options(context, select), multiple=multiple)
    picked = (reading.value,) if isinstance(reading.value, str) else reading.value or ()
    changes = {select.name: " ".join(picked)}
    if reading.action is Action.ACCEPT:
        return Answered(changes)
    free = next((item for item in asked if item.kind is Kind.TEXT), None)
    if free is not None:
        return _told(context, select, free, words)
    if reading.action is Action.CONFIRM and picked:
        return Doubtful(changes, (_confirm_words(context, changes, reading.why or "choice", reading.notes, words),))
    return Unread(_ask_words(context, (select,), reading.why or "unknown_choice", reading.notes, words))


def _told(context: Context, select: Question, free: Question, words: str) -> Reply:
    """A story typed where kinds are offered: kept word for word, filed under "other"."""
    told = _read_text(context, free, words)
    others = [choice.value for choice in context.values.choices(select.name) if choice.value == "other"]
    if isinstance(told, Answered) and others:
        return Answered({select.name: others[0], **told.changes})
    return told


def _read_date(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    reading: Reading[dt.date] = context.facts.reader.date(words, now=context.facts.now, rounds=context.facts.rounds)
    if reading.value is not None and reading.action is not Action.ASK:
        changes = {asked[0].name: reading.value.isoformat()}
        if reading.action is Action.ACCEPT:
            return Answered(changes)
        return Doubtful(changes, (_confirm_words(context, changes, "date", reading.notes, words),))
    return Unread(_ask_words(context, asked, reading.why or "not_date", reading.notes, words))


def _read_text(context: Context, question: Question, words: str) -> Reply:
    if len(words) > LONGEST_TEXT:
        shown = example(context, (question,)) or "–"
        return Unread(Bubble((text("read.ask.too_long", n=len(words), most=LONGEST_TEXT, example=shown),)))
    return Answered({question.name: words.strip()})


def described(context: Context, changes: Mapping[str, str]) -> str:
    """ตรวจทาน 3,150 · ครบ 3,040."""
    questions = context.report.form.questions
    return " · ".join(
        f"{context.short(questions[name])} {heard(context.write(questions[name], value))}"
        for name, value in changes.items()
    )


def _confirm_words(
    context: Context, changes: Mapping[str, str], why: str, notes: Mapping[str, object], words: str
) -> Text:
    key = f"read.confirm.{why}"
    known = key if key in context.facts.catalogue else "read.confirm.other"
    value = described(context, changes)
    return text(known, heard=heard(words), value=value, list=value, total=_note(notes, "target"))


def _ask_words(
    context: Context, asked: tuple[Question, ...], why: str, notes: Mapping[str, object], words: str
) -> Bubble:
    """The sentence for the reason, filled with what the reading noticed."""
    key = f"read.ask.{why}"
    known = key if key in context.facts.catalogue else "read.ask.other"
    values: dict[str, Value] = {
        "heard": heard(words),
        "value": _note(notes, "value"),
        "list": _list(notes),
        "label": context.short(asked[0]) if asked else "",
        "n": _count(notes),
        "need": _need(context, asked),
        "example": example(context, asked) or "12",
        "last": str(len(context.values.choices(asked[0].name)) if asked and asked[0].choices else ""),
        "most": _note(notes, "max"),
        "least": _note(notes, "min"),
        "day": _note(notes, "day"),
        "days": _note(notes, "days"),
        "month": _note(notes, "month"),
    }
    return Bubble((text(known, **values),))


def _note(notes: Mapping[str, object], name: str) -> Value:
    value = notes.get(name, "")
    return value if isinstance(value, int | str) else Day(value) if isinstance(value, dt.date) else str(value)


def _list(notes: Mapping[str, object]) -> str:
    found = notes.get("numbers") or notes.get("candidates") or ()
    return (
        ", ".join(f"{item:,}" if isinstance(item, int) else str(item) for item in found)
        if isinstance(found, (list, tuple))
        else ""
    )


def _count(notes: Mapping[str, object]) -> int:
    found = notes.get("numbers") or ()
    return len(found) if isinstance(found, (list, tuple)) else 0


def _need(context: Context, asked: tuple[Question, ...]) -> Text | str:
    if len(asked) > 1 and all(question.kind in NUMBERS for question in asked):
        labels = " · ".join(context.short(question) for question in asked)
        return text("need.numbers", count=text(f"count.{min(len(asked), 9)}"), labels=labels)
    kind = asked[0].kind if asked else Kind.TEXT
    keys = {Kind.INTEGER: "number", Kind.DECIMAL: "decimal", Kind.DATE: "date", Kind.TEXT: "text"}
    return text(f"need.{keys.get(kind, 'choice')}")
