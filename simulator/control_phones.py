"""The control side of the phones: their chats, and every thing a person can do on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, send_file

from simulator.control import after, answer, body, handle_errors
from simulator.phone_actions import ActionError, Done, Picked

if TYPE_CHECKING:
    from simulator.world import World

WAIT_SECONDS = 60.0
"""With ?wait=1: how long at most, redeliveries included."""


def control_phones(world: World) -> Blueprint:
    """The blueprint for /sim/phones."""
    pages = Blueprint("phones", __name__, url_prefix="/sim")
    handle_errors(pages)
    _chats(pages, world)
    _talking(pages, world)
    _uploading(pages, world)
    _tapping(pages, world)
    return pages


def _chats(pages: Blueprint, world: World) -> None:
    @pages.post("/phones")
    def add() -> Response:
        given = {key: value for key, value in body().items() if key != "user_id"}
        return answer(world.phones.add(given), 201)

    @pages.patch("/phones/<user_id>")
    def change(user_id: str) -> Response:
        return answer(world.phones.change(user_id, body()))

    @pages.get("/phones/<user_id>/messages")
    def messages(user_id: str) -> Response:
        phone, loading = world.phones.get(user_id), world.chat.loading_until(user_id)
        tag = f"{phone.last_seq}-{after()}-{loading or ''}"
        if tag in request.if_none_match:
            unchanged = Response(status=304)
            unchanged.set_etag(tag)
            return unchanged
        found = world.chat.after(user_id, after())
        last = max([after(), *(each["updated_seq"] for each in found)])
        response = answer({"messages": found, "next": last, "loading_until": loading})
        response.set_etag(tag)
        return response

    @pages.get("/phones/<user_id>/media/<message_id>")
    def media(user_id: str, message_id: str) -> Response:
        found, stored = world.chat.find(message_id), world.media.find(message_id)
        if found is None or stored is None or found["user_id"] != user_id:
            return answer({"error": "there is no such file"}, 404)
        return send_file(stored.path, mimetype=stored.content_type, max_age=3600)


def _talking(pages: Blueprint, world: World) -> None:
    @pages.post("/phones/<user_id>/text")
    def text(user_id: str) -> Response:
        given = body()
        message = {"type": "text", "text": given.get("text", "")}
        return done(world.actions.message(user_id, message, given.get("quoted_message_id")))

    @pages.post("/phones/<user_id>/sticker")
    def sticker(user_id: str) -> Response:
        given = body()
        message = {
            "type": "sticker",
            "packageId": str(given.get("package_id", "446")),
            "stickerId": str(given.get("sticker_id", "1988")),
            "stickerResourceType": "STATIC",
            "keywords": ["hello"],
        }
        return done(world.actions.message(user_id, message))

    @pages.post("/phones/<user_id>/location")
    def location(user_id: str) -> Response:
        given = {"latitude": 17.486, "longitude": 101.722, **body()}
        return done(world.actions.message(user_id, {"type": "location", **given}))

    @pages.post("/phones/<user_id>/event")
    def event(user_id: str) -> Response:
        message = body().get("message")
        if not isinstance(message, dict):
            raise ValueError("message must be an object")  # noqa: TRY004 - wrong input, answered with 400
        return done(world.actions.message(user_id, message))

    @pages.post("/phones/<user_id>/unsend")
    def unsend(user_id: str) -> Response:
        return done(world.actions.unsend(user_id, str(body().get("message_id", ""))))


def _uploading(pages: Blueprint, world: World) -> None:
    kinds = {"photo": "image", "video": "video", "audio": "audio", "file": "file"}

    @pages.post("/phones/<user_id>/<any(photo, video, audio, file):kind>")
    def upload(user_id: str, kind: str) -> Response:
        uploads = request.files.getlist("file")
        if not uploads:
            raise ValueError("multipart with at least one part named file")
        files = [Picked(each.filename or "file", each.mimetype, each.stream) for each in uploads]
        sent = world.actions.upload(user_id, kinds[kind], files)
        return done(*sent)


def _tapping(pages: Blueprint, world: World) -> None:
    @pages.post("/phones/<user_id>/postback")
    def postback(user_id: str) -> Response:
        given = body()
        data, params, shown = given.get("data"), given.get("params"), given.get("display_text")
        if not isinstance(data, str) or not data:
            raise ValueError("data must be a text")
        return done(world.actions.postback(user_id, data, params, shown))

    @pages.post("/phones/<user_id>/follow")
    def follow(user_id: str) -> Response:
        return done(world.actions.follow(user_id))

    @pages.post("/phones/<user_id>/unfollow")
    def unfollow(user_id: str) -> Response:
        return done(world.actions.unfollow(user_id))


def done(*actions: Done) -> Response:
    """What became of an action (of the last, for several files); with ?wait=1 only after the bot has answered."""
    delivered, done = None, actions[-1]
    if request.args.get("wait") == "1":
        if not done.job.done.wait(WAIT_SECONDS):
            raise ActionError("the webhook is not over yet")
        delivered = bool(done.job.result)
    return answer(
        {
            "message_id": done.message_id,
            "webhook_event_id": done.job.event["webhookEventId"],
            "delivered": delivered,
            "seq": done.seq,
            "message_ids": [each.message_id for each in actions if each.message_id is not None],
        }
    )
