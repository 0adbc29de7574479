from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.messages import limits
from models.chat import OutboxRequest
from services.chat.carried import with_carried
from tests.integration.services.towns import chat_of
from tests.support.chat import Phone, Town

QUICK = {"items": [{"type": "action"}]}


@pytest.fixture
def officer(town: Town) -> Phone:
    phone = town.person("สมศรี ใจดี", "officer", "4207")
    phone.say("เมนู")
    return phone


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """No two texts fit into one, and at most two bubbles into a carousel."""
    monkeypatch.setattr(limits, "TEXT_UNITS", 10)
    monkeypatch.setattr(limits, "CAROUSEL_BUBBLES", 2)


def text(words: str) -> dict[str, object]:
    return {"type": "text", "text": words}


def carry(town: Town, phone: Phone, *answers: list[str]) -> None:
    chat = chat_of(town, phone)
    with town.runtime.sessions() as session, session.begin():
        for answer in answers:
            session.add(
                OutboxRequest(
                    channel_id=1,
                    conversation_id=chat.id,
                    kind="reply",
                    messages=[{**text(words), "quickReply": QUICK} for words in answer],
                    retry_key=answer[0],
                    state="carried",
                    next_try_at=town.clock.real(),
                    created_at=town.clock.real(),
                    line_message_ids=[],
                )
            )


def next_reply(town: Town, phone: Phone, *now: dict[str, object]) -> list[dict[str, object]]:
    with town.runtime.sessions() as session, session.begin():
        return with_carried(session, chat_of(town, phone).id, list(now))


def left(town: Town) -> list[list[str]]:
    with town.runtime.sessions() as session:
        rows = session.scalars(select(OutboxRequest).where(OutboxRequest.state == "carried").order_by(OutboxRequest.id))
        return [[str(message["text"]) for message in row.messages] for row in rows]


def test_what_does_not_fit_waits_for_the_reply_after_and_keeps_its_order(
    town: Town, officer: Phone, tight: None
) -> None:
    first = [f"first {number}" for number in range(5)]
    second = [f"other {number}" for number in range(5)]
    carry(town, officer, first, second)
    said = next_reply(town, officer, text("now-------"))
    assert len(said) == 5
    assert [words in str(said) for words in (*first, *second)] == [True] * 9 + [False]
    assert left(town) == [["other 4"]]
    said = next_reply(town, officer, text("then------"))
    assert [message["text"] for message in said] == ["other 4", "then------"]
    assert left(town) == []


def test_a_reply_that_fills_everything_leaves_the_carried_ones_for_later(
    town: Town, officer: Phone, tight: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CAROUSEL_BUBBLES", 1)
    carry(town, officer, ["carried --"])
    now = [text(f"full------{number}") for number in range(5)]
    assert next_reply(town, officer, *now) == now
    assert left(town) == [["carried --"]]


def test_only_the_last_message_has_quick_replies(town: Town, officer: Phone, tight: None) -> None:
    carry(town, officer, [f"first {number}" for number in range(5)])
    said = next_reply(town, officer, text("now-------"), {**text("ask-------"), "quickReply": QUICK})
    assert [message.get("quickReply") for message in said] == [None] * 4 + [QUICK]


def test_without_anything_carried_a_reply_stays_as_it_is(town: Town, officer: Phone) -> None:
    now = {**text("now"), "quickReply": QUICK}
    assert next_reply(town, officer, now) == [now]
