"""Calls about groups and rooms: what one is called, who is in it, and leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response

from simulator.api.exchange import answer
from simulator.groups import UnknownGroupError
from simulator.line_errors import NOT_AVAILABLE, NOT_FOUND, LineError

if TYPE_CHECKING:
    from simulator.groups import Group
    from simulator.world import World

CHATS = "<any(group, room):kind>/<group_id>"


def group_calls(pages: Blueprint, world: World) -> None:
    @pages.get("/group/<group_id>/summary")
    def group_summary(group_id: str) -> Response:
        group = _ours(world, "group", group_id)
        return answer({"groupId": group.group_id, "groupName": group.name})

    @pages.get(f"/{CHATS}/members/count")
    def members_count(kind: str, group_id: str) -> Response:
        return answer({"count": len(_ours(world, kind, group_id).members)})

    @pages.get(f"/{CHATS}/members/ids")
    def member_ids(kind: str, group_id: str) -> Response:  # noqa: ARG001 - refused whichever it is
        """For verified and premium accounts only."""
        raise LineError(403, NOT_AVAILABLE)

    @pages.get(f"/{CHATS}/member/<user_id>")
    def member_profile(kind: str, group_id: str, user_id: str) -> Response:
        """Also of who has not added the account, or has blocked it."""
        if user_id not in _ours(world, kind, group_id).members:
            raise LineError(404, NOT_FOUND)
        phone = world.phones.get(user_id)
        found: dict[str, Any] = {"userId": phone.user_id, "displayName": phone.name}
        return answer(found)

    @pages.post(f"/{CHATS}/leave")
    def leave_group(kind: str, group_id: str) -> Response:
        _ours(world, kind, group_id)
        world.group_actions.remove_bot(group_id)
        return answer({})


def _ours(world: World, kind: str, group_id: str) -> Group:
    """The group that the account is in. Raises LineError."""
    try:
        group = world.groups.get(group_id)
    except UnknownGroupError as problem:
        raise LineError(404, NOT_FOUND) from problem
    if not group.bot or group_id.startswith("R") != (kind == "room"):
        raise LineError(404, NOT_FOUND)
    return group
