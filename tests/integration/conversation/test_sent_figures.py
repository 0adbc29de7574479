"""Boxes that leaders have filled by what they sent: shown with their source, not asked, corrected as any other."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from models.media import Media
from models.obligation import Report
from models.signature import Signature
from tests.integration.conversation.evidence import complete, counted, villages_of, without_list
from tests.integration.conversation.reports import HOUSEHOLDS, VILLAGES, go_to
from tests.integration.services.towns import one, rows
from tests.support.chat import Phone, Town

LISTED = "42070605"


@pytest.fixture
def all_sent(town: Town, officer: Phone) -> list[str]:
    """Every village has sent one house; one house waits for its signature."""
    villages = villages_of(town, "4207")
    without_list(town, LISTED)
    for place, village in enumerate(villages):
        complete(town, village, signed=place > 0)
    counted(town)
    return villages


def test_what_every_village_sent_is_shown_and_not_asked(town: Town, officer: Phone, all_sent: list[str]) -> None:
    assert "และที่ผู้นำส่งมา กรอกให้แล้ว 16 ช่อง" in officer.say("รายงาน")
    officer.say("อยู่ระหว่าง")
    shown = officer.say("ทำแล้วทั้งสองอย่าง")
    assert "ผู้นำส่งมา: 8 ตรวจทานแล้ว 47 · 9 ครบ 46" in shown
    assert "5 หมู่บ้านตรวจแล้ว 47 · 6 รับรอง 0" in shown
    for answer in ("30 มิ.ย. 64", "อยู่ระหว่าง", "0", "ไม่มีข้อมูลที่อำเภอ", "ไม่มี"):
        shown = officer.say(answer)
    assert "47 จาก 6,240 (1%) · ครบ 46" in shown
    assert officer.say("ทบทวน").count("(ผู้นำส่งมา)") == 9
    officer.say("8=900")
    form = officer.say("ทบทวน")
    assert "8 ครัวเรือนที่ตรวจทานแล้ว: 900\n" in form
    assert form.count("(ผู้นำส่งมา)") == 8


def test_a_part_of_the_villages_is_told_beside_the_question(town: Town, officer: Phone) -> None:
    for village in villages_of(town, "4207")[:3]:
        complete(town, village)
        complete(town, village, signed=False)
    counted(town)
    assert "ผู้นำ" not in go_to(officer, VILLAGES)
    shown = officer.say("21 15")
    assert "ผู้นำส่งมาทาง LINE แล้ว: ตรวจ 6 ครบ 3 จาก 3 หมู่บ้าน" in shown
    assert "ครัวเรือน (ครบ คือ มีรูปและลายเซ็น)" in shown
    assert "ยังไม่ครบ 110" in officer.say("3150 3040")


def test_without_anything_sent_the_question_is_as_it_was(officer: Phone) -> None:
    assert "LINE" not in go_to(officer, HOUSEHOLDS)


def fill_in(officer: Phone) -> str:
    """A report whose figures the leaders have sent, up to the card."""
    officer.say("รายงาน")
    for answer in ("อยู่ระหว่าง", "ทำแล้วทั้งสองอย่าง", "30 มิ.ย. 64", "อยู่ระหว่าง", "0", "ไม่มีข้อมูลที่อำเภอ", "ไม่มี"):
        shown = officer.say(answer)
    assert "ยืนยันส่ง" in shown
    return shown


@pytest.mark.parametrize("confirm", ["tap", "type"])
def test_what_changes_before_the_confirmation_is_shown_and_not_sent_unseen(
    town: Town, officer: Phone, all_sent: list[str], confirm: str
) -> None:
    fill_in(officer)
    complete(town, all_sent[0])
    counted(town)
    shown = officer.press("ยืนยันส่ง") if confirm == "tap" else officer.say("ยืนยันส่ง")
    assert "เปลี่ยนไปจากที่ท่านเห็น" in shown
    assert "ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: เดิม 47 → ใหม่ 48" in shown
    assert "48 จาก 6,240" in shown
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")
    sent = one(town, select(Report)).answers["answers"]
    assert (sent["t3_hh_checked"][0], sent["t3_hh_complete"][0]) == ("48", "47")


def test_what_changes_between_two_questions_is_told_once(town: Town, officer: Phone, all_sent: list[str]) -> None:
    officer.say("รายงาน")
    officer.say("อยู่ระหว่าง")
    complete(town, all_sent[0])
    counted(town)
    assert "ใหม่ 48" in officer.say("ทำแล้วทั้งสองอย่าง")
    assert "เปลี่ยนไป" not in officer.say("30 มิ.ย. 64")


def test_a_corrected_box_stays_corrected_whatever_is_sent(town: Town, officer: Phone, all_sent: list[str]) -> None:
    fill_in(officer)
    officer.say("8=900")
    complete(town, all_sent[0])
    counted(town)
    shown = officer.press("ยืนยันส่ง")
    assert "ช่อง 9 ครัวเรือนที่มีรูปถ่ายและลายเซ็นครบ: เดิม 46 → ใหม่ 47" in shown
    assert "ช่อง 8" not in shown
    officer.press("ยืนยันส่ง")
    assert one(town, select(Report)).answers["answers"]["t3_hh_checked"][0] == "900"


def test_figures_of_a_district_that_becomes_partial_again_are_asked(
    town: Town, officer: Phone, all_sent: list[str]
) -> None:
    fill_in(officer)
    with town.runtime.sessions() as session, session.begin():
        session.execute(delete(Signature).where(Signature.village_code == all_sent[-1]))
        session.execute(delete(Media).where(Media.village_code == all_sent[-1]))
    counted(town)
    shown = officer.press("ยืนยันส่ง")
    assert "เปลี่ยนไปจากที่ท่านเห็น" in shown
    assert "หมู่บ้าน" in shown
    assert rows(town, select(Report)) == []
