"""The result of a step in a group: one bubble at most, and never anything that would have to be pushed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.state import State
from bot.messages.bubbles import Bubble


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """It is this district's group from now on; said by whoever spoke."""

    area_code: str


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """Go, once the goodbye is out."""


@dataclass(frozen=True, slots=True)
class NoteJoined:
    """We are in the group, and nobody has said yet whose it is."""


@dataclass(frozen=True, slots=True)
class NoteRemoved:
    """We are in the group no longer."""


GroupEffect = LinkGroup | LeaveGroup | NoteJoined | NoteRemoved


@dataclass(frozen=True, slots=True)
class GroupTurn:
    state: State
    bubble: Bubble | None = None
    effects: tuple[GroupEffect, ...] = ()
