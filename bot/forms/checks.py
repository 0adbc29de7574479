"""Whether a text can stand in a box: its lexical form, its range, its list."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from bot.forms import lexical
from bot.forms.kinds import LISTED, Kind
from bot.forms.parts import Choice, Question


def is_answer(question: Question, value: str, offered: Callable[[], tuple[Choice, ...]]) -> bool:
    """Whether `value` (not empty) can be stored in the box. `offered` gives what its list offers now."""
    if not lexical.is_value(question.kind, value):
        return False
    if question.range is not None and not question.range.holds(Decimal(value)):
        return False
    return question.kind not in LISTED or _is_picked(question.kind, value, {choice.value for choice in offered()})


def _is_picked(kind: Kind, value: str, allowed: set[str]) -> bool:
    if kind is Kind.SELECT_ONE:
        return value in allowed
    picked = value.split()
    is_each_once = allowed.issuperset(picked) and len(set(picked)) == len(picked)
    return is_each_once and (kind is not Kind.RANK or len(picked) == len(allowed))
