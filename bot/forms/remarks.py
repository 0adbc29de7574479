"""Runs the soft checks of a draft (soft.py says what they are), and tells which boxes each is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.forms.parts import Question, SoftCheck
from bot.forms.texts import Label

if TYPE_CHECKING:
    from bot.forms.draft import Values


@dataclass(frozen=True, slots=True)
class Remark:
    """A soft check that does not hold. `message` is None where the form says nothing; write it with `Values.text`.
    `boxes` are the boxes that people can change to mend it, in the order of the form."""

    name: str
    """Of the box that has the check."""
    check: str
    """The column: soft, soft2 ..."""
    message: Label | None
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fallen:
    """A running count that is lower than it was."""

    name: str
    before: str
    now: str


def remarks(values: Values) -> Iterator[Remark]:
    """The soft checks that do not hold, of boxes that are filled and apply, in the order of the form."""
    for question in values.questions.values():
        if question.checks and values.get(question.name) != "":
            for check in question.checks:
                if not values.holds(check.formula):
                    yield Remark(question.name, check.name, check.message, _boxes(values, question, check))


def fallen(before: Values, now: Values) -> Iterator[Fallen]:
    """The running counts (our column `running`) that are lower in `now` than in `before`, an earlier report."""
    for question in now.questions.values():
        if question.running and question.name in before.questions:
            was, is_ = before.get(question.name), now.get(question.name)
            if _number(is_) < _number(was):
                yield Fallen(question.name, was, is_)


def _number(text: str) -> float:
    """NaN, which is below nothing, for an empty box."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _boxes(values: Values, question: Question, check: SoftCheck) -> tuple[str, ...]:
    found = values.layout.sources({question.name, *values.layout.resolved(check.formula.expression.reads, question)})
    return tuple(name for name, box in values.questions.items() if name in found and box.asked)
