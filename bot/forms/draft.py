"""The values of one draft, as they are read. Immutable: every change (values.py) gives a new `Values`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from bot.forms.answers import Answer, Problem, ProblemKind, as_answer
from bot.forms.checks import is_answer
from bot.forms.compiled import Choice, CompiledForm, Formula, Group, Kind, Label, Layout, Question, Step
from bot.forms.engine import KNOWN_ORIGIN, LAST_ORIGIN, Work
from bot.forms.environment import Format, FormEnv, Known, Stored, plain
from bot.forms.graph import Role
from bot.forms.remarks import Fallen, Remark, fallen, remarks
from bot.forms.xpath.data import to_boolean


class Values:
    """Made by `start`, `refresh`, `answer` and `from_json`; read freely, share between threads."""

    def __init__(
        self,
        form: CompiledForm,
        layout: Layout,
        *,
        answers: Mapping[str, Stored],
        state: Mapping[str, str | bool],
        known: Known,
        now: dt.datetime,
        seed: str,
    ) -> None:
        self.form = form
        self.layout = layout
        self.known = known
        self.now = now
        self.seed = seed
        self._answers = answers
        self._state = state
        self._reader = FormEnv(form, layout, answers, state, known, now)

    def _env(self) -> FormEnv:
        """A fresh environment: it counts the work done and belongs to one evaluation."""
        env = FormEnv(self.form, self.layout, self._answers, self._state, self.known, self.now)
        env.seed = self.seed
        return env

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

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, with those of every instance of a repeat and the questions for one more."""
        return self.layout.steps

    @property
    def questions(self) -> Mapping[str, Question]:
        """All boxes by address."""
        return self.layout.questions

    @property
    def groups(self) -> Mapping[str, Group]:
        """All groups and instances of repeats by address."""
        return self.layout.groups

    @property
    def counts(self) -> Mapping[str, int]:
        """How many instances each repeat has, by its address (child, child[2]/toy)."""
        return self.layout.counts

    def step(self, name: str) -> Step | None:
        """The step of that name; None where the draft has none (any more)."""
        return self.layout.places.steps.get(name)

    def step_of(self, name: str) -> Step | None:
        """The step in which the box `name` is asked, shown or computed."""
        return self.layout.places.homes.get(name)

    def boxed(self, number: int) -> Question | None:
        """The box of a printed number; inside a repeat, that of the first instance."""
        return self.layout.places.boxes.get(number)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.form.content_hash, self.seed, len(self._answers)))

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """All stored answers by name, relevant or not."""
        return {name: as_answer(stored) for name, stored in self._answers.items()}

    def answer_of(self, name: str) -> Answer | None:
        """One stored answer, relevant or not; None when the box was never filled."""
        stored = self._answers.get(name)
        return None if stored is None else as_answer(stored)

    def get(self, name: str) -> str:
        """What the box holds; '' when empty or not relevant. Raises KeyError for a name that the form lacks."""
        return self._reader.read(self.layout.questions[name].name)

    def held(self, name: str) -> str:
        """The same; '' also for the box of an instance that is not (yet, or any more) there."""
        return self.get(name) if name in self.layout.questions else ""

    def everything(self) -> dict[str, str]:
        """What all boxes hold that hold anything, calculations too: what the next report may ask of this one."""
        read = ((name, self._reader.read(name)) for name in self.layout.questions)
        return {name: value for name, value in read if value != ""}

    def source(self, name: str) -> str:
        """Where a value that nobody gave in this report comes from ("register" ..., "last" for the report before);
        '' when somebody did."""
        stored = self._answers.get(name)
        if stored is None or stored[1] not in {KNOWN_ORIGIN, LAST_ORIGIN}:
            return ""
        question = self.layout.questions[name]
        sources = (self.known.sources.get(known, "") for known in question.known)
        is_last = stored[1] == LAST_ORIGIN or question.from_last
        return ("" if stored[1] == LAST_ORIGIN else next(filter(None, sources), "")) or ("last" if is_last else "")

    def supplied(self, name: str) -> bool:
        """Whether a box has a value known beforehand, which nobody ever gave in a report of this area's."""
        stored = self._answers.get(name)
        return stored is not None and stored[1] == KNOWN_ORIGIN and self.source(name) != ""

    def relevant(self, name: str) -> bool:
        """Whether a box or group applies, its groups included."""
        return not any(cell in self._state for cell in self.layout.graph.relevance.get(name, ()))

    def required(self, name: str) -> bool:
        return self.layout.questions[name].required or f"required:{name}" in self._state

    def readonly(self, name: str) -> bool:
        question = self.layout.questions[name]
        return not question.asked or f"readonly:{name}" in self._state

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

    def choices(self, name: str) -> tuple[Choice, ...]:
        """The choices that the box offers now, its filter applied."""
        listed = self.layout.questions[name].choices
        if listed is None:
            return ()
        return listed.every if listed.filter is None else self._env().offered(listed) or ()

    def text(self, label: Label, language: str, fmt: Format = plain) -> str:
        """A label in `language`, its outputs written by `fmt(question or None, raw value)`."""
        return self._env().write(label, language, fmt)

    def remarks(self) -> tuple[Remark, ...]:
        """The soft checks that do not hold. They never stand in the way of anything."""
        return tuple(remarks(self))

    def fallen(self, before: Values) -> tuple[Fallen, ...]:
        """The running counts that are lower than in an earlier report."""
        return tuple(fallen(before, self))

    def evaluate(self, formula: Formula) -> str:
        """The value of one of our expression columns, such as question.formulas["suggest"]."""
        return self._env().text(formula)

    def holds(self, formula: Formula) -> bool:
        """The same as a condition."""
        return to_boolean(self._env().run(formula))

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
