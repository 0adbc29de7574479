"""Village leaders: the QR, photos that never wait for the office, house numbers; and who approves them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.area import Area, AreaKind, Household
from models.media import Media
from models.people import LineAccount, Membership
from tests.integration.services.towns import rows
from tests.support.chat import Phone, Town

VILLAGE = "หมู่ 5 บ้านตัวอย่าง ต.สานตม อ.ภูเรือ"


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("บุญมี ตัวอย่าง", "leader", "42070605")


def test_the_villages_qr_knows_its_leader_and_waits_for_the_district(town: Town, officer: Phone) -> None:
    guest = town.stranger()
    assert f"ท่านคือ นายบุญมี ตัวอย่าง ผู้นำชุมชน {VILLAGE}" in guest.say("เข้าร่วม 42070605")
    assert "รอพัฒนาชุมชนอำเภอยืนยัน" in guest.say("ใช่")
    assert "เก็บแล้ว 1 รูป" in guest.photo()
    assert "เก็บแล้ว 2 รูป" in guest.photo()
    assert "ยังรอพัฒนาชุมชนอำเภอยืนยัน" in guest.say("12/3")
    assert "ยังรอพัฒนาชุมชนอำเภอยืนยัน" in guest.say("42070605")
    assert f"ขอเข้าร่วมเป็นผู้นำชุมชน {VILLAGE}" in officer.say("คำขอ")
    assert "ยืนยัน นายบุญมี ตัวอย่าง เป็นผู้นำชุมชน" in officer.press("ยืนยันให้เข้าร่วม")
    assert "คำขอเข้าร่วมได้รับการยืนยันแล้ว" in guest.say("สวัสดี")
    shown = guest.say("12")
    assert "บันทึกบ้านเลขที่ 12 แล้ว ✔" in shown
    assert "รูปที่ส่งเวลา" in shown


def test_a_village_without_a_name_in_the_register_asks_for_it(town: Town) -> None:
    guest = town.stranger()
    assert "กรุณาพิมพ์ชื่อ" in guest.say("เข้าร่วม 42010201")
    shown = guest.say("นายคำ ตัวอย่าง ผู้ใหญ่บ้าน")
    assert "ท่านคือ นายคำ ตัวอย่าง ผู้ใหญ่บ้าน ผู้นำชุมชน หมู่ 1 บ้านตัวอย่างเมือง 1 ต.เมือง อ.เมืองเลย" in shown


def test_an_unknown_village_and_ones_own_village(town: Town, leader: Phone) -> None:
    assert "ไม่พบหมู่บ้านรหัส 42999999" in leader.say("เข้าร่วม 42999999")
    assert "อยู่แล้ว ใช้งานต่อได้เลย" in leader.say("เข้าร่วม 42070605")


def test_a_decision_can_be_typed_when_one_request_waits(town: Town, officer: Phone) -> None:
    guest = town.stranger()
    guest.say("42070605")
    guest.say("ใช่")
    assert "ไม่ยืนยันคำขอของ นายบุญมี ตัวอย่าง แล้ว" in officer.say("ไม่ให้เข้าร่วม")
    assert "ไม่มีคำขอเข้าร่วมที่รอยืนยัน" in officer.say("ยืนยันให้เข้าร่วม")


def test_two_requests_are_never_decided_by_one_word(town: Town, staff: Phone) -> None:
    for village in ("42070605", "42070601"):
        guest = town.stranger()
        guest.say(village)
        guest.say("นายคำ ตัวอย่าง")
        guest.say("ใช่")
    assert "มีคำขอเข้าร่วมรอยืนยัน 2 คำขอ" in staff.say("ยืนยันให้เข้าร่วม")
    assert "ยืนยัน " in staff.press("ยืนยันให้เข้าร่วม")
    gone = staff.buttons()[0]
    staff.press("ไม่ให้เข้าร่วม")
    assert "คำขอนี้มีผู้ดำเนินการไปแล้ว" in staff.touch(gone)


def test_a_photo_then_its_house_by_button_or_words(leader: Phone) -> None:
    assert "เป็นบ้านเลขที่ใด" in leader.photo()
    assert leader.labels() == ["12", "12/1", "14", "15", "15/2", "16", "ใบลายเซ็น"]
    shown = leader.press("12/1")
    assert "บันทึกบ้านเลขที่ 12/1 แล้ว ✔" in shown
    assert "เหลือ 119 หลัง" in shown
    leader.photo()
    assert "บันทึกบ้านเลขที่ 14 แล้ว" in leader.say("๑๔")


def test_a_house_that_the_register_lacks_is_added_and_said_so(leader: Phone) -> None:
    leader.photo()
    assert "ไม่มีในทะเบียน เพิ่มให้แล้ว" in leader.say("999/9")


def test_words_that_are_no_house_number_ask_again_while_a_photo_waits(leader: Phone) -> None:
    leader.photo()
    assert "ยังอ่านเป็นเลขที่บ้านไม่ได้" in leader.say("หลังริมคลอง")
    assert "บันทึกบ้านเลขที่ 12 แล้ว" in leader.say("12")
    assert "ส่งรูปบ้านหลังนี้มาได้เลย" in leader.say("14")
    assert "ยังไม่เข้าใจข้อความนี้" in leader.say("หลังริมคลอง")


def test_a_doubtful_house_number_waits_for_a_yes(leader: Phone) -> None:
    leader.photo()
    assert "ยังอ่านเป็นเลขที่บ้านไม่ได้" in leader.say("บ้านสีฟ้าหลังวัด")
    assert "หมายถึงบ้านเลขที่ 14 ใช่หรือไม่" in leader.say("14 ใกล้วัด")
    assert "บันทึกบ้านเลขที่ 14 แล้ว" in leader.say("ใช่")
    leader.photo()
    leader.say("14 ใกล้วัด")
    assert "บันทึกบ้านเลขที่ 14 แล้ว" in leader.press("ใช่")
    leader.photo()
    leader.say("14 ใกล้วัด")
    leader.photo()
    assert "ยังอ่านเป็นเลขที่บ้านไม่ได้" in leader.say("ใช่")


def test_what_is_left_is_listed_a_page_at_a_time(leader: Phone) -> None:
    shown = leader.say("หลังที่เหลือ")
    assert "มีรูปหรือกรณีแล้ว 0 จาก 120 หลัง" in shown
    assert "และอีก 80 หลัง" in shown
    assert "เหลือ 120 หลังที่ยังไม่มีรูป" in leader.say("ของฉันค้างอะไร")
    assert "ถ่ายรูปบ้านแล้วส่งมา" in leader.say("ส่งรูป")
    assert "พิมพ์เลขที่บ้าน" in leader.say("ช่วยเหลือ")
    assert "การรายงานเป็นหน้าที่ของอำเภอ" in leader.say("รายงาน")


def test_a_village_without_a_register_still_takes_photos(bare_town: Town) -> None:
    with bare_town.runtime.sessions() as session, session.begin():
        session.add(
            Area(
                code="42070601",
                kind=AreaKind.VILLAGE.value,
                parent_code="420706",
                name_th="บ้านใหม่",
                name_en="Ban Mai",
                moo=1,
            )
        )
    leader = bare_town.person("บุญมี ตัวอย่าง", "leader", "42070601")
    assert "ยังไม่มีทะเบียนบ้าน" in leader.say("หลังที่เหลือ")
    assert "ส่งรูปแล้ว 0 หลัง" in leader.say("ของฉันค้างอะไร")
    leader.photo()
    assert "รวม 1 หลัง" in leader.say("12")


def test_who_looks_after_two_villages_says_which(town: Town) -> None:
    leader = town.person("บุญมี ตัวอย่าง", "leader", "42070605")
    with town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount).where(LineAccount.line_user_id == leader.user_id)).one()
        session.add(
            Membership(person_id=account.person_id, role="leader", area_code="42070601", since=town.clock.now())
        )
    assert "ท่านดูแลหลายหมู่บ้าน" in leader.photo()
    assert "ท่านดูแลหลายหมู่บ้าน" in leader.say("12")
    assert f"เป็นบ้านเลขที่ใดใน {VILLAGE}" in leader.press(VILLAGE)
    assert "บันทึกบ้านเลขที่ 12 แล้ว" in leader.press("12")
    assert [media.village_code for media in rows(town, select(Media))] == ["42070605"]
    assert f"เป็นบ้านเลขที่ใดใน {VILLAGE}" in leader.photo()
    assert "ท่านดูแลหลายหมู่บ้าน" in leader.press("เปลี่ยนหมู่บ้าน")
    assert "ท่านดูแลหลายหมู่บ้าน" in leader.say("12/1")
    leader.press(VILLAGE)
    choice = leader.buttons()[-1]
    assert "บันทึกบ้านเลขที่ 12/1 แล้ว" in leader.press("12/1")
    leader.touch(choice)
    assert "ถ่ายรูปบ้านแล้วส่งมา" in leader.press(VILLAGE)


def test_photos_of_who_looks_after_no_village_are_not_kept(town: Town, officer: Phone) -> None:
    assert "ไม่ได้ดูแลหมู่บ้านใด" in officer.photo()
    assert "ไม่ได้ดูแลหมู่บ้านใด" in officer.say("หลังที่เหลือ")
    assert "ไม่ได้ดูแลหมู่บ้านใด" in officer.postback("do=house&no=12")
    assert rows(town, select(Media)) == []


def test_a_full_village_is_thanked(town: Town, leader: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        for house in session.scalars(select(Household).where(Household.house_no != "12")):
            session.delete(house)
    leader.photo()
    assert "ครบทุกหลังแล้ว ขอบคุณ" in leader.press("12")
    assert "มีรูปหรือกรณีครบทั้ง 1 หลังแล้ว" in leader.say("หลังที่เหลือ")
    assert "มีรูปครบทุกหลังแล้ว" in leader.say("ของฉันค้างอะไร")
