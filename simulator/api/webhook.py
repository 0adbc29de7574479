"""Calls about the webhook: its address, and the platform's test of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import orjson
from flask import Blueprint, Response, request

from simulator.api.exchange import answer, body

if TYPE_CHECKING:
    from simulator.world import World


def webhook_calls(pages: Blueprint, world: World) -> None:
    @pages.get("/channel/webhook/endpoint")
    def endpoint() -> Response:
        return answer({"endpoint": world.webhook.url, "active": True})

    @pages.put("/channel/webhook/endpoint")
    def set_endpoint() -> Response:
        world.webhook.url = body("webhook_endpoint")["endpoint"]
        return answer({})

    @pages.post("/channel/webhook/test")
    def test() -> Response:
        url = str((body("webhook_test") if request.get_data() else {}).get("endpoint", world.webhook.url))
        probe = orjson.dumps({"destination": world.outbound.destination, "events": []})
        status = world.webhook.post(probe, {"x-line-signature": world.webhook.sign(probe)}, "test", url)
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
