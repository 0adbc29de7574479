from __future__ import annotations

import datetime as dt
from typing import Any

import orjson
import pytest
from sqlalchemy import String, cast, select

from models.all import Base
from models.channel import Channel
from models.chat import Conversation, InboxEvent
from models.people import LineAccount
from services.chat import intake
from services.ports import Profile
from tests.integration.services.towns import one, rows, take_in, unhandled
from tests.support.chat import Phone, Town

NATIONAL_ID = "1-1017-00207-03-0"
"""Made up; its check digit is right."""


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", "4207")


@pytest.fixture
def either_officer(either_town: Town) -> Phone:
    return either_town.person("สมศรี ใจดี", "officer", "4207")


def text_event(phone: Phone, text: str, **changes: Any) -> dict[str, Any]:
    return phone.event({"type": "message", "message": {"type": "text", "text": text, "quoteToken": "q"}}, **changes)


def stored(town: Town) -> InboxEvent:
    return one(town, select(InboxEvent))


def test_an_events_user_ids_are_kept_nowhere_but_with_the_account(either_town: Town, either_officer: Phone) -> None:
    other = "U" + "9" * 32
    mention = {"mentionees": [{"index": 0, "length": 3, "type": "user", "userId": other, "isSelf": False}]}
    message = {"type": "text", "text": "@ab hello", "quoteToken": "q", "mention": mention}
    either_officer.deliver(either_officer.event({"type": "message", "message": message}))
    either_officer.deliver(
        either_officer.event({"type": "memberJoined", "joined": {"members": [{"type": "user", "userId": other}]}})
    )
    either_officer.deliver(either_officer.event({"type": "brandNew", "somewhere": [{"deep": {"userIds": [other]}}]}))
    found = [table for table, text in everything(either_town) if other in text or either_officer.user_id in text]
    assert set(found) == {"line_account"}


def everything(town: Town) -> list[tuple[str, str]]:
    """(table, its row as text) of the whole database."""
    with town.runtime.sessions() as session:
        return [
            (table.name, "|".join(str(value) for value in row))
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(*[cast(column, String) for column in table.columns]))
        ]


@pytest.mark.parametrize(
    "message",
    [
        {"type": "text", "text": f"บัตร {NATIONAL_ID}"},
        {"type": "file", "fileName": f"{NATIONAL_ID}.pdf", "fileSize": 12},
        {"type": "sticker", "packageId": "1", "stickerId": "2", "keywords": ["hi", NATIONAL_ID], "text": NATIONAL_ID},
        {"type": "image", "contentProvider": {"type": "line"}, "caption": {"text": f"ของ {NATIONAL_ID}"}},
        {"type": "location", "title": NATIONAL_ID, "address": NATIONAL_ID, "latitude": 1.0, "longitude": 2.0},
    ],
)
def test_national_ids_are_blotted_out_before_anything_is_written(
    town: Town, officer: Phone, message: dict[str, Any]
) -> None:
    officer.deliver(officer.event({"type": "message", "message": message}))
    assert NATIONAL_ID not in str(everything(town))
    assert stored(town).payload["masked"]
    assert len(town.line.replies) == 1


def test_an_event_of_a_kind_that_nobody_knows_is_looked_through_as_well(town: Town, officer: Phone) -> None:
    officer.deliver(officer.event({"type": "comment", "comment": {"words": [f"บัตร {NATIONAL_ID}"]}}))
    assert NATIONAL_ID not in str(everything(town))


def test_ids_of_line_are_never_taken_for_people_s(town: Town, officer: Phone) -> None:
    message = {"id": NATIONAL_ID, "type": "text", "text": "เมนู", "quoteToken": NATIONAL_ID}
    officer.deliver(officer.event({"type": "message", "message": message}))
    assert stored(town).payload["message"]["id"] == NATIONAL_ID
    assert not stored(town).payload["masked"]


