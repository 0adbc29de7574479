"""The arithmetic coach: sums that do not agree wait for the card, each with its mending, and nothing is held up."""

from __future__ import annotations

from sqlalchemy import select

from models.obligation import Draft, Report
from tests.integration.conversation.reports import CASES, REVIEW, go_to, send
from tests.integration.services.towns import one
from tests.support.chat import Phone, Town

DASHBOARD = "ข้อสังเกต 1: ยอด Dashboard กับผลรวมตำบลต่างกัน 7"
UNLISTED = "ยังไม่ครบ 110 แต่แจกแจงไว้ 95 ขาดอีก 15 ครัวเรือนที่ยังไม่ระบุกรณี"


def at_review(officer: Phone, *edits: str) -> str:
    shown = go_to(officer, REVIEW)
    for words in edits:
        shown = officer.say(words)
    return shown


def test_a_remark_stands_on_the_card_with_its_mending_and_a_reason_to_give(officer: Phone) -> None:
    assert DASHBOARD in at_review(officer)
    assert officer.labels() == ["ยืนยันส่ง", "แก้ช่อง 17", "ระบุเหตุผล", "ดูแบบฟอร์ม", "แก้ไข"]


def test_nothing_is_said_of_sums_while_answering(officer: Phone) -> None:
    go_to(officer, CASES)
    assert "ขาดอีก" not in officer.say("10 35 12 38 9")


def test_a_report_with_remarks_can_be_sent_as_it_is(town: Town, officer: Phone) -> None:
    at_review(officer, "10=10", "6=30")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")
    assert one(town, select(Report)).explained == {}


def test_one_tap_asks_the_block_again_and_returns_to_the_card(officer: Phone) -> None:
    assert UNLISTED in at_review(officer, "10=10")
    shown = officer.press("แก้ช่อง 10-14")
    assert "ที่บันทึกไว้: ๓.๑ 10 · ๓.๒ 35" in shown
    shown = officer.say("40 35 12 38 9")
    assert "โปรดตรวจก่อนส่ง" in shown
    assert "ขาดอีก" not in shown


def test_one_tap_asks_a_single_box_and_returns_to_the_card(officer: Phone) -> None:
    at_review(officer)
    assert "ช่อง 17 ครัวเรือนตามหน้า Dashboard ของอำเภอ บันทึกไว้ว่า 6,247" in officer.press("แก้ช่อง 17")
    shown = officer.say("6240")
    assert "โปรดตรวจก่อนส่ง" in shown
    assert "ข้อสังเกต" not in shown


def test_a_reason_is_kept_word_for_word_and_no_longer_asked(town: Town, officer: Phone) -> None:
    at_review(officer)
    shown = officer.press("ระบุเหตุผล")
    assert "กรุณาพิมพ์เหตุผลในข้อความเดียว" in shown
    assert officer.labels() == ["1 ตรวจแล้ว ตรงตามจริง", "2 Dashboard ยังไม่ปรับยอด", "3 มีครัวเรือนย้ายเข้าหรือย้ายออก"]
    shown = officer.say("ช่อง 17 มีบ้านเลขที่ 12 ซ้ำ 7 หลัง")
    assert f"{DASHBOARD} (เหตุผล: ช่อง 17 มีบ้านเลขที่ 12 ซ้ำ 7 หลัง)" in shown
    assert officer.labels() == ["ยืนยันส่ง", "ดูแบบฟอร์ม", "แก้ไข"]
    assert one(town, select(Draft)).explained["t4_fix_hh_dashboard.soft"]["words"] == "ช่อง 17 มีบ้านเลขที่ 12 ซ้ำ 7 หลัง"
    officer.press("ยืนยันส่ง")
    assert one(town, select(Report)).explained["t4_fix_hh_dashboard.soft"]["figures"] == {
        "t4_fix_hh_dashboard": "6247",
        "t4_fix_hh_sum": "6240",
    }


def test_a_ready_reason_is_one_tap_or_its_number(officer: Phone) -> None:
    at_review(officer)
    officer.press("ระบุเหตุผล")
    assert "(เหตุผล: Dashboard ยังไม่ปรับยอด)" in officer.press("2 Dashboard ยังไม่ปรับยอด")
    officer.say("ระบุเหตุผล 1")
    assert "(เหตุผล: มีครัวเรือนย้ายเข้าหรือย้ายออก)" in officer.say("3")


def test_a_reason_is_gone_when_its_figures_change_and_others_stay(town: Town, officer: Phone) -> None:
    at_review(officer, "ระบุเหตุผล", "Dashboard ยังไม่ปรับยอด")
    assert "(เหตุผล: Dashboard ยังไม่ปรับยอด)" in officer.say("5=22")
    shown = officer.say("17=6250")
    assert "ข้อสังเกต 1: ยอด Dashboard กับผลรวมตำบลต่างกัน 10" in shown
    assert "เหตุผล:" not in shown
    assert one(town, select(Draft)).explained == {}


def test_a_change_of_a_sent_report_shows_what_it_moved_and_its_mending(officer: Phone) -> None:
    send(officer)
    shown = officer.say("แก้ 8=3510")
    assert "ยังไม่ครบ 470 แต่แจกแจงไว้ 125 ขาดอีก 345" in shown
    assert "Dashboard" not in shown
    assert "ฉบับแก้ไขที่ 1" in officer.press("ยืนยันการแก้ไข")
