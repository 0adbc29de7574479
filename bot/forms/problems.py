"""Why a form was refused: one entry for each fault, with the sheet and row where its author can mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One fault of a form.

    `what` is a machine word (docs/xlsform.md lists them) that the catalogue turns into a sentence with `args`;
    `args["name"]` is the question's name where there is one. `sheet` is "" and `row` None when the fault has no
    single place.
    """

    sheet: str
    row: int | None
    what: str
    args: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        place = f"{self.sheet} row {self.row}: " if self.row is not None else f"{self.sheet}: " if self.sheet else ""
        details = ", ".join(f"{key}={value}" for key, value in self.args.items())
        return f"{place}{self.what}" + (f" ({details})" if details else "")


class FormError(Exception):
    """The form cannot be used. Every fault that could be found at once is in `problems`."""

    def __init__(self, problems: Sequence[FormProblem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
