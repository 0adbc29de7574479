"""Answering a small form in memory, with what LINE would be sent checked against its limits at every turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming, Kind, incoming
from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.values import start
from bot.messages.bubbles import PickDate, PickMoment, PickTime, Tap
from bot.messages.render import render
from bot.terminal import Terminal
from simulator.limits import check_messages
from tests.unit.bot.forms.sheets import Row, form_of

MONDAY = dt.datetime(2021, 6, 7, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
AFTER: Row = {"type": "text", "name": "after", "label": "ต่อไป"}


@dataclass
class Answering:
    """One person's chat about one form."""

    terminal: Terminal
    screen: str = ""

    def open(self) -> Answering:
        self._seen(self.terminal.open())
        return self

    def say(self, words: str) -> str:
        return self._seen(self.terminal.say(words))

    def press(self, label: str) -> str:
        """Tap the button with this label."""
        return self.send(Incoming(Kind.TAP, tap=self._data(label)))

    def pick(self, label: str, **picked: str) -> str:
        """Tap a picker's button and choose."""
        button = next(one for one in self.terminal.buttons if self._says(one.label) == label)
        assert isinstance(button, PickDate | PickTime | PickMoment)
        return self.send(
            incoming({"type": "postback", "postback": {"data": button.data, "params": picked}}, late=False, group=False)
        )

    def message(self, **message: object) -> str:
        """A message without words, as LINE would bring it."""
        return self.send(incoming({"type": "message", "message": message}, late=False, group=False))

    def send(self, said: Incoming) -> str:
        return self._seen(self.terminal.take(said))

    def labels(self) -> list[str]:
        return [self._says(button.label) for button in self.terminal.buttons]

    def quick(self) -> list[str]:
        """What the phone's own buttons open."""
        messages = render(self.terminal.bubbles, self.terminal.facts.catalogue)
        items = messages[-1].get("quickReply", {}).get("items", [])
        return [str(item["action"]["type"]) for item in items]

    def answers(self) -> dict[str, str]:
        return {name: answer.value for name, answer in self.terminal.values.answers.items()}

    def _data(self, label: str) -> dict[str, str]:
        button = next(one for one in self.terminal.buttons if self._says(one.label) == label)
        assert isinstance(button, Tap)
        return dict(incoming({"type": "postback", "postback": {"data": button.data}}, late=False, group=False).tap)

    def _says(self, label: object) -> str:
        return self.terminal.facts.catalogue.say(label)  # type: ignore[arg-type] # a button's label

    def _seen(self, lines: list[str]) -> str:
        messages = render(self.terminal.bubbles, self.terminal.facts.catalogue)
        refused = check_messages(messages)
        assert refused == [], f"LINE would refuse {refused}"
        self.screen = "\n".join(lines)
        return self.screen


def answering(*survey: Row, choices: Sequence[Row] | None = None, language: str = "th") -> Answering:
    """The chat about a form of these rows, at its first question."""
    return of_form(form_of([*survey, AFTER], choices, default_language="th"), language)


def of_form(form: CompiledForm, language: str = "th") -> Answering:
    return Answering(Terminal(form, _facts(language), start(form, Known(), MONDAY))).open()


@lru_cache
def _facts(language: str) -> Facts:
    """Word lists and texts, which are the same for every form."""
    return Terminal.of(form_of([AFTER]), language, MONDAY).facts


def box(kind: str, **cells: str) -> Row:
    return {"type": kind, "name": "q", "label": "คำถาม", **cells}


def listed(*labels: str) -> list[Row]:
    """A list of choices named v0, v1 ..."""
    return [{"list_name": "c", "name": f"v{place}", "label": label} for place, label in enumerate(labels)]
