from __future__ import annotations

from typing import Any

import orjson
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from handlers.line_webhook import signature
from models.channel import Channel
from models.chat import InboxEvent
from services.chat import intake
from tests.integration.handlers.conftest import Web


def event(number: int = 1, user: str = "U" + "1" * 32, text: str = "สวัสดี") -> dict[str, Any]:
    return {
        "type": "message",
        "mode": "active",
        "timestamp": 1_623_000_000_000 + number,
        "source": {"type": "user", "userId": user},
        "webhookEventId": f"01{number:024d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"token{number}",
        "message": {"type": "text", "id": str(number), "text": text, "quoteToken": "q"},
    }


def count(web: Web) -> int:
    with web.runtime.sessions() as session:
        return session.scalar(select(func.count(InboxEvent.id))) or 0


def test_a_signed_event_is_stored_answered_with_200_and_then_replied_to(web: Web) -> None:
    assert web.deliver(event()).status_code == 200
    web.close()
    assert [body["replyToken"] for body in web.line.replies] == ["token1"]


def test_events_of_several_people_in_one_request_are_all_replied_to(web: Web) -> None:
    web.deliver(*(event(number, "U" + str(number) * 32) for number in (1, 2, 3)))
    web.close()
    assert sorted(body["replyToken"] for body in web.line.replies) == ["token1", "token2", "token3"]


@pytest.mark.parametrize("given", ["", "bad", "ผิด".encode().decode("latin-1"), "A" * 44])
def test_a_wrong_signature_gets_401_and_nothing_is_stored(web: Web, given: str) -> None:
    body = orjson.dumps({"events": [event()]})
    assert web.post(body, **{"x-line-signature": given}).status_code == 401
    assert count(web) == 0


def test_without_a_signature_it_is_401(web: Web) -> None:
    assert web.app.test_client().post("/callback", data=b"{}").status_code == 401


def test_the_signature_is_of_the_raw_bytes_and_its_headers_case_does_not_matter(web: Web) -> None:
    body = b'{ "events" : [ ] , "destination": "U\\u0030" }'
    assert web.post(body).status_code == 200
    signed = signature(web.runtime.settings.line_channel_secret, body)
    answer = web.app.test_client().post("/callback", data=body, headers={"X-LINE-SIGNATURE": signed})
    assert answer.status_code == 200


def test_lines_probe_without_events_gets_200(web: Web) -> None:
    assert web.deliver().status_code == 200
    assert count(web) == 0


@pytest.mark.parametrize("body", [b"", b"{", b'"events"', b'{"events": {}}', b'{"events": [1]}', b"\xff\xfe"])
def test_a_signed_body_that_is_no_webhook_gets_400(web: Web, body: bytes) -> None:
    assert web.post(body).status_code == 400


def test_a_body_beyond_two_megabytes_gets_413(web: Web) -> None:
    assert web.post(b" " * (2 * 1024 * 1024 + 1)).status_code == 413


def test_a_body_of_just_two_megabytes_is_read(web: Web) -> None:
    rest = orjson.dumps({"events": [event()]})
    assert web.post(b" " * (2 * 1024 * 1024 - len(rest)) + rest).status_code == 200
    assert count(web) == 1


def test_without_the_database_it_is_503_so_that_line_sends_again(
    without_database: Web, caplog: pytest.LogCaptureFixture
) -> None:
    assert without_database.deliver(event(text="ความลับ")).status_code == 503
    assert "ความลับ" not in caplog.text


def test_one_event_that_cannot_be_stored_stores_none_of_its_request(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    real = intake.record

    def record(*arguments: Any) -> list[int]:
        real(*arguments)
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(intake, "record", record)
        assert web.deliver(event(1), event(2)).status_code == 503
    assert count(web) == 0
    web.deliver(event(1), event(2))
    web.close()
    assert len(web.line.replies) == 2


def test_a_redelivered_event_is_stored_and_answered_once(web: Web) -> None:
    for _ in range(3):
        assert web.deliver(event()).status_code == 200
    web.close()
    assert count(web) == 1
    assert len(web.line.replies) == 1


def test_with_the_queue_down_people_are_answered_all_the_same(web: Web) -> None:
    web.queue.down = True
    assert web.deliver(event()).status_code == 200
    web.close()
    assert len(web.line.replies) == 1


def test_an_answer_that_fails_does_not_change_what_line_hears(web: Web) -> None:
    def fail() -> None:
        raise RuntimeError

    web.line.before_send = fail
    assert web.deliver(event()).status_code == 200


def in_a_group(number: int, text: str, **message: Any) -> dict[str, Any]:
    said = event(number, text=text)
    return {**said, "source": {**said["source"], "type": "group", "groupId": "C" + "1" * 32}} | {
        "message": {**said["message"], **message}
    }


def test_a_group_is_answered_when_it_mentions_the_webhooks_destination(web: Web) -> None:
    us = {"index": 0, "length": 4, "type": "user", "userId": "U" + "0" * 32}
    web.deliver(in_a_group(1, "เมนู"), in_a_group(2, "@บอต เมนู", mention={"mentionees": [us]}))
    web.close()
    assert [body["replyToken"] for body in web.line.replies] == ["token2"]
    with web.runtime.sessions() as session:
        assert session.get_one(Channel, 1).bot_user_id == "U" + "0" * 32
