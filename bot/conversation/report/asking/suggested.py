"""A day that the form suggests, such as the plan's: a button, and its words as a typed answer."""

from __future__ import annotations

import datetime as dt

from bot.conversation.report.context import Context
from bot.forms.compiled import Question
from bot.reading.options import Option


def suggested(context: Context, question: Question) -> dt.date | None:
    """The day of our column `suggest`, as of now; None without one."""
    formula = question.formulas.get("suggest")
    try:
        return dt.date.fromisoformat(context.values.evaluate(formula)) if formula else None
    except ValueError:
        return None


def worded(context: Context, question: Question) -> tuple[Option, ...]:
    """The suggested day as people may type it: ตามแผน."""
    day, label = suggested(context, question), question.worded("suggest_label", context.language)
    return (Option(day.isoformat(), label),) if day is not None and label else ()
