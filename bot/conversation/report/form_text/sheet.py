"""What a fill-in text that came back holds: each cell read in the light of those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.report.answering.explain import described
from bot.conversation.report.answering.read import read_value
from bot.conversation.report.answering.reply import Answered, Doubtful, Unread
from bot.conversation.report.context import Context
from bot.conversation.report.form_text.cells import Entry, key, same, unchanged, written
from bot.conversation.say import heard
from bot.forms.values import answer
from bot.messages.bubbles import Words, text
from bot.reading.fill_in import Filled


@dataclass(slots=True)
class Sheet:
    """What a text that came back holds, box by box, in the form's order."""

    given: dict[str, str] = field(default_factory=dict)
    """Surely read, and new."""
    doubted: dict[str, str] = field(default_factory=dict)
    """To be confirmed: what would be stored."""
    doubts: list[Words] = field(default_factory=list)
    unread: list[Words] = field(default_factory=list)
    boxes: list[int] = field(default_factory=list)
    """Printed numbers of what is unread."""
    as_last: set[str] = field(default_factory=set)
    """Those of `given` that were answered with the last round's value."""
    blank: set[str] = field(default_factory=set)
    """Optional boxes that were left empty."""


def sheet_of(context: Context, cells: tuple[Entry, ...], filled: Filled) -> Sheet:
    """Read the cells one after the other, each in the light of those before it."""
    sheet = Sheet()
    for entry in cells:
        if entry.name in filled.doubtful:
            _tell(context, sheet, entry, text("fill_in.torn", heard=heard(filled.doubtful[entry.name])))
        elif entry.name in filled.values:
            context = _cell(context, sheet, entry, filled.values[entry.name])
    for number in filled.unknown:
        sheet.unread.append(text("fill_in.unknown", box=number))
    return sheet


def _cell(context: Context, sheet: Sheet, entry: Entry, value: str) -> Context:
    """Read one cell into the sheet; returns the report with it."""
    boxes = tuple(item for item in entry.asked if context.values.relevant(item.name))
    if not value:
        sheet.blank |= {item.name for item in boxes if _may_be_empty(context, item.name)}
        return context
    if same(value, written(context, entry)):
        return context
    if not boxes:
        _tell(context, sheet, entry, text("fill_in.not_needed"))
        return context
    reply = read_value(context, boxes, value)
    if isinstance(reply, Answered):
        sheet.as_last |= reply.as_last
        return _take(context, sheet, reply.changes)
    if isinstance(reply, Doubtful):
        _doubt(context, sheet, entry, value, reply.changes)
    elif isinstance(reply, Unread):
        _tell(context, sheet, entry, _why(context, reply))
    return context


def _may_be_empty(context: Context, name: str) -> bool:
    return not context.values.required(name) and context.values.get(name) == ""


def _take(context: Context, sheet: Sheet, changes: Mapping[str, str]) -> Context:
    if unchanged(context, changes):
        return context
    sheet.given |= changes
    return context.with_values(answer(context.values, changes, "typed"))


def _doubt(context: Context, sheet: Sheet, entry: Entry, value: str, changes: Mapping[str, str]) -> None:
    if unchanged(context, changes):
        return
    sheet.doubted |= changes
    told = described(context, changes)
    sheet.doubts.append(text("fill_in.doubt", key=key(context, entry), heard=heard(value), value=told))


def _tell(context: Context, sheet: Sheet, entry: Entry, why: Words) -> None:
    sheet.unread.append(text("fill_in.unread", key=key(context, entry), why=why))
    sheet.boxes += [item.box for item in entry.asked if item.box is not None][:1]


def _why(context: Context, reply: Unread) -> Words:
    """The reason alone: what is needed is said by the question itself, which is asked again."""
    return context.facts.catalogue.say(reply.bubble.lines[0]).split("\n")[0]
