from __future__ import annotations

import pytest

from bot.forms.values import Values, answer
from tests.unit.campaigns.test_followup_turns import KNOWN, USUAL
from tests.unit.campaigns.walk import PROVINCE, begun, phu_ruea, refused, review, said, walk


def reported(**changes: str) -> Values:
    values, _ = walk(begun("followup.md", KNOWN), USUAL | changes)
    return values


@pytest.mark.parametrize(
    ("box", "value", "message"),
    [
        ("t3_hh_complete", "3400", "ครบ 3400 มากกว่าที่ตรวจทานแล้ว 3150 กรุณาตรวจอีกครั้ง เช่น 900 850"),
        ("t3_villages_checked", "48", "หมู่บ้านที่ตรวจทานแล้ว 48 มากกว่าทั้งหมด 47 กรุณาพิมพ์จำนวนไม่เกิน 47 เช่น 12"),
        ("t3_certificates", "60", "หมู่บ้านที่เซ็นรับรองแล้ว 60 มากกว่าทั้งหมด 47 กรุณาพิมพ์จำนวนไม่เกิน 47 เช่น 9"),
        ("t3_e34", "3151", "กรณี ๓.๔ 3151 ครัวเรือน มากกว่าที่ตรวจทานแล้ว 3150 กรุณาพิมพ์จำนวนไม่เกินนั้น เช่น 3"),
        ("t4_weekly_count", "5", "รายงานประจำสัปดาห์ 5 ครั้ง เกินที่กำหนด 4 ครั้ง กรุณาพิมพ์ 0 ถึง 4 เช่น 3"),
        ("t4_meeting_count", "3", "ประชุมประจำเดือน 3 ครั้ง เกินที่กำหนด 2 ครั้ง กรุณาพิมพ์ 0 ถึง 2 เช่น 1"),
        ("t4_fix_tambons_short", "7", "ตำบลที่อาสาสมัครไม่ถึง 20 คน 7 มากกว่าตำบลทั้งหมด 6 กรุณาพิมพ์จำนวนไม่เกินนั้น เช่น 2"),
    ],
)
def test_an_impossible_number_is_refused_with_what_was_understood_and_what_is_needed(
    box: str, value: str, message: str
) -> None:
    values = answer(reported(), {box: value})
    problem = values.problem(box)
    assert problem is not None
    assert problem.message is not None
    assert values.text(problem.message, "th") == message


@pytest.mark.parametrize(
    "box", ["t3_villages_checked", "t3_certificates", "t3_hh_complete", "t3_e31", "t4_fix_tambons_short"]
)
def test_a_limit_that_is_not_known_refuses_nothing(box: str) -> None:
    assert answer(begun("followup.md", {}), {box: "900"}).problem(box) is None


def test_lowering_the_checked_households_finds_what_no_longer_fits() -> None:
    assert refused(answer(reported(), {"t3_hh_checked": "30"})) == ["t3_hh_complete", "t3_e31", "t3_e32", "t3_e34"]


def test_agreeing_takes_the_provinces_numbers_and_derives_the_statuses() -> None:
    values = reported()
    assert [values.get(name) for name in PROVINCE] == [*PROVINCE.values()]
    assert (values.get("t4_weekly_status"), values.get("t4_meeting_status")) == ("reporting", "reporting")


def test_correcting_them_asks_the_four_boxes_anew() -> None:
    typed = {"t4_weekly_count": "4", "t4_weekly_last": "2021-06-28", "t4_meeting_count": "0"}
    values, turns = walk(begun("followup.md", KNOWN), USUAL | typed | {"t4_known_ok": "edit"})
    assert dict(turns)["t4_counts"] == (*PROVINCE,)
    assert (values.get("t4_weekly_status"), values.get("t4_meeting_status")) == ("done", "not_started")
    assert not values.relevant("t4_meeting_dates")


def test_a_district_that_does_not_know_leaves_them_blank_with_a_remark() -> None:
    values = reported(t4_known_ok="no_data")
    assert [values.get(name) for name in PROVINCE] == ["", "", "", ""]
    assert (values.get("t4_weekly_status"), values.get("t4_no_data_remark")) == ("", "อำเภอไม่มีข้อมูล")


def test_changing_ones_mind_brings_the_provinces_numbers_back() -> None:
    values = answer(reported(t4_known_ok="edit"), {"t4_known_ok": "agree"})
    assert [values.get(name) for name in PROVINCE] == [*PROVINCE.values()]


