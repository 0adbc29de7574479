"""A report's values as they are printed: numbers as numbers, dates as dates, choices with their labels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from bot.conversation.report.written import written
from bot.forms.compiled import Kind, Question
from bot.forms.values import Values
from bot.messages.bubbles import text
from bot.messages.catalogue import Catalogue
from services.documents.templates import Chosen, Written

_SILENT = frozenset({Kind.NOTE, Kind.META, Kind.ANOTHER})
_CHOICES = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})
_AGREED = frozenset({"yes", "no"})
_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATE})


def values_of(values: Values, catalogue: Catalogue) -> dict[str, Written | Chosen]:
    """Every box by its address, a repeat's instances among them; None for one that is empty or does not apply."""
    return {
        name: _value(values, name, question, catalogue)
        for name, question in values.questions.items()
        if question.kind not in _SILENT
    }


def _value(values: Values, name: str, question: Question, catalogue: Catalogue) -> Written | Chosen:
    raw = values.get(name) if values.relevant(name) else ""
    if raw == "":
        return None
    if question.kind in _CHOICES:
        return Chosen(raw, _labels(values, question, raw, catalogue.locale))
    if question.kind is Kind.DATE:
        return _date(raw)
    if question.kind is Kind.CALCULATE and raw in _AGREED:
        return Chosen(raw, catalogue.say(text(f"document.{raw}")))
    if question.kind in _NUMBERS:
        return _number(raw)
    return written(catalogue, question, raw) or raw


def _labels(values: Values, question: Question, raw: str, language: str) -> str:
    listed = question.choices.every if question.choices is not None else ()
    labels: Mapping[str, str] = {choice.value: values.text(choice.label, language) for choice in listed}
    chosen = [raw] if question.kind is Kind.SELECT_ONE else raw.split()
    return ", ".join(labels.get(value, value) for value in chosen)


def _date(raw: str) -> dt.date | str:
    try:
        return dt.date.fromisoformat(raw)
    except ValueError:
        return raw


def _number(raw: str) -> int | Decimal | str:
    """A whole number as one; words that a calculation made stay words."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return raw
    if not value.is_finite() or raw != raw.strip():
        return raw
    return int(value) if value == value.to_integral_value() else value
