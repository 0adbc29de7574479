"""Which boxes of a field-list one message can answer: counts in order, or boxes that have numbers to name them by."""

from __future__ import annotations

from collections.abc import Iterator

from bot.forms.kinds import MEDIA, Kind
from bot.forms.parts import Question

MOST_COUNTS = 6
"""Counts without printed numbers that are asked in one message: more are not kept apart."""
_ALONE = MEDIA | {
    *(Kind.DECIMAL, Kind.TIME, Kind.DATETIME, Kind.ACKNOWLEDGE, Kind.BARCODE, Kind.RANK),
    *(Kind.GEOPOINT, Kind.GEOTRACE, Kind.GEOSHAPE),
}
"""Kinds whose answer is a whole message."""
_SELECTS = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})


def together(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The first boxes of a question that are asked in one message: all of them, or only the first."""
    return questions if are_together(questions) else questions[:1]


def are_together(questions: tuple[Question, ...]) -> bool:
    """Whether one message can answer all of these."""
    if len(questions) < 2 or all(_is_count(question) for question in questions):  # noqa: PLR2004 - one is alone anyway
        return True
    if any(question.kind in _ALONE or question.range is not None for question in questions):
        return False
    named = all(question.box is not None for question in questions)
    return named or _is_list_with_story(questions)


def messages(shown: tuple[Question, ...]) -> Iterator[tuple[Question, ...]]:
    """What a field-list shows, in the pieces that one message can answer: all of it where that is possible, else its
    runs of counts, and everything else by itself. What is only shown makes a piece of its own."""
    asked = tuple(question for question in shown if question.asked)
    if are_together(asked) and (len(asked) <= MOST_COUNTS or any(question.box is not None for question in asked)):
        yield shown
        return
    run: list[Question] = []
    for question in shown:
        if run and not (_is_plain_count(question) and _is_plain_count(run[-1]) and len(run) < MOST_COUNTS):
            yield tuple(run)
            run = []
        run.append(question)
    if run:
        yield tuple(run)


def _is_plain_count(question: Question) -> bool:
    return question.asked and _is_count(question)


def _is_count(question: Question) -> bool:
    return question.kind is Kind.INTEGER and question.range is None


def _is_list_with_story(questions: tuple[Question, ...]) -> bool:
    """Choices with a text beside them, which takes what is no choice."""
    kinds = [question.kind for question in questions]
    return kinds[0] in _SELECTS and kinds[1:] == [Kind.TEXT] and not questions[1].required
