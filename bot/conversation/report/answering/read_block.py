"""Reading several boxes out of one message: those that are asked, and any other by its number, unit or label."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.conversation.report.answering.explain import ask_words, confirm_words
from bot.conversation.report.answering.fields import boxes_of, current, fields
from bot.conversation.report.answering.reply import Answered, Doubtful, Reply, Unread
from bot.conversation.report.answering.same import Same, before
from bot.conversation.report.asking.buttons import change_buttons
from bot.conversation.report.asking.prompt import example
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.table import asking
from bot.forms.compiled import NUMBERS, Kind, Question
from bot.messages.bubbles import Bubble, Words, text
from bot.reading.block_fields import BlockReading
from bot.reading.outcome import Action


def read_block(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    """The asked boxes in one message; the form's other counts by box, and by unit and label where they are open."""
    others = tuple(item for item in boxes_of(context) if item.kind in NUMBERS and item not in asked)
    known = {item.name for item in others if context.source(item) is not None}
    rest = (replace(item, labels=(), unit=None) if item.name in known else item for item in fields(context, others))
    reading = context.facts.reader.block(words, fields(context, asked), others=tuple(rest), now=context.facts.now)
    return from_block(context, asked, reading, words)


def read_alone(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    reading = context.facts.reader.block(words, fields(context, asked), now=context.facts.now)
    return from_block(context, asked, reading, words)


def from_block(context: Context, asked: tuple[Question, ...], reading: BlockReading, words: str) -> Reply:
    same = _same(context, asked, reading)
    typed, unread, is_sure = _by_kind(context, reading)
    said = {**typed, **same.values}
    rest = reading.notes.get("rest_zero")
    changes = said | (dict.fromkeys(rest, "0") if isinstance(rest, tuple) else {})
    failed = (*_failed(context, reading), *(_failure(context, name) for name in unread))
    if reading.action is Action.ACCEPT and changes and is_sure:
        rest = not asked and bool(reading.notes.get("rest_same"))
        return Answered(changes, failed, same.as_last, rest)
    if reading.action is not Action.ASK and changes:
        return Doubtful(changes, (confirm_words(context, said, reading.why, words), *failed), same.as_last)
    if failed:
        return Unread(Bubble(failed))
    why = "no_last" if reading.action is Action.ACCEPT else reading.why
    return Unread(ask_words(context, asked, why, reading.notes, words))


def _by_kind(context: Context, reading: BlockReading) -> tuple[dict[str, str], list[str], bool]:
    """What was typed for each box, boxes of rarer kinds read in their own way; the boxes that cannot be; whether all
    of it is certain."""
    typed = {name: _stored(value) for name, value in reading.values.items()}
    unread: list[str] = []
    is_sure = True
    for name, words in list(typed.items()):
        own = asking(context.questions[name])
        if own is None or context.questions[name].kind is Kind.INTEGER:
            continue
        found = own.read(context, context.questions[name], words)
        if found.value is None or found.action is Action.ASK:
            unread.append(name)
            del typed[name]
        else:
            typed[name] = found.value
            is_sure = is_sure and found.action is Action.ACCEPT
    return typed, unread, is_sure


def _failed(context: Context, reading: BlockReading) -> tuple[Words, ...]:
    """Boxes that were named with something that is no value for them: told one by one, with their own example."""
    found = reading.notes.get("failed")
    return tuple(_failure(context, name) for name in (found if isinstance(found, dict) else ()))


def _failure(context: Context, name: str) -> Words:
    question = context.questions[name]
    shown = f"{question.box}={example(context, (question,)) or '12'}"
    return text("read.box_unread", box=question.box or "", label=context.label(question), example=shown)


def _same(context: Context, asked: tuple[Question, ...], reading: BlockReading) -> Same:
    """As before, for the whole question or for the boxes that were named."""
    named = reading.notes.get("same")
    names = [item.name for item in asked] if reading.notes.get("same_as_last") else []
    return before(context, (*names, *(named if isinstance(named, tuple) else ())))


def _stored(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def read_correction(context: Context, asked: tuple[Question, ...], words: str) -> Reply | None:
    """ไม่ใช่ 3150 เป็น 3510, of these boxes alone; None when the text is no such thing, or none of them holds that."""
    reading = context.facts.reader.block(
        words, (), others=fields(context, asked), current=current(context, asked), now=context.facts.now
    )
    if reading.why == "several" and "old" in reading.notes:
        return several(context, reading, words)
    return from_block(context, (), reading, words) if "old" in reading.notes and reading.values else None


def several(context: Context, reading: BlockReading, words: str) -> Unread:
    """The old value stands in several boxes: a button to change each of them."""
    why = ask_words(context, (), "several_boxes", {}, words)
    found = reading.notes.get("candidates")
    names = tuple(str(name) for name in found) if isinstance(found, tuple) else ()
    return Unread(replace(why, buttons=change_buttons(context, names, str(reading.notes.get("new")))))
