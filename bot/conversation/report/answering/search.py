"""A typed choice: read as it is from a short list, searched for in a long one."""

from __future__ import annotations

import re
from itertools import chain

from bot.conversation.report.answering.fields import options_of
from bot.conversation.report.asking.buttons import answers
from bot.conversation.report.asking.pages import MOST_FOUND, found, is_long, is_numbered
from bot.conversation.report.context import Context
from bot.conversation.say import heard
from bot.forms.compiled import Choice, Kind, Question
from bot.messages.bubbles import Bubble, text
from bot.reading.options import Chosen
from bot.reading.outcome import Action, Reading

FOUND = "found"
"""Why a choice is asked about: several of a long list fit. They are in the note `candidates`."""
_BETWEEN = re.compile(r"[,;/\n]+")


def chosen(context: Context, asked: tuple[Question, ...], select: Question, words: str) -> Reading[Chosen]:
    """What words choose of a list."""
    choices = context.values.choices(select.name)
    multiple = select.kind is Kind.SELECT_MULTIPLE
    reader = context.facts.reader
    if not is_long(choices):
        numbered = is_numbered(context, choices, asked)
        return reader.choice(words, options_of(context, choices), multiple=multiple, numbered=numbered)
    if multiple and _BETWEEN.search(words):
        return _several(context, choices, words)
    return _one(context, choices, words, multiple=multiple)


def _one(context: Context, choices: tuple[Choice, ...], words: str, *, multiple: bool) -> Reading[Chosen]:
    fitting = found(context, choices, words)
    if len(fitting) == 1:
        reading = context.facts.reader.choice(words, options_of(context, fitting), multiple=multiple, numbered=False)
        if reading.action is not Action.ASK:
            return reading
    if not fitting:
        return Reading(Action.ASK, None, "unknown_choice")
    names = [choice.value for choice in fitting[:MOST_FOUND]]
    return Reading(Action.ASK, None, FOUND, {"candidates": names, "count": len(fitting)})


def _several(context: Context, choices: tuple[Choice, ...], words: str) -> Reading[Chosen]:
    """Several names with signs between: each must be certain."""
    parts = [part for part in _BETWEEN.split(words) if part.strip()]
    readings = [_one(context, choices, part, multiple=True) for part in parts]
    doubt = next((one for one in readings if one.action is not Action.ACCEPT), None)
    if doubt is not None and len(parts) > 1 and doubt.action is Action.ASK:
        return doubt
    values = tuple(dict.fromkeys(chain.from_iterable(one.value or () for one in readings)))
    if not values:
        return Reading(Action.ASK, None, "unknown_choice")
    return Reading(Action.ACCEPT if doubt is None else Action.CONFIRM, values, "" if doubt is None else doubt.why)


def offered(context: Context, select: Question, reading: Reading[Chosen], words: str) -> Bubble:
    """The choices that fit, as buttons; of many only the first, and a longer part of the name is asked for."""
    names = reading.notes["candidates"]
    count = reading.notes["count"]
    values = [str(name) for name in names] if isinstance(names, list) else []
    step = context.step_of(select.name)
    ways = answers(context, step, select, values) if step is not None else ()
    total = count if isinstance(count, int) else len(values)
    if total > len(values):
        return Bubble((text("kinds.found_many", n=total, most=len(values), heard=heard(words)),), ways)
    return Bubble((text("kinds.found", n=total, heard=heard(words)),), ways)
