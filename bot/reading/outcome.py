"""The three outcomes of reading what a person typed: accept, confirm, ask. Never a silent wrong value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Action(StrEnum):
    ACCEPT = "accept"
    """Take it silently (it is still read back)."""
    CONFIRM = "confirm"
    """Read back as it would be stored and wait for a yes."""
    ASK = "ask"
    """Do not guess; `why` says what to tell the person."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A reading of one answer.

    `value` is None when nothing may be stored (always so for ASK unless a best guess helps the wording).
    `why` is a short machine word for the reason of CONFIRM or ASK (such as "approximate", "colloquial",
    "too_many", "no_such_day"); the catalogue turns it into a sentence. `notes` holds further facts that were
    read along the way (unit, round, moo, candidates, min, max ...).
    """

    action: Action
    value: T | None = None
    why: str = ""
    notes: dict[str, object] = field(default_factory=dict)
