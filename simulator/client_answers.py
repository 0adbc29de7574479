"""What the simulator's client gives back: bubbles on a phone, what became of something sent, and its refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.transcript import actions


class SimulatorError(Exception):
    """The simulator refused. `status` is its HTTP status."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(f"{status}: {problem}")
        self.status = status


class NoButtonError(Exception):
    """There is no such thing to tap; says what there is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One bubble on a phone."""

    seq: int
    message_id: str
    side: str
    """user, bot or system."""
    via: str | None
    """reply, push, multicast or broadcast."""
    at: str
    message: dict[str, Any]
    quick_reply: dict[str, Any] | None
    unsent: bool
    sender: str | None = None
    """User id of who wrote it in a group."""

    @property
    def actions(self) -> list[dict[str, Any]]:
        """Everything that can be tapped in this bubble, quick replies last."""
        return actions(self.message, self.quick_reply)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of something done on a phone. Bubbles that answer it have a later `seq`."""

    seq: int
    webhook_event_id: str
    message_ids: tuple[str, ...]
    delivered: bool | None
    """Whether the bot answered 2xx; None unless the call waited for it."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What all phones saw. See simulator/transcript.py."""

    phones: dict[str, list[dict[str, Any]]]
    billed: int
    replies: int
    pushes: int
    duplicates: int

    def seen(self) -> dict[str, list[dict[str, Any]]]:
        """The chats as people saw them: whether a bubble came as reply or push does not show."""
        return {user: [_without_via(each) for each in chat] for user, chat in self.phones.items()}


def _without_via(bubble: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in bubble.items() if name != "via"}
