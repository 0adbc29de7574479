"""LINE's webhook: check the signature over the raw bytes, store every event, answer 200. Nothing slow before it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable

from flask import Blueprint, Response, request
from sqlalchemy.exc import SQLAlchemyError

from bot.faults import AFTER_INBOX_COMMIT
from bot.runtime import Runtime
from bot.wiring.chat import CHANNEL
from handlers.doors import Door, opens_to
from services.chat import intake
from services.groups.intake import Calls

log = logging.getLogger(__name__)

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes. LINE's own requests are far smaller."""


def signature(secret: str, body: bytes) -> str:
    """x-line-signature: base64 of HMAC-SHA256 over the raw body (LINE: verify webhook signature)."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def blueprint(runtime: Runtime, answer: Callable[[int], None]) -> Blueprint:
    """`answer` is called with the id of each chat that has something new; it must return at once."""
    pages = Blueprint("line_webhook", __name__)
    destinations: set[str] = set()

    @pages.post("/callback")
    @opens_to(Door.LINE)
    def callback() -> Response:
        body = request.get_data(cache=False)
        given = request.headers.get("x-line-signature", "")
        expected = signature(runtime.settings.line_channel_secret, body)
        if not hmac.compare_digest(given.encode(), expected.encode()):
            return Response(status=401)
        try:
            chats = _record(runtime, intake.parse(body), destinations)
        except intake.BadBodyError:
            return Response(status=400)
        except SQLAlchemyError as error:
            # LINE sends again when redelivery is on; 200 would lose the message for good
            log.error("inbox unavailable: %s", type(error).__name__)  # noqa: TRY400 - a traceback holds the events
            return Response(status=503)
        for chat in chats:
            answer(chat)
        return Response("OK", content_type="text/plain")

    return pages


def _record(runtime: Runtime, webhook: intake.Webhook, destinations: set[str]) -> list[int]:
    """`destinations`: our own user ids that this process has seen written down, so that it is done once."""
    if not webhook.events:
        return []
    ours, calls = webhook.destination, Calls(runtime.reader, webhook.destination)
    with runtime.sessions() as session, session.begin():
        if ours and ours not in destinations:
            intake.know_ourselves(session, CHANNEL, ours)
        chats = intake.record(session, CHANNEL, webhook.events, runtime.clock.real(), calls)
    destinations.add(ours)
    runtime.faults.reach(AFTER_INBOX_COMMIT)
    return chats
