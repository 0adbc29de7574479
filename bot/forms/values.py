"""The values of one draft. Immutable: every change gives a new `Values`; JSON in between changes nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from bot.forms import lexical
from bot.forms.answers import Answer, Problem, ProblemKind
from bot.forms.compiled import Choice, CompiledForm, Formula, Kind, Label, Question, Step
from bot.forms.engine import EMPTIED, Work
from bot.forms.environment import THAI_TIME, Format, FormEnv, Known, Stored, plain
from bot.forms.remarks import Fallen, Remark, fallen, remarks
from bot.forms.xpath.data import to_boolean
from bot.forms.xpath.scope import KNOWN, NOW, TODAY

__all__ = [
    "Answer",
    "Fallen",
    "Problem",
    "ProblemKind",
    "Remark",
    "Values",
    "answer",
    "forget",
    "from_json",
    "refresh",
    "start",
]


class Values:
    """Made by `start`, `refresh`, `answer` and `from_json`; read freely, share between threads."""

    def __init__(
        self,
        form: CompiledForm,
        *,
        answers: Mapping[str, Stored],
        state: Mapping[str, str | bool],
        known: Known,
        now: dt.datetime,
        seed: str,
    ) -> None:
        self.form = form
        self.known = known
        self.now = now
        self.seed = seed
        self._answers = answers
        self._state = state
        self._reader = FormEnv(form, answers, state, known, now)

    def _env(self) -> FormEnv:
        """A fresh environment: it counts the work done and belongs to one evaluation."""
        env = FormEnv(self.form, self._answers, self._state, self.known, self.now)
        env.seed = self.seed
        return env

    def _work(self, known: Known, now: dt.datetime) -> Work:
        """A changeable copy."""
        return Work(self.form, answers=self._answers, state=self._state, known=known, now=now, seed=self.seed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.form.content_hash, self.seed, len(self._answers)))

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """All stored answers by name, relevant or not."""
        return {name: _answer(stored) for name, stored in self._answers.items()}

    def answer_of(self, name: str) -> Answer | None:
        """One stored answer, relevant or not; None when the box was never filled."""
        stored = self._answers.get(name)
        return None if stored is None else _answer(stored)

    def get(self, name: str) -> str:
        """What the box holds; '' when empty or not relevant. Raises KeyError for a name that the form lacks."""
        return self._reader.read(self.form.questions[name].name)

    def source(self, name: str) -> str:
        """Where the known value that the box shows comes from ("register" ...); '' when it is not a known one."""
        stored = self._answers.get(name)
        if stored is None or stored[1] != "known":
            return ""
        sources = (self.known.sources.get(known, "") for known in self.form.questions[name].known)
        return next((source for source in sources if source), "")

    def relevant(self, name: str) -> bool:
        """Whether a box or group applies, its groups included."""
        return not any(cell in self._state for cell in self.form.graph.relevance.get(name, ()))

    def required(self, name: str) -> bool:
        return self.form.questions[name].required or f"required:{name}" in self._state

    def readonly(self, name: str) -> bool:
        question = self.form.questions[name]
        return not question.asked or f"readonly:{name}" in self._state

    def problem(self, name: str) -> Problem | None:
        """What is wrong with one box, the gravest first; None when nothing is."""
        question = self.form.questions[name]
        if question.kind in {Kind.NOTE, Kind.META} or not self.relevant(name):
            return None
        value = self._reader.read(name)
        if value == "":
            is_missing = self.required(name) and not self.readonly(name)
            return Problem(name, ProblemKind.REQUIRED, question.required_message) if is_missing else None
        if not lexical.is_value(question.kind, value) or not self._is_choice(question, value):
            return Problem(name, ProblemKind.TYPE)
        if f"constraint:{name}" in self._state:
            return Problem(name, ProblemKind.CONSTRAINT, question.constraint_message)
        return None

    def problems(self, names: tuple[str, ...] | None = None) -> tuple[Problem, ...]:
        """What is wrong with the named boxes, or with all, in document order."""
        found = (self.problem(name) for name in (self.form.questions if names is None else names))
        return tuple(problem for problem in found if problem is not None)

    def _is_choice(self, question: Question, value: str) -> bool:
        if question.choices is None:
            return True
        allowed = {choice.value for choice in self.choices(question.name)}
        if question.kind is Kind.SELECT_ONE:
            return value in allowed
        picked = value.split()
        return allowed.issuperset(picked) and len(set(picked)) == len(picked)

    def choices(self, name: str) -> tuple[Choice, ...]:
        """The choices that the box offers now, its filter applied."""
        listed = self.form.questions[name].choices
        if listed is None:
            return ()
        if listed.filter is None:
            return listed.every
        found = self._env().run(listed.filter)
        return tuple(listed.nodes[id(node)] for node in found) if isinstance(found, list) else ()

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
        shut = self._shut(skipped)
        return tuple(question for question in step.asked if question.name not in shut)

    def due(self, skipped: frozenset[str] = frozenset()) -> tuple[tuple[Step, tuple[Question, ...]], ...]:
        """The steps with something left to ask, in document order, each with its open boxes."""
        shut = self._shut(skipped)
        return tuple(
            (step, tuple(question for question in questions if question.name not in shut))
            for step, names, questions in self.form.asked_steps
            if not names <= shut
        )

    def next_due(self, skipped: frozenset[str] = frozenset()) -> tuple[Step, tuple[Question, ...]] | None:
        """The first of `due`, found without building the rest."""
        shut = self._shut(skipped)
        for step, names, questions in self.form.asked_steps:
            if not names <= shut:
                return step, tuple(question for question in questions if question.name not in shut)
        return None

    def count_due(self, skipped: frozenset[str] = frozenset()) -> int:
        """How many steps are left to ask: the length of `due`."""
        shut = self._shut(skipped)
        return len([names for _, names, _ in self.form.asked_steps if not names <= shut])

    def _shut(self, skipped: frozenset[str]) -> frozenset[str]:
        """Boxes that need not be asked: filled, skipped, not relevant, read-only for now."""
        return self._closed.union(skipped) if skipped else self._closed

    def is_closed(self, name: str) -> bool:
        """Whether a box is filled, not relevant, or read-only for now."""
        is_filled = name in self._answers and self._state.get(f"offered:{name}") != ""
        return is_filled or f"readonly:{name}" in self._state or not self.relevant(name)

    @cached_property
    def _closed(self) -> frozenset[str]:
        closers, state = self.form.graph.closers, self._state
        reopened = {name for name, watch in self.form.graph.offers.items() if state.get(watch) == ""}
        return (frozenset(self._answers) - reopened).union(*[closers[cell] for cell in state if cell in closers])

    def to_json(self) -> dict[str, Any]:
        """Plain data for json.dumps. Shares its parts with this object: do not change them."""
        return {
            "form": self.form.content_hash,
            "now": self.now.isoformat(),
            "seed": self.seed,
            "known": {"values": dict(self.known.values), "sources": dict(self.known.sources)},
            "answers": self._answers,
            "state": self._state,
        }


def _answer(stored: Stored) -> Answer:
    return Answer(stored[0], stored[1], stored[2] if len(stored) > 2 else {})  # noqa: PLR2004 - meta is the third


def start(form: CompiledForm, known: Known, now: dt.datetime, seed: str = "") -> Values:
    """A new draft with its defaults. `now` is civil time (aware). `seed` feeds uuid() and random(): give the
    draft's own id to make a replay give the same values; without one, fresh randomness is taken."""
    local = now.astimezone(THAI_TIME)
    work = Work(form, answers={}, state={}, known=known, now=local, seed=seed or uuid.uuid4().hex)
    work.begin()
    return _frozen(work)


