"""Calls about the account itself and its people: profile, bot info, quota."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from simulator.api.exchange import answer
from simulator.line_errors import NOT_FOUND, LineError

if TYPE_CHECKING:
    from simulator.world import World


def account_calls(pages: Blueprint, world: World) -> None:
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
        return answer(
            {"totalUsage": world.ledger.consumption(stale=world.faults.take("stale_consumption", request.path))}
        )