def test_with_the_provinces_numbers_one_agrees_corrects_or_does_not_know() -> None:
    values = begun("followup.md", KNOWN)
    assert [choice.value for choice in values.choices("t4_known_ok")] == ["agree", "edit", "no_data"]
    assert said(values, "t4_known_weekly_dated").startswith("รายการที่ 3 รายงานประจำสัปดาห์: ส่งแล้ว 1 จาก 4 ครั้ง ล่าสุด ")
    assert values.relevant("t4_known_given")


def test_without_them_one_fills_in_or_does_not_know() -> None:
    values = begun("followup.md", phu_ruea())
    assert [choice.value for choice in values.choices("t4_known_ok")] == ["fill", "no_data"]
    assert values.relevant("t4_known_missing")
    values, turns = walk(values, USUAL | PROVINCE | {"t4_known_ok": "fill"})
    assert dict(turns)["t4_counts"] == (*PROVINCE,)
    assert refused(values) == []


def test_without_them_nobody_can_agree() -> None:
    assert refused(walk(begun("followup.md", phu_ruea()), USUAL)[0]) == ["t4_known_ok"]


def test_none_excludes_the_other_kinds_of_problem() -> None:
    assert refused(answer(reported(), {"problem_kinds": "none covid"})) == ["problem_kinds"]


def test_words_without_a_kind_count_as_another_problem() -> None:
    values = answer(reported(), {"remarks": "ฝนตกหนัก"})
    assert (values.get("problem_kinds"), values.get("remarks")) == ("other", "ฝนตกหนัก")


def test_another_problem_needs_words() -> None:
    assert refused(reported(problem_kinds="absent other")) == ["remarks"]


@pytest.mark.parametrize(
    ("words", "filed"),
    [
        ("รายการ 1: บ้านปิด รายการ 2: ยอดต่าง ข้อเสนอแนะ: ขอขยายเวลา", ["บ้านปิด", "ยอดต่าง", "ขอขยายเวลา"]),
        ("ข้อเสนอแนะ: ขอขยายเวลา รายการ ๑: บ้านปิด", ["บ้านปิด", "", "ขอขยายเวลา"]),
        ("row 2: totals differ suggestion: more time", ["", "totals differ", "more time"]),
        ("ฝนตกหนัก", ["", "", ""]),
    ],
)
def test_a_remark_is_kept_whole_and_filed_under_its_row(words: str, filed: list[str]) -> None:
    values = reported(problem_kinds="absent", remarks=words)
    assert values.get("remarks") == words
    assert [values.get(name) for name in ("t3_problem", "t4_fix_problem", "suggestions")] == filed


def test_what_follows_from_two_numbers_is_computed() -> None:
    values = reported()
    assert [values.get(name) for name in ("t3_not_complete", "t3_percent", "t4_fix_difference")] == ["110", "50", "7"]


def test_steps_1_and_2_are_one_answer_for_two_boxes() -> None:
    both = [
        (values.get("t3_letter_sent"), values.get("t3_leaders_contacted"))
        for values in map(steps, ("both", "letter", "none"))
    ]
    assert both == [("yes", "yes"), ("yes", "no"), ("no", "no")]


def steps(done: str) -> Values:
    return reported(t3_steps=done)


def test_the_review_card_says_everything_in_five_lines() -> None:
    assert review(reported()) == [
        "ข้อมูล ณ 2021-06-08",
        "1 ตรวจทานครัวเรือน: อยู่ระหว่าง · 3150 จาก 6240 (50%) · ครบ 3040",
        "2 แก้ไขตามคณะกรรมการ: อยู่ระหว่าง · ต่างจาก Dashboard 7",
        "3 รายงานสัปดาห์ 1/4 · 4 ประชุม 1/2",
        "อุปสรรค: ไม่มี",
    ]


def test_the_review_card_speaks_english() -> None:
    values = reported(
        t3_status="not_started",
        t4_fix_status="done",
        t4_known_ok="no_data",
        problem_kinds="absent covid",
        remarks="Rain",
    )
    assert review(values, "en") == [
        "Data as of 2021-06-08",
        "1 Household review: not started",
        "2 Corrections asked by the committee: completed · differs from the dashboard by 7",
        "3 Weekly reports · 4 Meetings: the district does not know",
        "Problems: households absent · COVID-19",
        "In your words: Rain",
    ]


def test_data_are_as_of_today_unless_said_otherwise() -> None:
    assert reported().get("as_of") == "2021-06-08"
