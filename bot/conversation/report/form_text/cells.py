"""The cells of a report's fill-in text: one for each box that can be typed, with its words there."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.report.answering.read import read_value
from bot.conversation.report.answering.reply import Answered
from bot.conversation.report.asking.buttons import choice_of
from bot.conversation.report.context import REVIEW, Context
from bot.forms.compiled import CHOICES, Kind, Question, Step
from bot.messages.bubbles import text
from bot.messages.measure import letters
from bot.reading.fill_in_keys import Cell

TYPED = frozenset({*CHOICES, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TEXT, Kind.TIME, Kind.DATETIME})
"""Kinds that can be answered inside one text."""
MOST_HINTED = 5
"""Choices that a hint lists; with more of them, their names are asked for by the question itself."""
LONGEST_LABEL = 60
LONGEST_CHOICE = 7
"""Letters of a choice's label that stand in a hint; for a longer one, the form's own short word for it."""
SHORT_LABEL = 26
"""Letters up to which a label stands in full."""
_SIGNS = re.compile(r"[=:→\n]+|->")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell, the boxes that its value answers (a choice may take a free text with it), and the question it is of."""

    cell: Cell
    asked: tuple[Question, ...]
    step: Step

    @property
    def name(self) -> str:
        return self.asked[0].name


def entries(context: Context) -> tuple[Entry, ...]:
    """Every box that can be filled in by text, also those that do not apply now: an older text may hold them."""
    found = [entry for step in context.steps if REVIEW not in step.appearance for entry in _of_step(context, step)]
    alike = _Alike.of(context)
    labels = _apart([_label(context, step, asked, alike) for step, asked in found])
    return tuple(
        Entry(_cell(context, step, asked, label), asked, step)
        for (step, asked), label in zip(found, labels, strict=True)
    )


def _of_step(context: Context, step: Step) -> Iterator[tuple[Step, tuple[Question, ...]]]:
    """A free text beside a choice belongs to the choice; every other box stands for itself."""
    typed = tuple(item for item in step.asked if item.kind in TYPED and item.name in context.questions)
    select = choice_of(typed)
    free = next((item for item in typed if item.kind is Kind.TEXT), None)
    together = (select, free) if select is not None and free is not None and select.box is None else ()
    if together:
        yield step, together
    yield from ((step, (item,)) for item in typed if item not in together)


def shown(context: Context, entry: Entry) -> bool:
    """Whether the box applies now. A day that nobody has typed (the data's own) moves on, and is not copied."""
    return any(context.values.relevant(item.name) and not _moves(context, item) for item in entry.asked)


def _moves(context: Context, question: Question) -> bool:
    stored = context.values.answer_of(question.name)
    return question.kind is Kind.DATE and stored is not None and stored.origin != "typed"


def _label(context: Context, step: Step, asked: tuple[Question, ...], alike: _Alike) -> str:
    """The words after the number: in full where they are short, else the short title; a case by its number."""
    first = next((item for item in asked if item.box is not None), asked[0])
    words = context.brief(first)
    if "case" not in first.attrs:
        full = context.label(first)
        if alike.short[words] > 1 or letters(full) <= SHORT_LABEL:
            words = context.named(first) if alike.full[full] > 1 else full
    plain = " ".join(_SIGNS.sub(" ", words).replace("(", " ").replace(")", " ").split())
    return plain[:LONGEST_LABEL].strip() or context.titled(step)


@dataclass(frozen=True, slots=True)
class _Alike:
    """How many boxes have each short title, and each label."""

    short: Counter[str]
    full: Counter[str]

    @staticmethod
    def of(context: Context) -> _Alike:
        asked = [item for item in context.questions.values() if item.asked]
        return _Alike(Counter(map(context.short, asked)), Counter(map(context.label, asked)))


