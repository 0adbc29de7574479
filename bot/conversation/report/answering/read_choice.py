"""Reading a choice; beside one, a free-text box takes what is no choice."""

from __future__ import annotations

from bot.conversation.report.answering.explain import ask_words, confirm_words
from bot.conversation.report.answering.fields import options
from bot.conversation.report.answering.read_one import read_text
from bot.conversation.report.answering.reply import Answered, Doubtful, Reply, Unread
from bot.conversation.report.answering.search import FOUND, chosen, offered
from bot.conversation.report.context import Context
from bot.forms.compiled import Kind, Question
from bot.messages.bubbles import Bubble
from bot.reading.outcome import Action

_NO_STORY = frozenset({"yes", "submit"})


def read_choice(context: Context, asked: tuple[Question, ...], select: Question, words: str) -> Reply:
    """A worded choice by number, label or synonym; beside a select, a free-text box takes what is no choice."""
    reading = chosen(context, asked, select, words)
    picked = (reading.value,) if isinstance(reading.value, str) else reading.value or ()
    changes = {select.name: " ".join(picked)}
    if reading.action is Action.ACCEPT:
        return Answered(changes)
    free = next((item for item in asked if item.kind is Kind.TEXT), None)
    if free is not None:
        refused = _withheld(context, select, words)
        if refused is not None:
            return refused
        return _told(context, select, free, words)
    if reading.action is Action.CONFIRM and picked:
        why = reading.why or "choice"
        return Doubtful(changes, (confirm_words(context, changes, why, words),))
    if reading.why == FOUND:
        return Unread(offered(context, select, reading, words))
    return Unread(ask_words(context, (select,), reading.why or "unknown_choice", reading.notes, words))


def _withheld(context: Context, select: Question, words: str) -> Unread | None:
    """A choice that the answers so far rule out, typed all the same: it is no story, and the form's words say why."""
    rest = options(context, select, withheld=True)
    if not rest or context.facts.reader.choice(words, rest).action is not Action.ACCEPT:
        return None
    why = select.constraint_message or select.required_message
    if why is None:
        return Unread(ask_words(context, (select,), "unknown_choice", {}, words))
    return Unread(Bubble((context.text(why),)))


def _told(context: Context, select: Question, free: Question, words: str) -> Reply:
    """A story typed where kinds are offered: kept word for word, filed under "other". A bare yes tells none."""
    meant = context.facts.reader.control(words)
    if meant.action is Action.ACCEPT and meant.value in _NO_STORY:
        return Unread(ask_words(context, (select,), "unknown_choice", {}, words))
    told = read_text(context, free, words)
    others = [choice.value for choice in context.values.choices(select.name) if choice.value == "other"]
    if isinstance(told, Answered) and others:
        return Answered({select.name: others[0], **told.changes})
    return told
