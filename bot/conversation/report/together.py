"""Which boxes of a group one message can answer: counts in order, or boxes that have numbers to name them by."""

from __future__ import annotations

from bot.forms.compiled import MEDIA, Kind, Question

_ALONE = MEDIA | {
    *(Kind.DECIMAL, Kind.TIME, Kind.DATETIME, Kind.ACKNOWLEDGE, Kind.BARCODE, Kind.RANK),
    *(Kind.GEOPOINT, Kind.GEOTRACE, Kind.GEOSHAPE),
}
"""Kinds whose answer is a whole message (kinds/table.py has how each is asked)."""
_SELECTS = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})


def together(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The first boxes of a group that are asked in one message: all of them, or only the first."""
    if len(questions) < 2 or all(_is_count(question) for question in questions):  # noqa: PLR2004 - one is alone anyway
        return questions
    if any(question.kind in _ALONE or question.range is not None for question in questions):
        return questions[:1]
    named = all(question.box is not None for question in questions)
    return questions if named or _is_list_with_story(questions) else questions[:1]


def _is_count(question: Question) -> bool:
    return question.kind is Kind.INTEGER and question.range is None


def _is_list_with_story(questions: tuple[Question, ...]) -> bool:
    """Choices with a text beside them, which takes what is no choice."""
    kinds = [question.kind for question in questions]
    return kinds[0] in _SELECTS and kinds[1:] == [Kind.TEXT] and not questions[1].required
