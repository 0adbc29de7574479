from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select, update

from models.chat import Notice
from models.media import LookAlike, Media, PhotoBand, Verdict
from models.people import JoinRequest, LineAccount
from models.work import OwedJob
from services.desk.scope import Scope
from services.evidence.pictures import look_alikes
from services.people.join_requests import decide, request_to_join
from services.people.joining import move
from services.ports import Content, ContentState, ContentTooLargeError
from services.retention.discarding import Discarding
from tests.integration.services.sending.test_sender import later
from tests.integration.services.towns import one, rows
from tests.support import pictures
from tests.support.chat import Phone, Town
from tests.support.fake_line import FakeMedia

PHOTO = pictures.jpeg()


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
    stream = give(town, ContentState.READY, PHOTO[:1000], PHOTO[1000:])
    town.work()
    stored = media(town)
    assert (stored.state, stored.size, stored.content_type) == ("stored", len(PHOTO), "image/jpeg")
    assert stored.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert set(town.media.stored) == {stored.storage_key, stored.thumbnail_key}
    assert stored.sha256 in stored.storage_key
    assert stream.closed


def test_a_photo_that_line_still_prepares_is_asked_for_again(town: Town, leader: Phone) -> None:
    leader.photo()
    give(town, ContentState.NOT_YET)
    town.work()
    assert media(town).state == "wanted"
    give(town, ContentState.READY, PHOTO)
    later(town, 3)
    assert media(town).state == "stored"


def test_a_stream_that_breaks_off_is_asked_for_again(town: Town, leader: Phone) -> None:
    def broken() -> Iterator[bytes]:
        yield PHOTO[:500]
        raise OSError("broke off")

    leader.photo()
    stream = Stream(broken())
    town.line.contents[media(town).line_message_id] = Content(ContentState.READY, "image/jpeg", stream)
    town.work()
    assert media(town).state == "wanted"
    assert stream.closed
    give(town, ContentState.READY, PHOTO)
    later(town, 3)
    assert media(town).state == "stored"


def test_a_photo_that_line_lost_is_asked_of_the_sender_again_at_the_next_contact(town: Town, leader: Phone) -> None:
    leader.photo()
    give(town, ContentState.GONE)
    town.work()
    assert media(town).state == "lost"
    assert "ส่งรูป" in leader.say("เมนู")
    assert one(town, select(Notice)).shown_at is not None


def test_a_guests_lost_photo_is_only_marked_and_told_once_they_are_known(town: Town, leader: Phone) -> None:
    leader.photo()
    with town.runtime.sessions() as session, session.begin():
        person_id = session.scalars(select(LineAccount.person_id)).one()
        session.execute(update(LineAccount).values(person_id=None))
    give(town, ContentState.GONE)
    town.work()
    assert media(town).state == "lost"
    assert rows(town, select(Notice)) == []
    with town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount)).one()
        request_to_join(session, account, ("แดง ตัวอย่าง", "leader", "42070605", 1), town.clock.now())
        session.flush()
        request = session.scalars(select(JoinRequest)).one()
        decide(session, request.id, person_id or 0, approve=True, now=town.clock.now())
    assert one(town, select(Notice.key)) == "notice.photo_lost"


def test_a_photo_lost_after_its_sender_took_a_new_phone_is_told_there(town: Town, leader: Phone) -> None:
    leader.photo()
    new = town.stranger()
    new.say("สวัสดี")
    with town.runtime.sessions() as session, session.begin():
        person_id = session.scalars(select(LineAccount.person_id).where(LineAccount.person_id.is_not(None))).one()
        account = session.scalars(select(LineAccount).where(LineAccount.line_user_id == new.user_id)).one()
        move(session, person_id or 0, account)
    give(town, ContentState.GONE)
    town.work()
    assert one(town, select(Notice.person_id)) == person_id


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
    give(town, ContentState.READY, PHOTO)
    town.line.before_call = calls.append
    town.work()
    for job in ("fetch_media", "forget_media"):
        town.runtime.work[job](media(town).id)
        town.runtime.photos.fetch(media(town).id)
    assert calls.count("content") == 1
    assert media(town).state == "stored"


