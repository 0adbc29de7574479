"""Boxes named by their words: "แก้ อายุ", "อายุ=5". For forms whose boxes bear no printed numbers, and for repeats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.conversation.report.context import Context
from bot.forms.compiled import Kind, Question
from bot.messages.bubbles import text
from bot.reading.options import Option
from bot.reading.outcome import Action

MOST_BOXES = 400
"""Boxes that are looked through for a name."""


@dataclass(frozen=True, slots=True)
class Named:
    """The boxes that a text may mean, and the value that it gives."""

    names: tuple[str, ...]
    value: str = ""
    sure: bool = False
    """The words are the box's own, all of them."""


def read(context: Context, words: str, *, exact: bool) -> Named | None:
    """The boxes that `words` name to be changed; None when they name none. `exact`: only by all of a box's words, for
    where the text may just as well be an answer."""
    order = context.facts.reader.order(words)
    is_edit = order is not None and order.verb == "edit"
    about = order.about if order is not None and is_edit else words
    left, given, _ = about.partition("=")
    if not left.strip() or (not is_edit and not given) or left.strip().isdigit():
        return None
    found = _found(context, left, exact=exact)
    if not found.names:
        return None
    # the value as it was typed: what the order holds is folded to small letters
    return Named(found.names, words.partition("=")[2].strip() if given else "", found.sure)


def _found(context: Context, name: str, *, exact: bool) -> Named:
    options = tuple(islice(_options(context), MOST_BOXES))
    reading = context.facts.reader.choice(name, options)
    called = _same(context, name, options)
    if called:
        return Named(called, sure=len(called) == 1)
    if exact:
        return Named(())
    if reading.action is not Action.ASK and isinstance(reading.value, str):
        return Named((reading.value,))
    candidates = reading.notes.get("candidates")
    return Named(tuple(str(item) for item in candidates) if isinstance(candidates, list) else ())


def _same(context: Context, name: str, options: tuple[Option, ...]) -> tuple[str, ...]:
    """The boxes that are called just so."""
    plain = _plain(context, name)
    return tuple(
        option.name
        for option in options
        if plain in {_plain(context, word) for word in (option.label, *option.synonyms)}
    )


def _plain(context: Context, words: str) -> str:
    return "".join(context.facts.reader.plain(words).split())


def _options(context: Context) -> Iterator[Option]:
    for name, question in context.questions.items():
        if question.asked and question.kind is not Kind.ANOTHER and context.values.relevant(name):
            yield Option(name, context.named(question), tuple(_synonyms(context, question)))


def _synonyms(context: Context, question: Question) -> Iterator[str]:
    """Its title alone; in a repeat also with the number of the instance: อายุ ที่ 2, อายุ 2."""
    short, label = context.short(question), context.label(question)
    yield from dict.fromkeys((short, label))
    if question.place:
        number = question.place[-1]
        yield context.facts.catalogue.say(text("word.instance", label=short, n=number))
        yield f"{short} {number}"