def _apart(labels: Sequence[str]) -> list[str]:
    """The same label of several boxes (of the instances of a repeat, say) is told apart by a count."""
    times, seen = Counter(labels), Counter[str]()
    told = []
    for label in labels:
        seen[label] += 1
        told.append(f"{label} {seen[label]}" if times[label] > 1 else label)
    return told


def _cell(context: Context, step: Step, asked: tuple[Question, ...], label: str) -> Cell:
    number = _number(step, asked)
    free = any(item.kind is Kind.TEXT for item in asked)
    return Cell(asked[0].name, number, label, _hint(context, asked), free=free)


def _number(step: Step, asked: tuple[Question, ...]) -> str:
    """The printed number; that of the boxes which follow from a choice without one: 2-3."""
    own = [item.box for item in asked if item.box is not None]
    if own:
        return str(own[0])
    if choice_of(asked) is None or any(item.box is not None for item in step.asked):
        return ""
    follow = [item.box for item in step.calculates if item.box is not None]
    return f"{min(follow)}-{max(follow)}" if len(follow) > 1 else str(follow[0]) if follow else ""


def _hint(context: Context, asked: tuple[Question, ...]) -> str:
    """Short words for the choices: เสร็จ/อยู่ระหว่าง/ยัง."""
    select = choice_of(asked)
    if select is None or select.choices is None:
        return ""
    offered = context.values.choices(select.name) or select.choices.every
    words = [word(context, select, choice.value) for choice in offered]
    return "/".join(words) if len(words) <= MOST_HINTED else ""


def word(context: Context, select: Question, value: str) -> str:
    """A choice in one short word, as somebody would type it: its label, or the first word that the form has for it."""
    every = select.choices.every if select.choices else ()
    choice = next((item for item in every if item.value == value), None)
    if choice is None:
        return value
    label = context.text(choice.label)
    listed = choice.extra.get("words", "").split() if context.language == "th" else []  # the form's words are Thai
    short = listed[0] if len(label) > LONGEST_CHOICE and listed and select.kind is Kind.SELECT_ONE else label
    return _SIGNS.sub(" ", short.replace("/", " ").replace("(", " ").replace(")", " ")).strip()


def written(context: Context, entry: Entry) -> str:
    """What the box holds, as it would be typed; '' when it is empty."""
    return next((value for item in reversed(entry.asked) if (value := _written(context, item))), "")


def _written(context: Context, question: Question) -> str:
    raw = context.values.get(question.name)
    if raw == "" or not context.values.relevant(question.name):
        return ""
    if question.kind in CHOICES:
        return ", ".join(word(context, question, value) for value in raw.split())
    if question.kind is Kind.DATE:
        return context.facts.catalogue.write(dt.date.fromisoformat(raw))
    if question.kind is Kind.TEXT:
        return " ".join(raw.split())
    return context.write(question, raw)


def key(context: Context, entry: Entry) -> str:
    """How a cell is named in a sentence: ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว."""
    if not entry.cell.number:
        return entry.cell.label
    return context.facts.catalogue.say(text("fill_in.box", box=entry.cell.number, label=entry.cell.label))


def holds(context: Context, entry: Entry, value: str) -> bool:
    """Whether `value`, in the text, would be read as what the box holds already."""
    if any(item.kind is Kind.TEXT for item in entry.asked):
        cut = context.facts.reader.fill_in(f"{entry.cell.key}={value}", [item.cell for item in entries(context)])
        if dict(cut.values) != {entry.name: value}:
            return False
    reply = read_value(context, entry.asked, value)
    return isinstance(reply, Answered) and unchanged(context, reply.changes)


def unchanged(context: Context, changes: Mapping[str, str]) -> bool:
    """Whether all of `changes` stand in the report already; a text, but for its spaces."""
    return all(same(context.values.get(name), value) for name, value in changes.items())


def same(one: str, other: str) -> bool:
    """Whether two texts differ in spaces at most."""
    return "".join(one.split()) == "".join(other.split())
