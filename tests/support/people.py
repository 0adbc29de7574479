"""A person with a phone of the simulator: says, taps, sends; turns and typed characters are counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.client import SimulatorClient
from simulator.client_answers import NoButtonError, Seen, Sent
from tests.support.screen import screen

ANSWER_SECONDS = 60.0
"""Generous: the machine may be busy, and a fault run has to recover meanwhile."""

SHORTEST_PAUSE, LONGEST_PAUSE = 0.02, 0.2
"""Seconds between looks at the phone: a process that recovers meanwhile needs the processor itself."""

SOMJAI = "U25640000000000000004207000000001"
"""The officer of Phu Ruea. All of these are of campaigns/loei_2564/demo.yaml."""
DEPUTY = "U25640000000000000004207000000002"
HEAD = "U25640000000000000004207000000003"
BOONMEE = "U25640000000000042070605000000001"
"""The leader of village 42070605."""
MALEE = "U25640000000000000000042000000001"
"""Staff of the province."""
STAFF = tuple(f"U2564000000000000000004200000000{number}" for number in range(1, 6))


def officer_of(district: str) -> str:
    return f"U2564000000000000000{district}000000001"


@dataclass
class Someone:
    """Every action waits for the answer and returns its bubbles as visible text."""

    simulator: SimulatorClient
    user_id: str
    turns: int = 0
    typed: int = 0
    heard: list[Seen] = field(default_factory=list)
    """The bubbles of the last answer."""

    def say(self, words: str, *, quoting: str | None = None) -> str:
        """Type a text; `quoting` is the id of the message that it replies to."""
        self.typed += len(words)
        return self._answer_to(self.simulator.say(self.user_id, words, quoting=quoting))

    def tap(self, label: str, *, date: str | None = None) -> str:
        """Tap the newest button whose label is `label`, or else holds it."""
        return self._answer_to(self.simulator.tap(self.user_id, self._full(label), date=date))

    def photo(self, *photos: bytes) -> str:
        """Send photos; waits for the answer, which comes after a moment of quiet where they are several."""
        sent = self.simulator.photo(self.user_id, *photos)
        return self._answer_to(sent)

    def sticker(self) -> str:
        return self._answer_to(self.simulator.sticker(self.user_id))

    def event(self, message: dict[str, Any]) -> str:
        """Send a message object of any kind."""
        return self._answer_to(self.simulator.send_event(self.user_id, message))

    def postback(self, data: str) -> str:
        return self._answer_to(self.simulator.postback(self.user_id, data))

    def unsend(self, message_id: str) -> None:
        self.turns += 1
        self.simulator.unsend(self.user_id, message_id, wait=True)

    def waits_for(self, words: str, after: int = 0) -> str:
        """Wait for a bubble that holds `words`, later than `after`, without doing anything."""

        def there(found: list[Seen]) -> bool:
            return any(words in screen([each.message]) for each in found)

        self.heard = self._wait(after, there)
        return self.screen()

    def screen(self) -> str:
        return screen([each.message for each in self.heard])

    def labels(self) -> list[str]:
        """What can be tapped in the last answer, quick replies last."""
        return [str(action.get("label", "")) for each in self.heard for action in each.actions]

    def button(self, label: str) -> dict[str, Any]:
        """The action of the newest button with this label."""
        return self.simulator.find_button(self.user_id, self._full(label))

    def bubbles(self, after: int = 0) -> list[Seen]:
        """What the account has sent to this phone, as far as it is new or changed since `after`."""
        return [each for each in self.simulator.messages(self.user_id, after) if each.side == "bot"]

    def sent_messages(self) -> list[Seen]:
        """All that this phone has sent, oldest first."""
        return [each for each in self.simulator.messages(self.user_id) if each.side == "user"]

    def pushed(self) -> list[str]:
        """The texts of what came without being asked for, oldest first."""
        return [screen([each.message]) for each in self.bubbles() if each.via != "reply"]

    def last_seq(self) -> int:
        return self.simulator.last_seq(self.user_id)

    def _full(self, label: str) -> str:
        labels = [str(action.get("label", "")) for action in self.simulator.buttons(self.user_id)]
        matches: tuple[Callable[[str], bool], ...] = (lambda each: each == label, lambda each: label in each)
        for match in matches:
            found = next((each for each in labels if match(each)), None)
            if found is not None:
                return found
        raise NoButtonError(f"no button {label}; there are {labels}")

    def _answer_to(self, sent: Sent, *, count: int = 1) -> str:
        self.turns += 1
        self.heard = self._wait(sent.seq, lambda found: len(found) >= count)
        return self.screen()

    def _wait(self, after: int, enough: Callable[[list[Seen]], bool]) -> list[Seen]:
        """The account's bubbles later than `after` once they are `enough`: asked often at first, then less."""
        end, pause = time.monotonic() + ANSWER_SECONDS, SHORTEST_PAUSE
        while True:
            found = [each for each in self.bubbles(after) if each.seq > after]
            if enough(found):
                return found
            if time.monotonic() > end:
                raise TimeoutError(f"{self.user_id} saw only {screen([each.message for each in found])}")
            time.sleep(pause)
            pause = min(pause * 1.3, LONGEST_PAUSE)
