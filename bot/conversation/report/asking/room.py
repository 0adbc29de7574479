"""A question must fit a phone: what stands above it, or a label as long as a page, goes into a bubble before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.report.context import Context
from bot.messages.bubbles import Bubble, Words
from bot.messages.gate import LETTERS_A_LINE, LINES_OF_A_CARD
from bot.messages.measure import phone_lines, shorten

SHORT_TITLE = 2
"""Lines of a long label that are said once more beside the request."""


def fitted(context: Context, request: Bubble, above: tuple[Words, ...], title: tuple[Words, ...]) -> tuple[Bubble, ...]:
    """`request` under the lines above it and its title; in two bubbles where one would be longer than a card."""
    if _lines(context, (*above, *title, *request.lines)) <= LINES_OF_A_CARD:
        return (replace(request, lines=(*above, *title, *request.lines)),)
    if above and (
        _lines(context, title) <= SHORT_TITLE or _lines(context, (*title, *request.lines)) <= LINES_OF_A_CARD
    ):
        return (Bubble(above), replace(request, lines=(*title, *request.lines)))
    return (Bubble((*above, *title)), replace(request, lines=(*_shortened(context, title), *request.lines)))


def _shortened(context: Context, title: tuple[Words, ...]) -> tuple[Words, ...]:
    letters = SHORT_TITLE * LETTERS_A_LINE[context.language]
    return tuple(shorten(context.facts.catalogue.say(words).split("\n")[0], letters) for words in title[:1])


def _lines(context: Context, words: Iterable[Words]) -> int:
    letters = LETTERS_A_LINE[context.language]
    return sum(phone_lines(context.facts.catalogue.say(line), letters) for line in words)
