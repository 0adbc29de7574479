"""What reaches the webhook from anybody: refused or taken quietly, never a traceback, and the service goes on."""

from __future__ import annotations

import pytest
import urllib3
from sqlalchemy import func, select

from handlers.line_webhook import signature
from models.chat import InboxEvent
from simulator.client import SIGN
from tests.e2e.events import MONDAY_MORNING, body_of, text_event
from tests.support.people import SOMJAI, Someone
from tests.support.simulator import CHANNEL_SECRET
from tests.support.stage import Stage

TWO_MB = 2 * 1024 * 1024


def events_in(stage: Stage) -> int:
    with stage.sessions() as session:
        return session.scalar(select(func.count(InboxEvent.id))) or 0


def post(stage: Stage, body: bytes) -> int:
    headers = {"x-line-signature": signature(CHANNEL_SECRET, body), "content-type": "application/json"}
    with urllib3.PoolManager(retries=False, timeout=60) as http:
        return http.request("POST", f"{stage.system.url}/callback", body=body, headers=headers).status


def still_answers(stage: Stage) -> bool:
    return "รายงานครั้งที่ 1" in stage.someone(SOMJAI).say("รายงาน")


@pytest.mark.parametrize("given", [None, "", "AAAA", "ไม่ใช่ลายเซ็น"])
def test_a_wrong_signature_is_refused_and_nothing_is_stored(stage: Stage, given: str | None) -> None:
    raw = given.encode().decode("latin-1") if given else given
    assert stage.simulator.raw(body_of(text_event("รายงาน")), signature=raw) == 401
    assert events_in(stage) == 0


@pytest.mark.parametrize("body", ["", "{", "[]", '{"events": 1}', '{"events": [1]}', '"ก"', "\ufffd", '{"events":'])
def test_a_broken_body_is_refused_and_nothing_is_stored(stage: Stage, body: str) -> None:
    assert stage.simulator.raw(body, signature=SIGN) == 400
    assert events_in(stage) == 0
    assert still_answers(stage)


def test_a_body_of_two_megabytes_is_refused_and_nothing_is_stored(stage: Stage) -> None:
    assert post(stage, body_of(text_event("ก" * TWO_MB)).encode()) == 413
    assert events_in(stage) == 0
    assert still_answers(stage)


def test_lines_own_test_of_the_webhook_is_answered(stage: Stage) -> None:
    assert stage.simulator.raw(body_of()) == 200


OFFICER = {"timestamp": MONDAY_MORNING, "source": {"type": "user", "userId": SOMJAI}}
ODD_EVENTS = {
    "unknown": {**OFFICER, "type": "somethingNew", "webhookEventId": "01NEW"},
    "no message": {**OFFICER, "type": "message", "webhookEventId": "01BARE"},
    "odd postback": {**OFFICER, "type": "postback", "webhookEventId": "01TAP", "postback": 7},
    "no source": {"type": "message", "webhookEventId": "01NOBODY", "message": {"type": "text", "text": "ก"}},
    "no id": {**OFFICER, "type": "message", "message": {}},
    "group": text_event("รายงาน", source={"type": "group", "groupId": "C1", "userId": SOMJAI}),
    "standby": text_event("รายงาน", mode="standby"),
    "empty": {},
}


@pytest.mark.parametrize("event", ODD_EVENTS.values(), ids=ODD_EVENTS.keys())
def test_an_event_that_nobody_can_answer_is_kept_in_silence(stage: Stage, event: dict[str, object]) -> None:
    assert stage.simulator.raw(body_of(event)) == 200
    stage.settle()
    assert events_in(stage) == 1
    assert stage.someone(SOMJAI).bubbles() == []
    assert still_answers(stage)


def test_a_reply_token_that_line_does_not_know_does_not_lose_the_answer(stage: Stage, officer: Someone) -> None:
    assert stage.simulator.raw(body_of(text_event("รายงาน"))) == 200
    officer.waits_for("รายงานครั้งที่ 1")
    stage.settle()
    assert [each.via for each in officer.bubbles()] == ["push", "push"]
