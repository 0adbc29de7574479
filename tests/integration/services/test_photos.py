from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select, update

from models.chat import Notice
from models.media import Media
from models.people import LineAccount
from models.work import OwedJob
from services.ports import Content, ContentState
from tests.integration.services.test_sending import later
from tests.integration.services.towns import one, rows
from tests.support.chat import Phone, Town


@dataclass
class Stream:
    """Bytes as LINE streams them; remembers whether it was closed."""

    chunks: Iterator[bytes]
    closed: list[bool] = field(default_factory=list)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self.chunks)

    def close(self) -> None:
        self.closed.append(True)


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("แดง ตัวอย่าง", "leader", "42070605")


def media(town: Town) -> Media:
    return one(town, select(Media))


def give(town: Town, state: ContentState = ContentState.READY, *chunks: bytes) -> Stream:
    stream = Stream(iter(chunks))
    town.line.contents[media(town).line_message_id] = Content(state, "image/jpeg", stream)
    return stream


def test_a_photo_is_fetched_at_once_and_kept_with_its_digest(town: Town, leader: Phone) -> None:
    leader.photo()
    stream = give(town, ContentState.READY, b"one", b"two")
    town.work()
    stored = media(town)
    assert (stored.state, stored.size, stored.content_type) == ("stored", 6, "image/jpeg")
    assert stored.sha256 == hashlib.sha256(b"onetwo").hexdigest()
    assert town.media.stored == {stored.storage_key: b"onetwo"}
    assert stream.closed


def test_a_photo_that_line_still_prepares_is_asked_for_again(town: Town, leader: Phone) -> None:
    leader.photo()
    give(town, ContentState.NOT_YET)
    town.work()
    assert media(town).state == "wanted"
    give(town, ContentState.READY, b"one")
    later(town, 3)
    assert media(town).state == "stored"


def test_a_stream_that_breaks_off_is_asked_for_again(town: Town, leader: Phone) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise OSError("broke off")

    leader.photo()
    stream = Stream(broken())
    town.line.contents[media(town).line_message_id] = Content(ContentState.READY, "image/jpeg", stream)
    town.work()
    assert media(town).state == "wanted"
    assert stream.closed
    give(town, ContentState.READY, b"whole")
    later(town, 3)
    assert list(town.media.stored.values()) == [b"whole"]


def test_a_photo_that_line_lost_is_asked_of_the_sender_again_at_the_next_contact(town: Town, leader: Phone) -> None:
    leader.photo()
    give(town, ContentState.GONE)
    town.work()
    assert media(town).state == "lost"
    assert "ส่งรูป" in leader.say("เมนู")
    assert one(town, select(Notice)).shown_at is not None


def test_a_guests_lost_photo_is_only_marked(town: Town, leader: Phone) -> None:
    leader.photo()
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(LineAccount).values(person_id=None))
    give(town, ContentState.GONE)
    town.work()
    assert media(town).state == "lost"
    assert rows(town, select(Notice)) == []


def test_a_photo_taken_back_while_line_is_asked_stays_taken_back(town: Town, leader: Phone) -> None:
    leader.photo()
    message = media(town).line_message_id
    give(town, ContentState.GONE)

    def take_back(call: str) -> None:
        if call == "content":
            leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": message}}))

    town.line.before_call = take_back
    town.work()
    assert media(town).state == "unsent"


def test_a_photo_is_fetched_once_however_often_it_is_rung_for(town: Town, leader: Phone) -> None:
    calls: list[str] = []
    leader.photo()
    give(town, ContentState.READY, b"one")
    town.line.before_call = calls.append
    town.work()
    for job in ("fetch_media", "forget_media"):
        town.runtime.work[job](media(town).id)
        town.runtime.photos.fetch(media(town).id)
    assert calls.count("content") == 1
    assert media(town).state == "stored"


def test_only_a_photo_that_was_taken_back_is_forgotten(town: Town, leader: Phone) -> None:
    leader.photo()
    give(town, ContentState.READY, b"one")
    town.work()
    town.runtime.photos.forget(media(town).id)
    town.runtime.photos.forget(424242)
    town.runtime.photos.fetch(424242)
    assert len(town.media.stored) == 1


def test_a_media_store_that_is_away_keeps_the_removal_owed(
    town: Town, leader: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OSError("store away")

    leader.photo()
    give(town, ContentState.READY, b"one")
    town.work()
    leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": media(town).line_message_id}}))
    monkeypatch.setattr(type(town.media), "delete", away)
    town.work()
    assert len(town.media.stored) == 1
    monkeypatch.undo()
    later(town, 3)
    assert town.media.stored == {}
    assert {row.done_at is not None for row in rows(town, select(OwedJob))} == {True}


def test_bytes_of_a_photo_taken_back_while_the_store_broke_down_do_not_stay(
    town: Town, leader: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OSError("store away")

    def chunks() -> Iterator[bytes]:
        yield b"one"
        leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": message}}))
        monkeypatch.setattr(type(town.media), "delete", away)

    leader.photo()
    message = media(town).line_message_id
    town.line.contents[message] = Content(ContentState.READY, "image/jpeg", chunks())
    town.work()
    assert len(town.media.stored) == 1
    monkeypatch.undo()
    later(town, 3)
    assert town.media.stored == {}


def test_with_the_queue_down_the_clock_fetches_the_photo(town: Town, leader: Phone) -> None:
    town.queue.down = True
    leader.photo()
    give(town, ContentState.READY, b"one")
    later(town, 3)
    assert media(town).state == "stored"
