"""What can be chosen, and what was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question.

    `name` is what is stored, `label` what is shown, `synonyms` further words for it. `numeric` marks an option that is
    itself a number or a date (a house X many wordings also choose this option.
    """

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    numeric: bool = False
    status: str | None = None


Chosen = str | tuple[str, ...]
