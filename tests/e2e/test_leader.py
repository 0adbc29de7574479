from __future__ import annotations

from tests.support import pictures
from tests.support.people import Someone
from tests.support.screen import screen
from tests.support.stage import Stage

PHOTO = pictures.jpeg()


def test_a_photo_is_bound_to_the_house_that_is_tapped_or_typed(stage: Stage, leader: Someone) -> None:
    assert "เป็นบ้านเลขที่ใด" in leader.photo(PHOTO)
    assert "บันทึกบ้านเลขที่ 12 แล้ว" in leader.tap("12")
    assert "เหลือ 119 หลัง" in leader.screen()
    leader.photo(pictures.jpeg(2))
    assert "บันทึกบ้านเลขที่ 14 แล้ว" in leader.say("บ้านเลขที่ ๑๔")
    assert "มีรูปหรือกรณีแล้ว 2 จาก 120 หลัง" in leader.say("หลังที่เหลือ")
    stage.settle()
    assert len(stage.stored_files()) == 4


def test_an_album_is_summed_up_once_and_its_houses_come_in_one_line(stage: Stage, leader: Someone) -> None:
    assert "ได้รับ 3 รูป" in leader.photo(*(pictures.jpeg(number) for number in range(3)))
    assert "ถูกต้อง ใช่หรือไม่" in leader.say("15 15/2 16")
    assert "บันทึก 3 หลังแล้ว" in leader.tap("ถูกต้อง")
    stage.settle()
    assert len(stage.stored_files()) == 6


def test_a_photo_that_is_taken_back_leaves_no_bytes_behind(stage: Stage, leader: Someone) -> None:
    leader.photo(PHOTO)
    leader.tap("12")
    stage.settle()
    assert len(stage.stored_files()) == 2
    leader.unsend(leader.sent_messages()[0].message_id)
    stage.settle()
    assert stage.stored_files() == []
    assert "มีรูปหรือกรณีแล้ว 0 จาก 120 หลัง" in leader.say("หลังที่เหลือ")


HOSTILE = (
    pictures.PDF,
    pictures.HEIC,
    pictures.animation(),
    pictures.bomb(),
    pictures.jpeg()[:-2000],
    b"\xff\xd8" + bytes(25_000_000),
)


def test_files_that_are_no_photos_leave_nothing_behind_and_each_is_answered(stage: Stage, leader: Someone) -> None:
    for content in HOSTILE:
        stage.simulator.photo(leader.user_id, content, wait=True)
    stage.settle(seconds=120)
    assert stage.stored_files() == []
    leader.say("เมนู")
    told = screen([each.message for each in leader.bubbles()])
    for words in ("เป็นเอกสาร", "เปิดไม่ได้", "ภาพเคลื่อนไหว", "ละเอียดเกิน", "มาไม่ครบ", "ใหญ่เกิน"):
        assert words in told


def test_what_is_hidden_behind_or_within_a_photo_is_not_kept(stage: Stage, leader: Someone) -> None:
    leader.photo(pictures.jpeg(exif=pictures.with_place()) + b"<script>alert(1)</script>")
    stage.settle()
    for stored in stage.stored_files():
        assert b"Telephone" not in stored
        assert b"<script>" not in stored


def test_a_text_that_is_taken_back_stands_nowhere_in_the_database(stage: Stage, officer: Someone) -> None:
    words = "สะพานขาดที่ห้วยน้ำหมาน"
    officer.say("รายงาน")
    for answer in ("2", "1", "21 15", "3150 3040", "40 35 12 38 9", "30 มิ.ย. 64", "2", "0", "1"):
        officer.say(answer)
    assert words in officer.say(words)
    officer.say("ทบทวน")
    assert stage.tables_with(words)
    officer.unsend(officer.sent_messages()[-2].message_id)
    stage.settle()
    assert stage.tables_with(words) == []
    assert "ปัญหา/อุปสรรค" in officer.say("รายงาน")


def test_a_photo_that_line_has_lost_is_asked_for_again(stage: Stage, leader: Someone) -> None:
    stage.simulator.fault("content_gone")
    leader.photo(PHOTO)
    stage.settle()
    assert "กรุณาส่งรูปนี้อีกครั้ง" in leader.say("เมนู")


def test_a_photo_is_fetched_later_when_line_is_not_ready(stage: Stage, leader: Someone) -> None:
    stage.simulator.fault("content_not_ready", times=2)
    leader.photo(PHOTO)
    stage.settle()
    assert len(stage.stored_files()) == 2
