"""Media and places that answer a question: fetched at once, bound to the report, and taken back with their message."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.media import Media, MediaState
from models.obligation import Draft, Report
from services.campaigns import loading as campaigns
from services.ports import Content, ContentState
from tests.support import pictures
from tests.support.chat import Phone, Town
from tests.unit.bot.forms.sheets import Row, form_of

PLACE = {"title": "ที่ตั้ง", "address": "เลย", "latitude": 17.48, "longitude": 101.72}


def on_form(town: Town, *survey: Row) -> Phone:
    """An officer in the middle of a report whose form consists of these rows."""
    form = form_of([*survey, {"type": "text", "name": "after", "label": "ต่อไป"}])
    with town.runtime.sessions() as session, session.begin():
        campaigns.new_form_version(session, "loei_2564", "followup", form, town.clock.now())
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    officer.say("รายงาน")
    return officer


def media(town: Town) -> list[Media]:
    with town.runtime.sessions() as session:
        return list(session.scalars(select(Media).order_by(Media.id)))


def fetch(town: Town) -> None:
    """Let LINE have the bytes of everything that was sent, and the workers fetch them."""
    for number, one in enumerate(media(town)):
        town.line.contents[one.line_message_id] = Content(
            ContentState.READY, "image/jpeg", iter([pictures.jpeg(number)])
        )
    town.work()


def answers(town: Town) -> dict[str, str]:
    with town.runtime.sessions() as session:
        draft = session.scalars(select(Draft)).one()
        return {name: stored[0] for name, stored in draft.answers["answers"].items()}


def image(name: str, label: str) -> Row:
    return {"type": "image", "name": name, "label": label}


def test_a_photo_that_was_asked_for_is_fetched_and_bound_to_the_report(town: Town) -> None:
    officer = on_form(town, image("front", "ภาพหน้าบ้าน"))
    assert "รับแล้ว: ภาพหน้าบ้าน รูปถ่าย 1 รูป" in officer.photo()
    message = officer.last_message_id()
    assert answers(town) == {"front": f"{message}.jpg"}
    fetch(town)
    (kept,) = media(town)
    assert (kept.line_message_id, kept.state) == (message, MediaState.STORED.value)
    assert kept.obligation_id is not None


@pytest.mark.parametrize(
    ("kind", "content", "ending"),
    [("audio", {"duration": 1000}, ".m4a"), ("video", {}, ".mp4"), ("file", {"fileName": "ผังบ้าน.pdf"}, "_ผังบ้าน.pdf")],
)
def test_other_media_are_kept_likewise(town: Town, kind: str, content: dict[str, object], ending: str) -> None:
    officer = on_form(town, {"type": kind, "name": "it", "label": "หลักฐาน"})
    officer.other(kind, contentProvider={"type": "line"}, **content)
    message = officer.last_message_id()
    assert answers(town) == {"it": f"{message}{ending}"}
    fetch(town)
    assert [one.state for one in media(town)] == [MediaState.STORED.value]


def test_unsending_the_photo_withdraws_the_answer_and_its_bytes(town: Town) -> None:
    officer = on_form(town, image("front", "ภาพหน้าบ้าน"))
    officer.photo()
    message = officer.last_message_id()
    fetch(town)
    officer.send({"type": "unsend", "unsend": {"messageId": message}})
    assert answers(town) == {}
    town.work()
    assert [(one.state, one.storage_key, one.obligation_id) for one in media(town)] == [("unsent", "", None)]
    assert "ภาพหน้าบ้าน" in officer.say("รายงาน")


def test_another_photo_replaces_the_first_whose_bytes_are_forgotten(town: Town) -> None:
    officer = on_form(town, image("front", "ภาพหน้าบ้าน"))
    officer.photo()
    officer.say("ย้อน")
    officer.photo()
    fetch(town)
    assert [one.state for one in media(town)] == ["unsent", "stored"]
    assert answers(town) == {"front": f"{officer.last_message_id()}.jpg"}


def test_a_medium_of_another_kind_is_not_kept(town: Town) -> None:
    officer = on_form(town, image("front", "ภาพหน้าบ้าน"))
    assert "แต่คำถามนี้ขอรูปถ่าย" in officer.other("audio", duration=1000)
    assert media(town) == []


def test_a_location_answers_and_is_withdrawn_when_it_is_unsent(town: Town) -> None:
    officer = on_form(town, {"type": "geopoint", "name": "where", "label": "ที่ตั้ง"})
    officer.other("location", **PLACE)
    assert answers(town) == {"where": "17.48 101.72 0 0"}
    officer.send({"type": "unsend", "unsend": {"messageId": officer.last_message_id()}})
    assert answers(town) == {}


def test_unsending_one_place_of_a_line_takes_it_out_before_and_the_line_after_it_is_stored(town: Town) -> None:
    officer = on_form(town, {"type": "geotrace", "name": "road", "label": "แนวถนน"})
    officer.other("location", **PLACE)
    first = officer.last_message_id()
    officer.other("location", **{**PLACE, "latitude": 17.5})
    officer.send({"type": "unsend", "unsend": {"messageId": first}})
    assert "ต้องมีอย่างน้อย 2 จุด" in officer.say("พอแล้ว")
    officer.other("location", **{**PLACE, "latitude": 17.6})
    second = officer.last_message_id()
    officer.say("พอแล้ว")
    assert answers(town) == {"road": "17.5 101.72 0 0;17.6 101.72 0 0"}
    officer.send({"type": "unsend", "unsend": {"messageId": second}})
    assert answers(town) == {}


def test_a_report_with_a_photo_is_sent_with_its_name(town: Town) -> None:
    officer = on_form(town, image("front", "ภาพหน้าบ้าน"))
    officer.photo()
    message = officer.last_message_id()
    officer.say("เรียบร้อยดี")
    assert "• ภาพหน้าบ้าน: รูปถ่าย 1 รูป" in officer.say("ทบทวน")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.say("ยืนยันส่ง")
    with town.runtime.sessions() as session:
        assert f"<front>{message}.jpg</front>" in session.scalars(select(Report.xml)).one()


def test_a_late_photo_answers_nothing(town: Town) -> None:
    officer = on_form(town, image("front", "ภาพหน้าบ้าน"), image("back", "ภาพหลังบ้าน"))
    officer.photo()
    first = answers(town)
    event = officer.event({"type": "message", "message": {"type": "image", "contentProvider": {"type": "line"}}})
    officer.deliver({**event, "timestamp": 1})
    assert answers(town) == first
