"""What is said about one box of a draft: what it holds, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.forms.compiled import Label


class ProblemKind(StrEnum):
    REQUIRED = "required"
    TYPE = "type"
    CONSTRAINT = "constraint"
    COUNT = "count"
    """It asks for more instances of a repeat than a draft can have."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A box that cannot stay as it is. `message` is the form's own, to be written with `Values.text`."""

    name: str
    kind: ProblemKind
    message: Label | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a box holds. `origin`: typed, known, default, trigger, or last (carried over from the report before).
    `meta` is the caller's own."""

    value: str
    origin: str
    meta: Mapping[str, Any] = field(default_factory=dict)


def as_answer(stored: list[Any]) -> Answer:
    """An answer out of the JSON that keeps it."""
    return Answer(stored[0], stored[1], stored[2] if len(stored) > 2 else {})  # noqa: PLR2004 - meta is the third
