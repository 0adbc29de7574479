"""Answers a form as the chat does: step by step, one message each, known values shown and not asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.load import compile_xlsform
from bot.forms.values import Values, answer, start
from tests.unit.campaigns.files import LOEI, table

NOW = dt.datetime(2021, 6, 8, 2, 12, tzinfo=dt.UTC)
PROVINCE = {
    "t4_weekly_count": "1",
    "t4_weekly_last": "2021-06-07",
    "t4_meeting_count": "1",
    "t4_meeting_dates": "28 พ.ค. 64",
}
Turn = tuple[str, tuple[str, ...]]
"""Name of the step, names of the boxes that are asked in it."""


@cache
def compiled(path: Path) -> CompiledForm:
    return compile_xlsform(path.read_bytes(), path.name)


def phu_ruea() -> dict[str, str]:
    """What the register and the calendar know about district 4207."""
    return {
        row["name"]: row["value"]
        for row in table(LOEI / "register" / "known.csv")
        if row["area_code"] in {"42", "4207"}
    }


def begun(form: str, known: Mapping[str, str]) -> Values:
    return start(compiled(LOEI / form), Known(known, dict.fromkeys(known, "register")), NOW, "draft")


def walk(values: Values, script: Mapping[str, str]) -> tuple[Values, list[Turn]]:
    """Answer whatever is due from `script`; a box that it lacks is skipped. Returns the draft and the turns."""
    turns: list[Turn] = []
    skipped: frozenset[str] = frozenset()
    while values.due(skipped):
        step, boxes = values.due(skipped)[0]
        names = tuple(box.name for box in boxes)
        turns.append((step.name, names))
        values = answer(values, {name: script[name] for name in names if name in script})
        skipped |= {name for name in names if name not in script}
    return values, turns


def refused(values: Values) -> list[str]:
    return [problem.name for problem in values.problems()]


def said(values: Values, name: str, language: str = "th") -> str:
    """The label of a question as it reads now."""
    return values.text(values.form.questions[name].label, language)


def review(values: Values, language: str = "th") -> list[str]:
    """The lines of the review card."""
    card = next(step for step in values.form.steps if "review" in step.appearance)
    return [said(values, note.name, language) for note in card.questions if values.relevant(note.name)]