def refresh(values: Values, known: Known, now: dt.datetime) -> Values:
    """The draft as of `now`, with today's known values. Do this whenever a draft is loaded for a turn."""
    local = now.astimezone(THAI_TIME)
    work = values._work(known, local)  # noqa: SLF001 - same module
    keys = [f"{KNOWN}{name}" for name in known.differing(values.known)]
    changed = work.follow_known() if keys else []
    keys += [NOW] * (local != values.now) + [TODAY] * (local.date() != values.now.date())
    work.propagate([*keys, *changed])
    work.trigger(changed)
    return _frozen(work, values)


def answer(
    values: Values, changes: Mapping[str, str], origin: str = "typed", meta: Mapping[str, Any] | None = None
) -> Values:
    """Set boxes by name; '' empties one. Triggers run, dependants are recomputed.

    `meta` is kept with each answer as it is (JSON only). Raises KeyError for a name that the form lacks, and
    ValueError for a box that nobody may set (a calculation).
    """
    for name in changes:
        if values.form.questions[name].computed:
            raise ValueError(f"{name} is computed")
    work = values._work(values.known, values.now)  # noqa: SLF001 - same module
    work.change(changes, origin, meta or {})
    return _frozen(work, values)


def forget(values: Values, unwanted: Callable[[Answer], bool]) -> Values:
    """Drop the answers that `unwanted` picks, as if they had never been given (an unsent message). Boxes with a
    known value take that again; triggers do not run."""
    work = values._work(values.known, values.now)  # noqa: SLF001 - same module
    gone = [name for name, stored in work.answers.items() if unwanted(_answer(stored))]
    work.propagate([*work.drop(gone), *work.follow_known()])
    return _frozen(work, values)


def from_json(form: CompiledForm, data: Mapping[str, Any]) -> Values:
    """A draft out of `to_json` data. Under another version of the form, boxes that still exist keep their
    answers and everything else is computed anew."""
    known = Known(data["known"]["values"], data["known"]["sources"])
    now = dt.datetime.fromisoformat(data["now"])
    if data["form"] == form.content_hash:
        return Values(form, answers=data["answers"], state=data["state"], known=known, now=now, seed=data["seed"])
    kept = {name: stored for name, stored in data["answers"].items() if name in form.questions}
    work = Work(form, answers=kept, state=_carried(form, data["state"]), known=known, now=now, seed=data["seed"])
    work.recompute()
    return _frozen(work)


def _carried(form: CompiledForm, state: Mapping[str, str | bool]) -> dict[str, str | bool]:
    """What a changed form still needs of the old state: which known values were emptied, what once() has kept."""
    calculates = set(form.graph.calculates.values())
    emptied = {key: kept for key, kept in state.items() if key.startswith(EMPTIED)}
    return {key: kept for key, kept in state.items() if key in calculates} | {
        key: kept for key, kept in emptied.items() if key.removeprefix(EMPTIED) in form.questions
    }


def _frozen(work: Work, before: Values | None = None) -> Values:
    made = Values(work.form, answers=work.answers, state=work.state, known=work.known, now=work.now, seed=work.seed)
    closed = None if before is None else before.__dict__.get("_closed")
    if closed is not None:
        still = {name for name in work.touched if made.is_closed(name)}
        made.__dict__["_closed"] = (closed - work.touched) | still
    return made
