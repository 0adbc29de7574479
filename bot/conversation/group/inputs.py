"""An event of a group as the conversation sees it: nearly always nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class GroupKind(StrEnum):
    JOINED = "joined"
    """The account was invited."""
    REMOVED = "removed"
    """It is in the group no longer, however that came about."""
    CALLED = "called"
    """Somebody mentioned it, or called it by a word."""
    SILENT = "silent"
    """People among themselves."""


@dataclass(frozen=True, slots=True)
class GroupSaid:
    kind: GroupKind
    text: str = ""
    """What was said to us, without the call itself."""


SILENT = GroupSaid(GroupKind.SILENT)


def group_said(payload: Mapping[str, Any]) -> GroupSaid:
    """Read a stored webhook event of a group; services.groups.intake has said which messages call us."""
    kind = payload.get("type")
    if payload.get("mode") == "standby":
        return SILENT
    if kind == "join":
        return GroupSaid(GroupKind.JOINED)
    if kind == "leave":
        return GroupSaid(GroupKind.REMOVED)
    message = payload.get("message")
    if kind == "message" and payload.get("called") and isinstance(message, Mapping):
        return GroupSaid(GroupKind.CALLED, str(message.get("text", "")))
    return SILENT
