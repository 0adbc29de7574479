"""Calls that put something on phones: the sending calls, their dry runs and the loading dots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flask import Blueprint, Response, g, request

from simulator.api.exchange import answer, body
from simulator.line_errors import INVALID_READ_TOKEN, RATE_LIMIT, LineError

if TYPE_CHECKING:
    from simulator.tokens import Accepted
    from simulator.world import World


def sending_calls(pages: Blueprint, world: World) -> None:
    calls = {
        "reply": world.sending.reply,
        "push": world.sending.push,
        "multicast": world.sending.multicast,
        "broadcast": world.sending.broadcast,
    }

    @pages.post("/message/<any(reply, push, multicast, broadcast):kind>")
    def send(kind: Literal["reply", "push", "multicast", "broadcast"]) -> Response:
        given = body(kind)
        if kind == "push" and not world.rates.allows_user(given["to"]):
            raise LineError(429, RATE_LIMIT)
        accepted: Accepted = calls[kind](g.request_id, given, request.headers.get("X-Line-Retry-Key"))
        return answer(accepted.answer)

    @pages.post("/message/narrowcast")
    def narrowcast() -> Response:
        """Refused for every account: LINE lets none choose among fewer than 100 friends."""
        body("narrowcast")
        raise LineError(403, "Narrowcast messages need a target reach of at least 100 friends")

    @pages.post("/message/validate/<any(reply, push, multicast, narrowcast, broadcast):kind>")
    def validate(kind: str) -> Response:  # noqa: ARG001 - all kinds have the same message objects
        body("validate")
        return answer({})

    @pages.post("/chat/markAsRead")
    def mark_as_read() -> Response:
        if not world.read_marks.valid(body("mark_as_read")["markAsReadToken"]):
            raise LineError(400, INVALID_READ_TOKEN)
        return answer({})

    @pages.post("/chat/loading/start")
    def loading() -> Response:
        given = body("loading")
        if world.phones.followers([given["chatId"]]):
            world.chat.start_loading(given["chatId"], int(given.get("loadingSeconds", 20)))
        return answer({}, 202)
