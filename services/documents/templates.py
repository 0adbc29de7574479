"""The sentences of printed cells: templates of the campaign, filled with a report's values. Pure.

A template is Jinja in its sandbox: `{{ box }}` writes a box as the office does (3,150 · 11 มิถุนายน 2564 · a choice's
label), `{% if box == 'done' %}` compares what the form stores. A name that the form does not have is a fault, told
when the campaign is loaded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.messages.formats import number

Written = str | int | Decimal | dt.date | None
BLANK = "–"
LONGEST = 20_000
"""Letters of a filled template."""


class PrintError(Exception):
    """A template of the campaign cannot be filled. The message names the fault for who wrote it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice: compared by its value, printed by its label."""

    value: str
    label: str

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Chosen) else other)

    def __hash__(self) -> int:
        return hash(self.value)

    def __str__(self) -> str:
        return self.label


class Printer:
    """Fills templates. `official` writes a date in full, as letters do."""

    def __init__(self, official: Callable[[dt.date], str]) -> None:
        self._official = official
        self._jinja = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined, finalize=self._write, autoescape=False, trim_blocks=True, lstrip_blocks=True
        )

    def _write(self, value: Any) -> str:
        if value is None or value == "":
            return BLANK
        if isinstance(value, dt.date):
            return self._official(value)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return number(value)
        return str(value)

    def fill(self, template: str, values: Mapping[str, Any]) -> str:
        """The sentence, with runs of blank lines taken out. Raises PrintError."""
        try:
            filled = self._jinja.from_string(template).render(values)
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise PrintError(f"{template[:60]!r}: {error}") from error
        if len(filled) > LONGEST:
            raise PrintError(f"{template[:60]!r}: it becomes longer than {LONGEST} letters")
        return "\n".join(line.strip() for line in filled.splitlines() if line.strip())

    def names(self, template: str) -> frozenset[str]:
        """The names that a template asks for. Raises PrintError for one that cannot be read."""
        try:
            return frozenset(meta.find_undeclared_variables(self._jinja.parse(template)))
        except TemplateSyntaxError as error:
            raise PrintError(f"{template[:60]!r}: {error}") from error
