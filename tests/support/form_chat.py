"""Answers any form in the chat as a person would: taps what is offered, types what the open question asks for.

Every turn goes through tests.support.pure_chat: it is taken twice and compared, its state and answers go through JSON,
what it shows is held against LINE's limits, and what is stored must keep the form's rules.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.conversation.facts import Facts
from bot.conversation.report import flow
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report_facts import ReportOf
from bot.conversation.turn import Turn
from bot.forms.compiled import MEDIA, NO, YES, CompiledForm, Kind, Question, Step
from bot.messages.bubbles import Button, OnPhone, PickDate, Tap
from tests.conformance.walker import Walk
from tests.support.pure_chat import PureChat
from tests.support.pure_town import PureTown

MOST_TURNS = 300
MOST_INSTANCES = 3
TRIES = 25
ROUND = 1


class StuckError(AssertionError):
    """The chat does not get on: the question stays open whatever is answered."""


@dataclass
class FormChat:
    """One person filling in one form. `fill` leads to the review card, `send` to the report."""

    form: CompiledForm
    seed: int = 0
    turns: int = 0
    asked: list[str] = field(default_factory=list)
    """Addresses of the boxes that were asked, in the order of asking."""

    def __post_init__(self) -> None:
        self.town = PureTown(form=self.form, known={})
        self.chat = PureChat(self.town)
        self.dice = random.Random(self.seed)  # noqa: S311 - sampling, not secrecy
        self.turn = Turn(self.chat.state)

    # -- where the chat stands ------------------------------------------------------------------------------------
    @property
    def context(self) -> Context:
        found = flow.open_context(self.chat.state, self._facts())
        assert found is not None, "no report is under way"
        return found

    def _facts(self) -> Facts:
        facts = self.town.facts(self.chat.person, self.chat.locale)
        return replace(facts, found={ReportOf(ROUND): self.town.find(self.chat.person, ReportOf(ROUND))})

    @property
    def at_review(self) -> bool:
        return self.chat.state.flow == "report" and self.chat.state.data.get("step") == REVIEW

    def open(self) -> tuple[Step, tuple[Question, ...]]:
        """The step that is asked, and its boxes that the open question is about."""
        context = self.context
        step = flow.step_of(self.chat.state, context)
        assert step is not None, "nothing is asked"
        return step, flow.asked_of(self.chat.state, context, step)

    @property
    def said(self) -> str:
        """What the last turn shows, without its buttons."""
        catalogue = self._facts().catalogue
        lines = [line for bubble in self.turn.bubbles for line in (bubble.title, *bubble.lines, bubble.footer) if line]
        return "\n".join(catalogue.say(line) for line in lines)

    def labels(self) -> list[str]:
        catalogue = self._facts().catalogue
        return [catalogue.say(button.label) for button in self.chat.shown]

    # -- doing ----------------------------------------------------------------------------------------------------
    def say(self, words: str) -> str:
        return self._took(self.chat.say(words))

    def tap(self, label: str) -> str:
        """Tap the newest button with this label."""
        place = len(self.labels()) - 1 - self.labels()[::-1].index(label)
        return self._took(self.chat.touch(self.chat.shown[place]))

    def touch(self, button: Button | OnPhone) -> str:
        """Tap a button, also one that was shown long ago."""
        return self._took(self.chat.touch(button))

    @property
    def is_asked(self) -> bool:
        """Whether a question of the report is open."""
        if self.chat.state.flow != "report" or self.at_review:
            return False
        return flow.open_context(self.chat.state, self._facts()) is not None

    def answer_somehow(self) -> str:
        """One try at the open question, right or wrong."""
        step = flow.step_of(self.chat.state, self.context)
        if step is None:
            return self.say("รายงาน")
        tries = [*self._tapped(), *self._typed(self.open()[1])]
        idea = self.dice.choice(tries) if tries else "5"
        return self.say(idea) if isinstance(idea, str) else self.touch(idea)

    def _took(self, turn: Turn) -> str:
        self.turns += 1
        self.turn = turn
        return self.said

    def fill(self) -> FormChat:
        """Answer whatever is asked until the review card. Raises StuckError."""
        self.say("รายงาน")
        while not self.at_review:
            if self.turns > MOST_TURNS:
                raise StuckError(f"no end after {MOST_TURNS} turns")
            self._answer_one()
        return self

    def send(self) -> FormChat:
        button = next(button for button in self.chat.shown if _does(button) == "send")
        self._took(self.chat.touch(button))
        assert self.town.reports.get(ROUND), f"not sent: {self.said}"
        return self

    def _answer_one(self) -> None:
        step, asked = self.open()
        self.asked += [question.name for question in asked]
        before = self._left()
        for attempt in self._attempts(asked):
            if isinstance(attempt, str):
                self.say(attempt)
            elif isinstance(attempt, Mapping):
                self._took(self.chat.message(**attempt))
            else:
                self._took(self.chat.touch(attempt))
            if self.chat.state.data.get("pending"):
                self.say("ใช่")
            if self._left() != before:
                return
        raise StuckError(f"{step.name} ({asked[0].kind}) stays open: {self.said!r}")

    def _left(self) -> tuple[object, ...]:
        """What changes when the chat gets on."""
        if self.at_review:
            return ()
        values = self.context.values
        picked = (*self.chat.state.data.get("picked", ()), len(self.chat.state.data.get("points", ())))
        return (self.chat.state.data.get("step"), values.count_due(self.context.skipped), self.open()[1], picked)

    # -- ideas for an answer --------------------------------------------------------------------------------------
    def _attempts(self, asked: tuple[Question, ...]) -> Iterator[str | Button | OnPhone | Mapping[str, str]]:
        first = asked[0]
        if first.kind is Kind.ANOTHER:
            have = self.context.values.counts[first.name.removesuffix("[+]")]
            yes = have < MOST_INSTANCES and self.dice.random() < 0.5
            yield next(button for button in self._answers() if f"v={YES if yes else NO}" in _data(button))
        optional = not any(self.context.values.required(question.name) for question in asked)
        if optional and self.dice.random() < 0.1:
            yield from self._buttons("skip")
        yield from self._buttons("enough")
        if first.kind in MEDIA:
            yield {"type": first.kind.value, "fileName": "file.pdf"}
        for _ in range(TRIES):
            yield from self._tapped()
            yield from self._typed(asked)
        yield from self._buttons("skip")

    def _tapped(self) -> Iterator[Button | OnPhone]:
        offered = [button for button in (*self._answers(), *self._buttons("pick")) if not isinstance(button, PickDate)]
        if offered:
            yield self.dice.choice(offered)

    def _typed(self, asked: tuple[Question, ...]) -> Iterator[str]:
        ideas = [self._idea(question) for question in asked]
        words = [idea for idea in ideas if idea is not None]
        if len(words) == len(asked):
            yield " ".join(words)

    def _idea(self, question: Question) -> str | None:
        """Something to type for a box; None where it is tapped."""
        walk = Walk(self.form, self.dice.randrange(1 << 30))
        walk.values = self.context.values
        pool = list(walk._pool(question))
        value = self.dice.choice(pool) if pool else ""
        if question.choices is not None:
            return None
        if question.kind in {Kind.DATE, Kind.DATETIME}:
            year, month, day = value[:10].split("-")
            return f"{int(day)}/{int(month)}/{int(year) + 543}{' ' + value[11:16] if len(value) > 10 else ''}"
        return value[:5] if question.kind is Kind.TIME else value

    def _answers(self) -> list[Button | OnPhone]:
        return self._buttons("answer")

    def _buttons(self, do: str) -> list[Button | OnPhone]:
        return [button for button in self.chat.shown if _does(button) == do]


def _data(button: Button | OnPhone) -> str:
    return button.data if isinstance(button, Tap | PickDate) else ""


def _does(button: Button | OnPhone) -> str:
    return _data(button).partition("do=")[2].partition("&")[0]
