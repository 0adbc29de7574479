"""The control side of the groups: making them, letting people and the account in and out, talking in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from simulator.control import after, answer, body, handle_errors
from simulator.control_phones import WAIT_SECONDS
from simulator.groups import UnknownGroupError
from simulator.phone_actions import ActionError

if TYPE_CHECKING:
    from simulator.group_actions import GroupDone
    from simulator.world import World


def control_groups(world: World) -> Blueprint:
    """The blueprint for /sim/groups."""
    pages = Blueprint("groups", __name__, url_prefix="/sim")
    handle_errors(pages)
    pages.register_error_handler(UnknownGroupError, lambda _: answer({"error": "there is no such group"}, 404))
    _watching(pages, world)
    _coming_and_going(pages, world)
    _talking(pages, world)
    return pages


def _watching(pages: Blueprint, world: World) -> None:
    @pages.get("/groups")
    def groups() -> Response:
        return answer({"groups": world.groups.all()})

    @pages.get("/groups/<group_id>/messages")
    def messages(group_id: str) -> Response:
        tag = f"{world.groups.get(group_id).last_seq}-{after()}"
        if tag in request.if_none_match:
            unchanged = Response(status=304)
            unchanged.set_etag(tag)
            return unchanged
        found = world.chat.after(group_id, after())
        last = max([after(), *(each["updated_seq"] for each in found)])
        response = answer({"messages": found, "next": last, "loading_until": None})
        response.set_etag(tag)
        return response


def _coming_and_going(pages: Blueprint, world: World) -> None:
    @pages.post("/groups")
    def create() -> Response:
        given = body()
        members = given.get("members", [])
        if not isinstance(members, list):
            raise ValueError("members must be a list of user ids")  # noqa: TRY004 - wrong input, answered with 400
        room = bool(given.get("room"))
        return answer(
            world.group_actions.create(str(given.get("name", "")), [str(each) for each in members], room=room), 201
        )

    @pages.post("/groups/<group_id>/members/<user_id>")
    def add_member(group_id: str, user_id: str) -> Response:
        return _done(world.group_actions.add_member(group_id, user_id))

    @pages.delete("/groups/<group_id>/members/<user_id>")
    def remove_member(group_id: str, user_id: str) -> Response:
        return _done(world.group_actions.remove_member(group_id, user_id))

    @pages.post("/groups/<group_id>/bot")
    def invite(group_id: str) -> Response:
        return _done(world.group_actions.invite_bot(group_id))

    @pages.delete("/groups/<group_id>/bot")
    def remove(group_id: str) -> Response:
        return _done(world.group_actions.remove_bot(group_id))


def _talking(pages: Blueprint, world: World) -> None:
    @pages.post("/groups/<group_id>/text")
    def text(group_id: str) -> Response:
        given = body()
        words, mentions = str(given.get("text", "")), _mentions(given.get("mentions", []))
        return _done(world.group_actions.text(group_id, str(given.get("user_id", "")), words, mentions))

    @pages.post("/groups/<group_id>/event")
    def event(group_id: str) -> Response:
        given = body()
        message, quoted = given.get("message"), given.get("quoted_message_id")
        if not isinstance(message, dict):
            raise ValueError("message must be an object")  # noqa: TRY004 - wrong input, answered with 400
        return _done(world.group_actions.message(group_id, str(given.get("user_id", "")), message, quoted))

    @pages.post("/groups/<group_id>/unsend")
    def unsend(group_id: str) -> Response:
        given = body()
        user_id, message_id = str(given.get("user_id", "")), str(given.get("message_id", ""))
        return _done(world.group_actions.unsend(group_id, user_id, message_id))


def _mentions(given: Any) -> list[tuple[str, str]]:
    """[{of: "bot" | "all" | user id, as: words of the text}] as pairs. Raises ValueError."""
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise ValueError("mentions must be a list of objects")
    return [(str(each.get("of", "")), str(each.get("as", ""))) for each in given]


def _done(done: GroupDone) -> Response:
    """What became of it; with ?wait=1 only after the bot has answered."""
    delivered = None
    if request.args.get("wait") == "1" and done.job is not None:
        if not done.job.done.wait(WAIT_SECONDS):
            raise ActionError("the webhook is not over yet")
        delivered = bool(done.job.result)
    return answer(
        {
            "message_id": done.message_id,
            "message_ids": [] if done.message_id is None else [done.message_id],
            "webhook_event_id": "" if done.job is None else done.job.event["webhookEventId"],
            "delivered": delivered,
            "seq": done.seq,
        }
    )
