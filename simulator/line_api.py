"""The LINE side: the Messaging API calls that a bot makes, on LINE's own paths and with LINE's answers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

import orjson
from flask import Blueprint, Response, g, request, send_file

from simulator.limits import check_request
from simulator.line_errors import NOT_FOUND, LineError, invalid_body
from simulator.line_gate import Gate

if TYPE_CHECKING:
    from simulator.limits.requests import Endpoint
    from simulator.tokens import Accepted
    from simulator.world import World

TYPES_WITH_CONTENT = ("image", "video", "audio", "file")


def line_api(world: World) -> Blueprint:
    """The blueprint for /v2/bot."""
    pages = Blueprint("line", __name__, url_prefix="/v2/bot")
    gate = Gate(world)
    pages.before_request(gate.enter)
    pages.after_request(gate.leave)
    pages.register_error_handler(LineError, gate.refuse)
    _sending(pages, world)
    _validating(pages)
    _account(pages, world)
    _content(pages, world)
    _webhook(pages, world)
    pages.add_url_rule("/<path:rest>", "unknown", _unknown, methods=["GET", "POST", "PUT", "DELETE"])
    return pages


def _sending(pages: Blueprint, world: World) -> None:
    calls = {"reply": world.sending.reply, "push": world.sending.push, "multicast": world.sending.multicast}

    @pages.post("/message/<any(reply, push, multicast):kind>")
    def send(kind: Literal["reply", "push", "multicast"]) -> Response:
        body = _body(kind)
        accepted: Accepted = calls[kind](g.request_id, body, request.headers.get("X-Line-Retry-Key"))
        return answer(accepted.answer)

    @pages.post("/chat/loading/start")
    def loading() -> Response:
        body = _body("loading")
        if world.phones.followers([body["chatId"]]):
            world.chat.start_loading(body["chatId"], int(body.get("loadingSeconds", 20)))
        return answer({}, 202)


def _validating(pages: Blueprint) -> None:
    @pages.post("/message/validate/<any(reply, push, multicast, narrowcast, broadcast):kind>")
    def validate(kind: str) -> Response:  # noqa: ARG001 - all kinds have the same message objects
        _body("validate")
        return answer({})


def _account(pages: Blueprint, world: World) -> None:
    @pages.get("/profile/<user_id>")
    def profile(user_id: str) -> Response:
        if not world.phones.followers([user_id]):
            raise LineError(404, NOT_FOUND)
        phone = world.phones.get(user_id)
        return answer({"userId": phone.user_id, "displayName": phone.name, "language": phone.language})

    @pages.get("/info")
    def info() -> Response:
        bot = {
            "userId": world.outbound.destination,
            "basicId": "@simulator",
            "displayName": "LINE simulator",
            "chatMode": "bot",
            "markAsReadMode": "auto",
        }
        return answer(bot)

    @pages.get("/message/quota")
    def quota() -> Response:
        limit = world.ledger.limit
        return answer({"type": "none"} if limit is None else {"type": "limited", "value": limit})

    @pages.get("/message/quota/consumption")
    def consumption() -> Response:
        return answer({"totalUsage": world.ledger.used()})


def _content(pages: Blueprint, world: World) -> None:
    @pages.get("/message/<message_id>/content")
    @pages.get("/message/<message_id>/content/preview")
    def content(message_id: str) -> Response:
        found = world.chat.find(message_id)
        if found is None or found["side"] != "user":
            raise LineError(404, NOT_FOUND)
        if found["unsent"] or world.faults.take("content_gone", request.path):
            raise LineError(410, "The message has been unsent")
        stored = world.media.find(message_id)
        if stored is None:
            raise LineError(404, NOT_FOUND)
        if world.faults.take("content_not_ready", request.path):
            return answer({}, 202)
        return send_file(stored.path, mimetype=stored.content_type, conditional=False, etag=False)

    @pages.get("/message/<message_id>/content/transcoding")
    def transcoding(message_id: str) -> Response:
        found = world.chat.find(message_id)
        if found is None or found["message"].get("type") not in ("video", "audio"):
            raise LineError(404, NOT_FOUND)
        return answer({"status": "succeeded"})


def _webhook(pages: Blueprint, world: World) -> None:
    @pages.get("/channel/webhook/endpoint")
    def endpoint() -> Response:
        return answer({"endpoint": world.webhook.url, "active": True})

    @pages.put("/channel/webhook/endpoint")
    def set_endpoint() -> Response:
        world.webhook.url = _body("webhook_endpoint")["endpoint"]
        return answer({})

    @pages.post("/channel/webhook/test")
    def test() -> Response:
        url = str((_body("webhook_test") if request.get_data() else {}).get("endpoint", world.webhook.url))
        body = orjson.dumps({"destination": world.outbound.destination, "events": []})
        status = world.webhook.post(body, {"x-line-signature": world.webhook.sign(body)}, "test", url)
        good = status == 200  # noqa: PLR2004 - LINE wants this very number
        reason = "OK" if good else "COULD_NOT_CONNECT" if status is None else "ERROR_STATUS_CODE"
        moment = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return answer(
            {
                "success": good,
                "timestamp": moment,
                "statusCode": status or 0,
                "reason": reason,
                "detail": str(status or "no answer"),
            }
        )


def _body(endpoint: Endpoint) -> dict[str, Any]:
    """The JSON of this request, found right. Raises LineError."""
    if not request.mimetype == "application/json":
        raise LineError(415, "Unsupported media type")
    try:
        body: dict[str, Any] = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as problem:
        where = f"(line: {problem.lineno}, column: {problem.colno})"
        raise LineError(400, f"The request body could not be parsed as JSON {where}") from problem
    problems = check_request(endpoint, body)
    if problems:
        raise invalid_body(problems)
    return body


def _unknown(rest: str) -> Response:  # noqa: ARG001 - the rule's part
    raise LineError(404, NOT_FOUND)


def answer(data: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(data), status, mimetype="application/json")
