"""Webhook bodies as LINE writes them, with whatever a test wants to be odd."""

from __future__ import annotations

import json

from tests.support.people import SOMJAI

MONDAY_MORNING = 1623029400000
"""Milliseconds: Monday 7 June 2021, 08.30 in Bangkok."""


def text_event(words: str, **changes: object) -> dict[str, object]:
    return {
        "type": "message",
        "webhookEventId": "01TEST000000000000000000AA",
        "timestamp": MONDAY_MORNING,
        "mode": "active",
        "replyToken": "nobody-issued-this",
        "source": {"type": "user", "userId": SOMJAI},
        "message": {"id": "1", "type": "text", "text": words},
        **changes,
    }


def body_of(*events: object) -> str:
    return json.dumps({"destination": "U0", "events": list(events)}, ensure_ascii=False)
