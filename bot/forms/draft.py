"""The values of one draft: what they hold, what is wrong with them, what is still to be asked.

Immutable: every change (values.py) gives a new `Values`.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from bot.forms.answers import Problem, ProblemKind
from bot.forms.checks import is_answer
from bot.forms.compiled import Kind, Question, Step
from bot.forms.engine import Work
from bot.forms.environment import Known
from bot.forms.graph import Role
from bot.forms.held import Held
from bot.forms.remarks import Fallen, Remark, fallen, remarks


class Values(Held):
    """Made by `start`, `refresh`, `answer` and `from_json`; read freely, share between threads."""

    def work(self, known: Known, now: dt.datetime) -> Work:
        """A changeable copy."""
        return Work(
            self.form,
            self.layout,
            answers=self._answers,
            state=self._state,
            known=known,
            now=now,
            seed=self.seed,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.form.content_hash, self.seed, len(self._answers)))

    def problem(self, name: str) -> Problem | None:
        """What is wrong with one box, the gravest first; None when nothing is."""
        question = self.layout.questions[name]
        if question.kind in {Kind.NOTE, Kind.META} or not self.relevant(name):
            return None
        value = self._reader.read(name)
        if value == "":
            is_missing = self.required(name) and question.asked and not self.readonly(name)
            return Problem(name, ProblemKind.REQUIRED, question.required_message) if is_missing else None
        if not is_answer(question, value, lambda: self.choices(name)):
            return Problem(name, ProblemKind.TYPE)
        if f"constraint:{name}" in self._state:
            return Problem(name, ProblemKind.CONSTRAINT, question.constraint_message)
        return Problem(name, ProblemKind.COUNT) if name in self._overdone else None

    @cached_property
    def _overdone(self) -> frozenset[str]:
        """The boxes that ask for more instances of a repeat than a draft can have."""
        if not self.layout.counts:
            return frozenset()
        cells = [
            cell for cell in self.layout.graph.cells.values() if cell.role is Role.COUNT and cell.id in self._state
        ]
        return frozenset(self.layout.sources(read for cell in cells for read in cell.reads))

    def problems(self, names: tuple[str, ...] | None = None) -> tuple[Problem, ...]:
        """What is wrong with the named boxes, or with all, in document order."""
        found = (self.problem(name) for name in (self.layout.questions if names is None else names))
        return tuple(problem for problem in found if problem is not None)

    def remarks(self) -> tuple[Remark, ...]:
        """The soft checks that do not hold. They never stand in the way of anything."""
        return tuple(remarks(self))

    def fallen(self, before: Values) -> tuple[Fallen, ...]:
        """The running counts that are lower than in an earlier report."""
        return tuple(fallen(before, self))

    def step_asked(self, step: Step, skipped: frozenset[str] = frozenset()) -> tuple[Question, ...]:
        """Which boxes of a step are still to be asked: relevant, writable, empty, not skipped."""
        return tuple(box for box in step.asked if box.name not in skipped and not self.is_closed(box.name))

    def due(self, skipped: frozenset[str] = frozenset()) -> tuple[tuple[Step, tuple[Question, ...]], ...]:
        """The steps with something left to ask, in document order, each with its open boxes."""
        return tuple(self.layout.board.every(self._shut_but(skipped)))

    def next_due(self, skipped: frozenset[str] = frozenset()) -> tuple[Step, tuple[Question, ...]] | None:
        """The first of `due`, found without building the rest."""
        return self.layout.board.first(self._shut_but(skipped))

    def count_due(self, skipped: frozenset[str] = frozenset()) -> int:
        """How many steps are left to ask: the length of `due`."""
        return self.layout.board.count(self._shut_but(skipped))

    def _shut_but(self, skipped: frozenset[str]) -> int:
        return self.shut | self.layout.board.mask(skipped) if skipped else self.shut

    @cached_property
    def shut(self) -> int:
        """The boxes that need not be asked (filled, not relevant, read-only for now), as board.py has them."""
        board = self.layout.board
        return board.mask(name for name in board.bits if self.is_closed(name))

    def with_shut(self, shut: int) -> Values:
        """The same draft, with `shut` found out already."""
        self.__dict__["shut"] = shut
        return self

    def is_closed(self, name: str) -> bool:
        """Whether a box is filled, not relevant, or read-only for now."""
        is_filled = name in self._answers and self._state.get(f"offered:{name}") != ""
        return is_filled or f"readonly:{name}" in self._state or not self.relevant(name)

    def to_json(self) -> dict[str, Any]:
        """Plain data for json.dumps. Shares its parts with this object: do not change them."""
        data: dict[str, Any] = {
            "form": self.form.content_hash,
            "now": self.now.isoformat(),
            "seed": self.seed,
            "known": {"values": dict(self.known.values), "sources": dict(self.known.sources)},
            "answers": self._answers,
            "state": self._state,
            "shut": format(self.shut, "x"),
        }
        if self.known.last:
            data["known"]["last"] = dict(self.known.last)
        if self.layout.shape:
            data["repeats"] = dict(self.layout.shape)
        return data
