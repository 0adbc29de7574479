"""Reading one box alone, by its kind: a date, a text, a number, or a kind that is asked in a way of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from bot.conversation.report.answering.explain import ask_words, confirm_words
from bot.conversation.report.answering.reply import Answered, Doubtful, Reply, Unread
from bot.conversation.report.asking.prompt import example
from bot.conversation.report.asking.suggested import worded
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.table import asking
from bot.forms.compiled import Kind, Question
from bot.messages.bubbles import Bubble, text
from bot.reading.outcome import Action, Reading

LONGEST_TEXT = 1000
"""Characters that a free-text box takes; a longer story belongs in a letter."""
ReadBlock = Callable[[Context, tuple[Question, ...], str], Reply]


def read_one(context: Context, asked: tuple[Question, ...], words: str, block: ReadBlock) -> Reply:
    """A box alone, by its kind."""
    own = asking(asked[0])
    if own is not None:
        return _replied(context, asked, own.read(context, asked[0], words), words)
    if asked[0].kind is Kind.DATE:
        return _read_date(context, asked, words)
    if asked[0].kind is Kind.TEXT:
        return read_text(context, asked[0], words)
    reply = block(context, asked, words)
    below = _below_zero(context, asked, words) if isinstance(reply, Unread) else None
    return below or reply


def _below_zero(context: Context, asked: tuple[Question, ...], words: str) -> Doubtful | None:
    """A number below 0: no count, but what a form may ask for (a temperature), where it is no printed box."""
    found = context.facts.reader.decimal(words).value
    if asked[0].kind is not Kind.INTEGER or asked[0].box is not None or found is None or found >= 0 or found % 1:
        return None
    changes = {asked[0].name: str(int(found))}
    return Doubtful(changes, (confirm_words(context, changes, "other", words),))


def _replied(context: Context, asked: tuple[Question, ...], reading: Reading[str], words: str) -> Reply:
    """The outcome of reading a kind that is asked in a way of its own."""
    if reading.value is None or reading.action is Action.ASK:
        return Unread(ask_words(context, asked, reading.why or "other", reading.notes, words))
    changes = {asked[0].name: reading.value}
    if reading.action is Action.ACCEPT:
        return Answered(changes)
    return Doubtful(changes, (confirm_words(context, changes, reading.why or "other", words),))


def _read_date(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    reading: Reading[dt.date] = context.facts.reader.date(words, now=context.facts.now, rounds=context.facts.rounds)
    if reading.value is not None and reading.action is not Action.ASK:
        changes = {asked[0].name: reading.value.isoformat()}
        if reading.action is Action.ACCEPT:
            return Answered(changes)
        return Doubtful(changes, (confirm_words(context, changes, "date", words),))
    offered = context.facts.reader.choice(words, worded(context, asked[0]), numbered=False)
    if offered.action is Action.ACCEPT and isinstance(offered.value, str):
        return Answered({asked[0].name: offered.value})
    return Unread(ask_words(context, asked, reading.why or "not_date", reading.notes, words))


def read_text(context: Context, question: Question, words: str) -> Reply:
    if len(words) > LONGEST_TEXT:
        shown = example(context, (question,)) or "–"
        return Unread(Bubble((text("read.ask.too_long", n=len(words), most=LONGEST_TEXT, example=shown),)))
    if not any(character.isprintable() and not character.isspace() for character in words):
        return Unread(ask_words(context, (question,), "other", {}, words))
    return Answered({question.name: words.strip()})