def test_a_name_in_line_that_is_a_national_id_is_blotted_out(town: Town, officer: Phone) -> None:
    town.line.profiles[officer.user_id] = Profile(f"แดง {NATIONAL_ID}", "th")
    town.clock.pass_seconds(400 * 86400)
    officer.say("เมนู")
    assert NATIONAL_ID not in str(everything(town))


def test_a_number_that_is_no_national_id_is_kept(town: Town, officer: Phone) -> None:
    officer.deliver(text_event(officer, "1234567890123"))
    assert "1234567890123" in str(stored(town).payload)
    assert not stored(town).payload["masked"]


@pytest.mark.parametrize("timestamp", [None, "soon", -5, 2**63, 10**17])
def test_an_impossible_time_is_taken_for_now_and_answered(
    either_town: Town, either_officer: Phone, timestamp: object
) -> None:
    either_officer.deliver(text_event(either_officer, "เมนู", timestamp=timestamp))
    assert len(either_town.line.replies) == 1
    assert stored(either_town).timestamp == round(either_town.clock.real().timestamp() * 1000)


def test_a_nul_character_is_dropped(either_town: Town, either_officer: Phone) -> None:
    either_officer.deliver(text_event(either_officer, "เม\0นู"))
    assert "เมนู" in str(stored(either_town).payload)
    assert len(either_town.line.replies) == 1


def test_an_event_without_an_id_is_still_taken_once(town: Town, officer: Phone) -> None:
    event = text_event(officer, "เมนู")
    del event["webhookEventId"]
    officer.deliver(event)
    officer.deliver(event)
    assert len(town.line.replies) == 1


@pytest.mark.parametrize("source", [None, "x", {}, {"type": "user"}, {"type": "user", "userId": ""}])
def test_an_event_from_nobody_is_kept_and_done_with(town: Town, officer: Phone, source: object) -> None:
    assert take_in(town, text_event(officer, "เมนู", source=source)) == []
    assert unhandled(town) == []
    assert stored(town).conversation_id is None


@pytest.mark.parametrize("message", [None, 5, [], {}, {"id": 7}, {"type": "text"}, {"type": "text", "text": 5}])
def test_odd_messages_never_break_the_intake(town: Town, officer: Phone, message: object) -> None:
    officer.deliver(officer.event({"type": "postback"}) | {"type": "message", "message": message})
    for _ in range(3):
        town.clock.pass_seconds(4)
        town.runtime.sweep.run()
        town.work()
    assert unhandled(town) == []


def test_an_account_that_was_known_before_its_first_message_keeps_its_person(town: Town, officer: Phone) -> None:
    officer.say("เมนู")
    account = one(town, select(LineAccount))
    assert account.person_id is not None
    assert account.line_user_id == officer.user_id


def test_a_group_has_one_chat_and_no_account(either_town: Town, either_officer: Phone) -> None:
    source = {"type": "group", "groupId": "C1", "userId": either_officer.user_id}
    for words in ("a", "b"):
        assert take_in(either_town, text_event(either_officer, words, source=source)) == []
    assert len(rows(either_town, select(Conversation))) == 1
    assert len(rows(either_town, select(LineAccount))) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"events": 1}', b'{"events": [1]}', b"\xff"])
def test_a_body_that_is_no_webhook_is_refused(body: bytes) -> None:
    with pytest.raises(intake.BadBodyError):
        intake.parse(body)


def test_a_probe_without_events_is_fine() -> None:
    assert intake.parse(orjson.dumps({"destination": "U", "events": []})) == intake.Webhook("", [])


def test_the_destination_tells_who_we_are(town: Town) -> None:
    ours = "U" + "0" * 32
    assert intake.parse(orjson.dumps({"destination": ours, "events": []})).destination == ours
    for _ in range(2):
        with town.runtime.sessions() as session, session.begin():
            intake.know_ourselves(session, 1, ours)
    assert one(town, select(Channel)).bot_user_id == ours


def test_received_at_is_mechanical_time(town: Town, officer: Phone) -> None:
    town.clock.civil += dt.timedelta(days=400)
    take_in(town, text_event(officer, "a"))
    assert stored(town).received_at == town.clock.real()
