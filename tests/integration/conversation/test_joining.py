"""Becoming somebody the service knows: codes, requests, a village's QR, a new phone."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.campaign import Campaign
from models.people import Role
from services.people import invitations
from tests.integration.services.towns import account_of
from tests.support.chat import Phone, Town


@pytest.fixture
def guest(town: Town) -> Phone:
    return town.stranger()


def code(town: Town, role: str, area: str, name: str = "") -> str:
    with town.runtime.sessions() as session, session.begin():
        return invitations.invite(session, Role(role), area, town.clock.now(), name=name)


def test_a_stranger_is_welcomed_with_an_example_code_and_a_way_without_one(guest: Phone) -> None:
    shown = guest.follow()
    assert "ยินดีต้อนรับ" in shown
    assert "4207-KX3M" in shown
    assert guest.labels() == ["ไม่มีรหัส ขอเข้าร่วม"]


def test_a_named_code_asks_for_identity_and_consent_in_one_tap(town: Town, guest: Phone) -> None:
    shown = guest.say(f"เข้าร่วม {code(town, 'deputy', '4207', 'นายวิชัย ตัวอย่าง')}")
    assert "ท่านคือ นายวิชัย ตัวอย่าง ผู้แทนรายงาน อำเภอภูเรือ ใช่หรือไม่" in shown
    joined = guest.press("ใช่ และรับทราบ")
    assert "เข้าร่วมเรียบร้อยแล้ว" in joined
    assert guest.labels() == ["รายงาน", "เมนู"]
    assert "รายงานครั้งที่ 1 · อำเภอภูเรือ" in guest.press("รายงาน")


@pytest.mark.parametrize("written", ["{}", "เข้าร่วม {}", "join {}", "รหัสคือ {} ค่ะ"])
def test_a_code_is_found_wherever_it_stands(town: Town, guest: Phone, written: str) -> None:
    secret = code(town, "officer", "4207", "สมใจ ตัวอย่าง")
    assert "สมใจ ตัวอย่าง" in guest.say(written.format(secret.lower()))


def test_the_provinces_staff_join_with_their_short_code(town: Town, guest: Phone) -> None:
    secret = code(town, "staff", "42", "นุช ตัวอย่าง")
    assert "เจ้าหน้าที่ จังหวัดเลย" in guest.say(secret)
    guest.press("ใช่ และรับทราบ")
    assert "ส่งแล้ว 0 จาก 14" in guest.press("ใครยังไม่ส่ง")


def test_a_code_without_a_name_asks_for_it_first(town: Town, guest: Phone) -> None:
    assert "กรุณาพิมพ์ชื่อ นามสกุล และตำแหน่ง" in guest.say(code(town, "officer", "4201"))
    assert "ยังไม่ทราบชื่อ" in guest.say("555")
    assert "ยังไม่ทราบชื่อ" in guest.say("ก" * 200)
    assert "นางสมศรี ตัวอย่าง ผู้รับผิดชอบรายงาน อำเภอเมืองเลย" in guest.say("นางสมศรี ตัวอย่าง")
    assert "ท่านเป็นผู้รับผิดชอบรายงานของอำเภอเมืองเลย" in guest.say("รับทราบ")


@pytest.mark.parametrize("wish", ["ยกเลิก", "ย้อน", "พัก", "ไม่ใช่"])
def test_a_wish_to_stop_is_no_name(guest: Phone, wish: str) -> None:
    guest.say("ขอเข้าร่วม")
    assert "ยกเลิกแล้ว ยังไม่ได้เข้าร่วม" in guest.say(wish)


@pytest.mark.parametrize("words", ["ขอบคุณ", "รายงาน", "ใช่", "สวัสดีครับ"])
def test_thanks_and_commands_are_no_names(guest: Phone, words: str) -> None:
    guest.say("ขอเข้าร่วม")
    assert "ยังไม่ทราบชื่อและนามสกุล" in guest.say(words)


def test_help_and_the_menu_come_back_to_the_question(guest: Phone) -> None:
    guest.say("ขอเข้าร่วม")
    assert "กรุณาพิมพ์ชื่อ" in guest.say("ช่วยเหลือ")
    guest.say("เมนู")
    assert "ท่านอยู่อำเภอใด" in guest.say("สมใจ ตัวอย่าง")
    assert "ท่านอยู่อำเภอใด" in guest.say("ติดต่อจังหวัด")
    assert guest.labels()[0] == "อำเภอเมืองเลย"


def test_the_notice_says_how_long_the_campaign_keeps_things(town: Town, guest: Phone) -> None:
    assert "รูปบ้าน 90 วัน ลายเซ็น 90 วัน ข้อความในแชต 90 วัน" in guest.say("ประกาศคุ้มครองข้อมูล")
    with town.runtime.sessions() as session, session.begin():
        campaign = session.scalars(select(Campaign)).one()
        campaign.settings = {**campaign.settings, "retention": {"photos": 30, "chats": None}}
    said = guest.say("ประกาศคุ้มครองข้อมูล")
    assert "รูปบ้าน 30 วัน ลายเซ็น 90 วัน ข้อความในแชต ตามระเบียบงานสารบรรณ" in said


def test_the_full_notice_is_one_tap_away_and_the_question_stays(town: Town, guest: Phone) -> None:
    guest.say(code(town, "officer", "4207", "สมใจ ตัวอย่าง"))
    shown = guest.press("อ่านประกาศฉบับเต็ม")
    assert "สิทธิของท่าน" in shown
    assert guest.labels() == ["ใช่ และรับทราบ", "ไม่ใช่", "อ่านประกาศฉบับเต็ม"]
    assert "ท่านคือ สมใจ ตัวอย่าง" in guest.say("อะไรนะครับนี่")
    assert "ยังไม่ได้ผูกชื่อนี้กับท่าน" in guest.say("ไม่ใช่")


def test_a_wrong_code_counts_down_and_the_fifth_pauses_codes_for_an_hour(town: Town, guest: Phone) -> None:
    assert "เหลืออีก 4 ครั้ง" in guest.say("4207-KX3N")
    guest.say("4207 kx3n")
    guest.say("๔๒๐๗-KX3N")
    assert "เหลืออีก 1 ครั้ง" in guest.say("4207KX3N")
    assert "พักการรับรหัสไว้ชั่วคราว" in guest.say("4207-AAAA")
    secret = code(town, "officer", "4207", "สมใจ ตัวอย่าง")
    assert "พักการรับรหัสไว้ชั่วคราว" in guest.say(secret)
    town.clock.civil += dt.timedelta(hours=2)
    assert "ท่านคือ สมใจ" in guest.say(secret)


def test_a_used_code_says_so_to_others_and_reassures_its_owner(town: Town, guest: Phone) -> None:
    secret = code(town, "officer", "4207", "สมใจ ตัวอย่าง")
    guest.say(secret)
    guest.press("ใช่ และรับทราบ")
    assert "ท่านเป็นผู้รับผิดชอบรายงาน อำเภอภูเรือ อยู่แล้ว" in guest.say(secret)
    other = town.stranger()
    assert "มีผู้ใช้ไปแล้ว" in other.say(secret)
    assert other.labels() == ["ขอเข้าร่วม"]


def test_a_code_that_somebody_else_uses_between_question_and_answer_is_refused(town: Town, guest: Phone) -> None:
    secret, other = code(town, "officer", "4207", "สมใจ ตัวอย่าง"), town.stranger()
    guest.say(secret)
    other.say(secret)
    other.press("ใช่ และรับทราบ")
    assert "มีผู้ใช้ไปแล้ว" in guest.press("ใช่ และรับทราบ")


def test_an_expired_code_says_so(town: Town, guest: Phone) -> None:
    secret = code(town, "officer", "4207")
    town.clock.civil += dt.timedelta(days=31)
    assert "หมดอายุแล้ว" in guest.say(secret)


def test_two_numbers_of_a_member_are_no_code(town: Town) -> None:
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    assert "รหัส" not in officer.say("3150 3040")
    assert "รหัส" not in officer.say("3150-3040")


def test_a_request_finds_the_district_in_the_same_line(guest: Phone) -> None:
    guest.say("ขอเข้าร่วม")
    shown = guest.say("มานี ตัวอย่าง นักวิชาการพัฒนาชุมชน อ.ภูเรือ")
    assert "จะขอเข้าร่วมในชื่อ มานี ตัวอย่าง นักวิชาการพัฒนาชุมชน อำเภอภูเรือ" in shown
    assert "รอเจ้าหน้าที่จังหวัดยืนยัน" in guest.press("ส่งคำขอ และรับทราบ")
    assert "ยังรอเจ้าหน้าที่จังหวัดยืนยัน" in guest.say("สวัสดี")
    assert "ยังรอเจ้าหน้าที่จังหวัดยืนยัน" in guest.say("ขอเข้าร่วม")
    assert "ยังรอเจ้าหน้าที่จังหวัดยืนยัน" in guest.follow()


def test_a_request_without_a_district_asks_for_it_by_buttons_or_words(guest: Phone) -> None:
    guest.say("ไม่มีรหัส ขอเข้าร่วม")
    shown = guest.say("มานี ตัวอย่าง นักวิชาการพัฒนาชุมชน")
    assert "อำเภอหนองหิน" in shown
    assert 'ไม่พบอำเภอชื่อ "เชียงใหม่"' in guest.say("เชียงใหม่")
    assert "อำเภอภูเรือ" in guest.say("ภูเรอ")


def test_the_district_can_be_tapped_and_changed_before_consent(guest: Phone) -> None:
    guest.say("ขอเข้าร่วม")
    guest.say("มานี ตัวอย่าง")
    buttons = guest.buttons()
    assert "มานี ตัวอย่าง อำเภอเมืองเลย" in guest.press("อำเภอเมืองเลย")
    assert "มานี ตัวอย่าง อำเภอนาด้วง" in guest.touch(buttons[1])
    assert "ส่งคำขอเข้าร่วมแล้ว" in guest.say("ใช่")


def test_stale_buttons_of_joining_explain_themselves(town: Town, guest: Phone) -> None:
    guest.say(code(town, "officer", "4207", "สมใจ ตัวอย่าง"))
    consent = guest.buttons()[0]
    guest.press("ไม่ใช่")
    assert "ยังไม่ได้เข้าร่วม" in guest.touch(consent)
    guest.say("ขอเข้าร่วม")
    assert "กรุณาพิมพ์ชื่อ" in guest.touch(consent)
    officer = town.person("สมศรี ตัวอย่าง", "officer", "4207")
    assert "ปุ่มนี้มาจากเรื่องก่อนหน้า" in officer.touch(consent)


def test_a_guest_hears_what_to_do_whatever_is_sent(guest: Phone) -> None:
    for shown in (guest.say("สวัสดี"), guest.other("sticker"), guest.other("audio"), guest.postback("do=send&o=1")):
        assert "4207-KX3M" in shown
    assert "42070605" in guest.photo()
    assert guest.say("เมนู").count("ขอเข้าร่วม") == 2
    assert "ประกาศการคุ้มครองข้อมูลส่วนบุคคล" in guest.say("4")
    guest.say("เมนู")
    assert "กรุณาพิมพ์ชื่อ" in guest.say("1")
    assert "กรุณาพิมพ์ชื่อ" in guest.other("sticker")
    assert "กรุณาพิมพ์ชื่อ" in guest.other("audio")


def test_leaving_and_coming_back_keeps_the_role(town: Town) -> None:
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    assert officer.unfollow() == ""
    shown = officer.follow()
    assert "ยินดีต้อนรับกลับ สมใจ ตัวอย่าง" in shown
    assert "ผู้รับผิดชอบรายงาน อำเภอภูเรือ" in shown


def test_a_member_takes_another_role_without_typing_the_name_again(town: Town) -> None:
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    assert "ท่านคือ สมใจ ตัวอย่าง" in officer.say(code(town, "staff", "42"))
    officer.press("ใช่ และรับทราบ")
    menu = officer.say("เมนู")
    assert "ใครยังไม่ส่ง" in menu
    assert "ของฉันค้างอะไร" in menu
    assert "ท่านอยู่อำเภอใด" in officer.say("ขอเข้าร่วม")


def test_a_new_phone_takes_the_work_along(town: Town) -> None:
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    officer.say("รายงาน")
    officer.say("อยู่ระหว่าง")
    with town.runtime.sessions() as session, session.begin():
        secret = invitations.invite(
            session, Role.OFFICER, "4207", town.clock.now(), name="สมใจ ตัวอย่าง", person_id=person_of(town, officer)
        )
    new = town.stranger()
    new.say(secret)
    new.press("ใช่ และรับทราบ")
    assert "เหลือ 9 คำถาม" in new.say("รายงาน")
    assert "ยังไม่ได้เข้าร่วม" in officer.say("รายงาน")


def person_of(town: Town, phone: Phone) -> int:
    return account_of(town, phone).person_id or 0
