"""A person at a phone or a computer who does a job, found by what buttons mean rather than by what they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import orjson

from benchmarks.journeys.measure import REMINDER, SIGNATURE, TAP, WHOLE_CARD, Measure, checking, typing
from bot.messages.bubbles import text
from bot.messages.catalogue import Catalogue
from tests.support.chat import Phone, Town
from tests.support.screen import screen

QUIET = 4.0
"""Seconds after an album until it is summed up."""
REPLY_TOKEN = "0" * 32
"""As long as LINE's, so that replies weigh what they weigh there."""


@cache
def _thai() -> Catalogue:
    return Catalogue.load("th")


def wording(key: str, **values: Any) -> str:
    """A text of the catalogue as a Thai phone shows it."""
    return _thai().say(text(key, **values))


class JourneyError(AssertionError):
    """The chat did not lead where the job has to go."""


@dataclass
class Player:
    """Every method that acts is one turn. `computer`: LINE for PC, which shows no quick replies."""

    town: Town
    phone: Phone
    computer: bool = False
    measure: Measure = field(default_factory=Measure)
    shown: str = ""
    """The last reply as text."""

    def types(self, words: str) -> None:
        self.measure.typed += len(words)
        self._turn(lambda: self.phone.say_silently(words), typing(words))

    def pastes(self, words: str, typed: Iterable[str]) -> None:
        """Send a text that was copied and filled in: only `typed` was typed by hand."""
        values = " ".join(typed)
        self.measure.typed += len(values)
        self._turn(lambda: self.phone.say_silently(words), typing(values))

    def accepts(self, words: str) -> None:
        """Send words that stand in the box already: a village's QR puts them there."""
        self._turn(lambda: self.phone.say_silently(words), TAP)

    def taps(self, key: str, **values: Any) -> None:
        """Tap the newest button with this label of the catalogue."""
        label = wording(key, **values)
        self._touches(next((item for item in self._newest() if item["label"] == label), None), label)

    def taps_value(self, question: str, value: str) -> None:
        """Tap the newest button that answers `question` (a form's name) with `value`."""
        wanted = {"q": question, "v": value}
        found = (item for item in self._newest() if wanted.items() <= dict(parse_qsl(item.get("data", ""))).items())
        self._touches(next(found, None), f"{question}={value}")

    def taps_step(self, step: str) -> None:
        """Tap the newest button that leads to the question `step` (a form's group)."""
        found = (item for item in self._newest() if dict(parse_qsl(item.get("data", ""))).get("s") == step)
        self._touches(next(found, None), step)

    def taps_house(self, number: str) -> None:
        self._touches(next((item for item in self._newest() if item["label"] == number), None), number)

    def sends_photo(self) -> None:
        self._turn(self.phone.photo, TAP)

    def sends_album(self, photos: int) -> None:
        """Several photos chosen and sent at once: one event each, one turn of the person's."""

        def sent() -> str:
            self.phone.deliver(*(self._of_album(place, photos) for place in range(1, photos + 1)))
            before = len(self.town.line.replies)
            self.town.clock.pass_seconds(QUIET)
            for job, subject in self.town.runtime.sweep.find():
                if job == "burst_summary":
                    self.town.runtime.work[job](subject)
            self.phone.heard = [message for body in self.town.line.replies[before:] for message in body["messages"]]
            return screen(self.phone.heard)

        self._turn(sent, TAP)

    def _of_album(self, place: int, photos: int) -> dict[str, Any]:
        album = {"id": "album", "index": place, "total": photos}
        message = {"type": "image", "contentProvider": {"type": "line"}, "imageSet": album}
        return self.phone.event({"type": "message", "message": message})

    def adds_friend(self) -> None:
        self._turn(self.phone.follow, TAP)

    def opens_reminder(self) -> None:
        """Take up the newest message that came by itself. What is read of it, a tap's own seconds hold."""
        mine = [body["messages"] for body, _key in self.town.line.pushes if self.phone.user_id in body["to"]]
        if not mine:
            raise JourneyError("no reminder has come")
        self.phone.heard = mine[-1]

    def reads_what_to_prepare(self) -> None:
        """Take up the reminder of a first report, with its list of numbers."""
        self.opens_reminder()
        self.measure.seconds += REMINDER

    def opens_page(self, key: str) -> str:
        """Open the page behind the newest button with this label; the token of its address."""
        label = wording(key)
        action = next((item for item in self._newest() if item["label"] == label and item["type"] == "uri"), None)
        if action is None:
            raise JourneyError(f"no page behind {label} in:\n{self.shown}")
        self._on_the_page(TAP)
        return str(action["uri"]).rsplit("/", 1)[1]

    def draws(self) -> None:
        """Sign with a finger."""
        self._on_the_page(SIGNATURE)

    def sends_drawing(self, send: Callable[[], None]) -> None:
        """Press the page's button, which does `send`."""
        send()
        self._on_the_page(TAP)

    def _on_the_page(self, seconds: float) -> None:
        """A turn that no reply answers."""
        self.measure.turns += 1
        self.measure.seconds += seconds

    def checks_report(self) -> None:
        """Read the review card of a whole report."""
        self.measure.seconds += WHOLE_CARD

    def checks_changes(self) -> None:
        """Read a card that shows only what has changed."""
        furniture = ("[", wording("menu.footer"))
        lines = [line for line in self.shown.splitlines() if not line.startswith(furniture)]
        self.measure.seconds += checking(len(lines))

    def sees(self, words: str) -> None:
        """Raises JourneyError unless the last reply says `words`."""
        if words not in self.shown:
            raise JourneyError(f"expected {words!r} in:\n{self.shown}")

    def _newest(self) -> list[dict[str, Any]]:
        return self.phone.buttons()[::-1]

    def _touches(self, action: dict[str, Any] | None, wanted: str) -> None:
        if action is None:
            raise JourneyError(f"no button {wanted} in:\n{self.shown}")
        self._turn(lambda: self.phone.touch(action), TAP)

    def _turn(self, act: Any, seconds: float) -> None:
        sent = len(self.town.line.replies)
        self.shown = act()
        replies = [{**body, "replyToken": REPLY_TOKEN} for body in self.town.line.replies[sent:]]
        if not replies:
            raise JourneyError("no answer came")
        weights = [len(orjson.dumps(body)) for body in replies]
        self.measure.turns += 1
        self.measure.seconds += seconds
        self.measure.bytes += sum(weights)
        self.measure.largest = max(self.measure.largest, *weights)
        if self.computer:
            self.phone.heard = [_without_quick_reply(message) for message in self.phone.heard]
            self.shown = screen(self.phone.heard)


def _without_quick_reply(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key != "quickReply"}
