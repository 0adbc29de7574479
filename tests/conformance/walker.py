"""Walks a form to its end as a person would, with answers drawn at random from those that the form takes."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from collections.abc import Iterator

from bot.forms.compiled import CompiledForm, Kind, Question
from bot.forms.environment import Known
from bot.forms.values import ProblemKind, Values, answer, from_json, start

NOW = dt.datetime(2021, 6, 7, 1, 30, tzinfo=dt.UTC)
MOST_TURNS = 400
_MOST_INSTANCES = 3
_TRIES = 40
_NUMBERS = ("1", "0", "7", "42", "100", "2", "3", "18", "65", "-1", "1000")
_SHAPE = "17.4 101.7 0 0;17.5 101.7 0 0;17.5 101.8 0 0;17.4 101.7 0 0"
_SAMPLES: dict[Kind, tuple[str, ...]] = {
    Kind.INTEGER: _NUMBERS,
    Kind.DECIMAL: ("1.5", "0", "10", "0.1", "36.6", *_NUMBERS),
    Kind.DATE: ("2021-06-07", "2000-02-29", "2030-01-01", "1990-12-31"),
    Kind.TIME: ("08:30:00.000+07:00", "23:59:00.000+07:00"),
    Kind.DATETIME: ("2021-06-07T08:30:00.000+07:00", "2000-01-01T00:00:00.000+07:00"),
    Kind.ACKNOWLEDGE: ("OK",),
    Kind.GEOPOINT: ("17.4 101.7", "17.4 101.7 250 5"),
    Kind.GEOTRACE: ("17.4 101.7 0 0;17.5 101.8 0 0",),
    Kind.GEOSHAPE: (_SHAPE,),
    Kind.IMAGE: ("photo.jpg",),
    Kind.AUDIO: ("sound.m4a",),
    Kind.VIDEO: ("film.mp4",),
    Kind.FILE: ("paper.pdf",),
    Kind.BARCODE: ("8850006320013",),
}
_TEXTS = ("abc", "1", "x y", "a@b.co", "ก", "yes", "12345", "A1")


class Stuck(Exception):  # noqa: N818 - not an error of the program: what the corpus is asked to show
    """The walk found something that may not be."""


class Walk:
    """One way through a form. After `run`, `unsatisfied` names required boxes for which no valid answer was found."""

    def __init__(self, form: CompiledForm, seed: int) -> None:
        self.form = form
        self.dice = random.Random(seed)  # noqa: S311 - sampling, not secrecy
        self.values = start(form, Known(), NOW, f"seed {seed}")
        self.skipped: frozenset[str] = frozenset()
        self.unsatisfied: set[str] = set()
        self.turns = 0

    def run(self) -> Values:
        """Answer what is due until nothing is. Raises Stuck."""
        while due := self.values.next_due(self.skipped):
            self.turns += 1
            if self.turns > MOST_TURNS:
                raise Stuck(f"no end after {MOST_TURNS} turns")
            for question in due[1]:
                if not self.values.relevant(question.name) or self.values.readonly(question.name):
                    raise Stuck(f"{question.name} is asked although it does not apply")
            for question in due[1]:
                if question.name in self.values.questions and question.name not in self.skipped:
                    self._ask(question)
            data = json.loads(json.dumps(self.values.to_json()))
            self.values = from_json(self.form, data)
        self._check()
        return self.values

    def _ask(self, question: Question) -> None:
        if not self.values.relevant(question.name) or self.values.readonly(question.name):
            return  # an answer of this very turn has closed it
        if question.kind is Kind.ANOTHER:
            set_of = question.name.removesuffix("[+]")
            more = self.values.counts[set_of] < _MOST_INSTANCES and self.dice.random() < 0.6
            self.values = answer(self.values, {question.name: "yes" if more else "no"})
            return
        if not self.values.required(question.name) and self.dice.random() < 0.15:
            self.skipped |= {question.name}
            return
        self._answer(question)

    def _answer(self, question: Question) -> None:
        for candidate in self._candidates(question):
            tried = answer(self.values, {question.name: candidate})
            still_there = question.name in tried.questions and tried.get(question.name) != ""
            if still_there and tried.problem(question.name) is None and not self._broken(tried):
                self.values = tried
                return
        self.skipped |= {question.name}
        if self.values.required(question.name):
            self.unsatisfied.add(question.template)

    def _broken(self, tried: Values) -> bool:
        """Whether an answer breaks a box that was well before."""
        return any(
            problem.kind is not ProblemKind.REQUIRED and self.values.get(problem.name) != ""
            for problem in tried.problems()
            if problem.name in self.values.questions and self.values.problem(problem.name) is None
        )

    def _candidates(self, question: Question) -> Iterator[str]:
        pool = list(self._pool(question))
        self.dice.shuffle(pool)
        yield from pool[:_TRIES]

    def _pool(self, question: Question) -> Iterator[str]:
        if question.choices is not None:
            yield from self._picks(question)
            return
        if question.range is not None:
            steps = range(12)
            low, step = min(question.range.start, question.range.end), abs(question.range.step)
            yield from (str(low + step * number) for number in steps)
            return
        hints = self._hints(question)
        if question.kind is Kind.INTEGER:
            yield from (hint for hint in hints if re.fullmatch(r"-?\d+", hint))
        elif question.kind in {Kind.DECIMAL, Kind.TEXT}:
            yield from hints
        yield from _SAMPLES.get(question.kind, _TEXTS)

    def _picks(self, question: Question) -> Iterator[str]:
        offered = [choice.value for choice in self.values.choices(question.name)]
        if question.kind is Kind.SELECT_ONE or not offered:
            yield from offered
            return
        for _ in range(8):
            size = len(offered) if question.kind is Kind.RANK else self.dice.randint(1, len(offered))
            yield " ".join(self.dice.sample(offered, size))

    def _hints(self, question: Question) -> list[str]:
        """Values that the question's own constraint speaks of, and their neighbours."""
        cell_id = f"constraint:{question.name}"
        cells = self.values.layout.graph.cells.values()
        source = next((cell.formula.source for cell in cells if cell.id == cell_id), "")
        numbers = [int(number) for number in re.findall(r"\d{1,9}", source)]
        words = [word for pair in re.findall(r"'([^']*)'|\"([^\"]*)\"", source) for word in pair if word]
        return [*words, *(str(number + near) for number in numbers for near in (0, 1, -1))]

    def _check(self) -> None:
        """At the end every required box that applies is filled, and every constraint holds."""
        for problem in self.values.problems():
            if self.values.questions[problem.name].template not in self.unsatisfied:
                raise Stuck(f"{problem.name}: {problem.kind}")
        fresh = from_json(self.form, {**self.values.to_json(), "form": "another version"})
        different = [name for name in self.values.questions if fresh.get(name) != self.values.get(name)]
        if different:
            raise Stuck(f"computed anew, these differ: {different}")
