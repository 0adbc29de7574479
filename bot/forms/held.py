"""What the boxes of one draft hold and offer: read, not judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from bot.forms.answers import Answer, as_answer
from bot.forms.compiled import Choice, CompiledForm, Formula, Group, Label, Layout, Question, Step
from bot.forms.engine import KNOWN_ORIGIN, LAST_ORIGIN
from bot.forms.environment import Format, FormEnv, Known, Stored, plain
from bot.forms.xpath.data import to_boolean


class Held:
    """The values of one draft, which never change."""

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

    def supplied_now(self) -> dict[str, str]:
        """The boxes that hold a value known beforehand, by address."""
        known = (name for name, stored in self._answers.items() if stored[1] == KNOWN_ORIGIN)
        return {name: self._answers[name][0] for name in known if self.supplied(name)}

    def relevant(self, name: str) -> bool:
        """Whether a box or group applies, its groups included."""
        return not any(cell in self._state for cell in self.layout.graph.relevance.get(name, ()))

    def required(self, name: str) -> bool:
        return self.layout.questions[name].required or f"required:{name}" in self._state

    def readonly(self, name: str) -> bool:
        question = self.layout.questions[name]
        return not question.asked or f"readonly:{name}" in self._state

    def choices(self, name: str) -> tuple[Choice, ...]:
        """The choices that the box offers now, its filter applied."""
        listed = self.layout.questions[name].choices
        if listed is None:
            return ()
        return listed.every if listed.filter is None else self._env().offered(listed) or ()

    def text(self, label: Label, language: str, fmt: Format = plain) -> str:
        """A label in `language`, its outputs written by `fmt(question or None, raw value)`."""
        return self._env().write(label, language, fmt)

    def evaluate(self, formula: Formula) -> str:
        """The value of one of our expression columns, such as question.formulas["suggest"]."""
        return self._env().text(formula)

    def holds(self, formula: Formula) -> bool:
        """The same as a condition."""
        return to_boolean(self._env().run(formula))