def test_only_a_photo_that_was_taken_back_is_forgotten(town: Town, leader: Phone) -> None:
    leader.photo()
    give(town, ContentState.READY, PHOTO)
    town.work()
    town.runtime.photos.forget(media(town).id)
    town.runtime.photos.forget(424242)
    town.runtime.photos.fetch(424242)
    assert len(town.media.stored) == 2


def test_a_media_store_that_is_away_keeps_the_removal_owed(
    town: Town, leader: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OSError("store away")

    leader.photo()
    give(town, ContentState.READY, PHOTO)
    town.work()
    leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": media(town).line_message_id}}))
    monkeypatch.setattr(type(town.media), "delete", away)
    town.work()
    assert len(town.media.stored) == 2
    monkeypatch.undo()
    later(town, 3)
    assert town.media.stored == {}
    of_media = select(OwedJob).where(OwedJob.job.in_(["fetch_media", "forget_media"]))
    assert {row.done_at is not None for row in rows(town, of_media)} == {True}


def test_bytes_of_a_photo_taken_back_while_the_store_broke_down_do_not_stay(
    town: Town, leader: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OSError("store away")

    whole = type(town.media).put

    def put_then_break(store: object, key: str, chunks: Iterable[bytes]) -> int:
        size = whole(town.media, key, chunks)
        if key.endswith(".small.jpg"):
            leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": message}}))
            monkeypatch.setattr(type(town.media), "delete", away)
        return size

    leader.photo()
    message = media(town).line_message_id
    give(town, ContentState.READY, PHOTO)
    monkeypatch.setattr(type(town.media), "put", put_then_break)
    town.work()
    assert len(town.media.stored) == 2
    monkeypatch.undo()
    later(town, 3)
    assert town.media.stored == {}
    assert (media(town).state, media(town).storage_key) == ("unsent", "")


def cut_off(town: Town, monkeypatch: pytest.MonkeyPatch, before: Callable[[], None] = lambda: None) -> None:
    """Of a photo's two copies one is stored, and then the store is away."""
    whole = type(town.media).put

    def put(store: FakeMedia, key: str, chunks: Iterable[bytes]) -> int:
        if key.endswith(".small.jpg"):
            raise OSError("store away")
        before()
        return whole(store, key, chunks)

    monkeypatch.setattr(type(town.media), "put", put)


def test_bytes_that_are_stored_after_a_photo_was_taken_back_and_forgotten_do_not_stay(
    town: Town, leader: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_back() -> None:
        leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": media(town).line_message_id}}))
        town.runtime.work["forget_media"](media(town).id)

    leader.photo()
    give(town, ContentState.READY, PHOTO)
    cut_off(town, monkeypatch, taken_back)
    town.work()
    assert len(town.media.stored) == 1
    monkeypatch.undo()
    later(town, 3)
    assert town.media.stored == {}
    assert (media(town).state, media(town).storage_key) == ("unsent", "")


def test_what_was_stored_of_a_photo_that_line_then_lost_does_not_stay(
    town: Town, leader: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader.photo()
    give(town, ContentState.READY, PHOTO)
    cut_off(town, monkeypatch)
    town.work()
    assert len(town.media.stored) == 1
    monkeypatch.undo()
    give(town, ContentState.GONE)
    later(town, 3)
    assert media(town).state == "lost"
    Discarding(town.runtime.sessions, town.media).carry_out()
    assert town.media.stored == {}


def test_a_photo_that_was_half_stored_and_then_shares_the_copy_of_its_twin_leaves_nothing_behind(
    town: Town, leader: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader.photo()
    give(town, ContentState.READY, PHOTO)
    cut_off(town, monkeypatch)
    town.work()
    monkeypatch.undo()
    leader.photo()
    give_all(town, PHOTO, PHOTO)
    later(town, 3)
    Discarding(town.runtime.sessions, town.media).carry_out()
    first, second = everything(town)
    assert {first.state, second.state} == {"stored"}
    assert {each.storage_key for each in (first, second)} | {first.thumbnail_key} == set(town.media.stored)


def test_with_the_queue_down_the_clock_fetches_the_photo(town: Town, leader: Phone) -> None:
    town.queue.down = True
    leader.photo()
    give(town, ContentState.READY, PHOTO)
    later(town, 3)
    assert media(town).state == "stored"


@pytest.mark.parametrize(
    ("content", "problem", "told"),
    [
        (pictures.PDF, "document", "เป็นเอกสาร"),
        (pictures.HEIC, "heic", "เปิดไม่ได้"),
        (pictures.animation(), "animation", "ภาพเคลื่อนไหว"),
        (pictures.bomb(), "too_many_pixels", "ละเอียดเกิน"),
        (PHOTO[:-2000], "broken", "มาไม่ครบ"),
        (b"<html></html>", "not_a_picture", "ไม่ใช่รูปถ่าย"),
    ],
)
def test_a_file_that_is_no_photo_is_not_kept_and_its_sender_is_told_what_to_do(
    town: Town, leader: Phone, content: bytes, problem: str, told: str
) -> None:
    leader.photo()
    give(town, ContentState.READY, content)
    town.work()
    assert (media(town).state, media(town).problem) == ("refused", problem)
    assert town.media.stored == {}
    assert told in leader.say("เมนู")


def test_more_bytes_than_are_taken_are_refused_and_not_asked_for_again(town: Town, leader: Phone) -> None:
    def endless() -> Iterator[bytes]:
        yield PHOTO
        raise ContentTooLargeError("more bytes than allowed")

    leader.photo()
    stream = Stream(endless())
    town.line.contents[media(town).line_message_id] = Content(ContentState.READY, "image/jpeg", stream)
    town.work()
    assert (media(town).state, media(town).problem) == ("refused", "too_large")
    assert stream.closed
    assert one(town, select(OwedJob)).done_at is not None


def everything(town: Town) -> list[Media]:
    return rows(town, select(Media).order_by(Media.id))


def give_all(town: Town, *contents: bytes) -> None:
    for medium, content in zip(everything(town), contents, strict=True):
        town.line.contents[medium.line_message_id] = Content(ContentState.READY, "image/jpeg", iter([content]))
    town.work()


def test_the_same_bytes_sent_twice_are_stored_once_and_removed_with_the_last_of_them(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.photo()
    give_all(town, PHOTO, PHOTO)
    first, second = everything(town)
    assert first.storage_key == second.storage_key
    assert len(town.media.stored) == 2
    for left, taken_back in ((2, first), (0, second)):
        leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": taken_back.line_message_id}}))
        town.work()
        assert len(town.media.stored) == left


def test_photos_that_look_alike_are_queued_for_a_person_once_they_show_two_households(
    town: Town, leader: Phone
) -> None:
    for _ in range(3):
        leader.photo()
    give_all(town, PHOTO, pictures.jpeg(quality=60), pictures.jpeg(seed=2))
    with town.runtime.sessions() as session:
        assert look_alikes.queue(session, Scope(("42",))) == []
    leader.say("1/1 2 3")
    leader.press("ถูกต้อง")
    first, second, _other = everything(town)
    with town.runtime.sessions() as session, session.begin():
        (pair,) = look_alikes.queue(session, Scope(("4207",)))
        assert (pair.first_id, pair.second_id) == (first.id, second.id)
        assert look_alikes.queue(session, Scope(("4201",))) == []
        person = one(town, select(LineAccount)).person_id or 0
        assert look_alikes.decide(session, pair.id, Verdict.CANNOT_TELL, person, town.runtime.clock.now())
        assert not look_alikes.decide(session, pair.id, Verdict.SAME, person, town.runtime.clock.now())
    with town.runtime.sessions() as session:
        assert look_alikes.queue(session, Scope(("42",))) == []


def test_a_photo_taken_back_is_compared_with_nothing_any_more(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.photo()
    give_all(town, PHOTO, pictures.jpeg(quality=60))
    assert len(rows(town, select(LookAlike))) == 1
    leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": everything(town)[0].line_message_id}}))
    town.work()
    assert rows(town, select(LookAlike)) == []
    assert {band.media_id for band in rows(town, select(PhotoBand))} == {everything(town)[1].id}
