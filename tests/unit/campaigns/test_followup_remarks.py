"""The sums of the Loei form that should hold: what is said when they do not, and that they never stand in the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.values import answer
from tests.unit.campaigns.test_followup_rules import reported
from tests.unit.campaigns.walk import refused

DIFFERS = ("t4_fix_hh_dashboard", "soft", "ยอด Dashboard กับผลรวมตำบลต่างกัน 7")
NUMBERS = ("t3_villages_checked", "t3_certificates", "t3_hh_checked", "t3_hh_complete", "t3_hh_target")
CASES = ("t3_e31", "t3_e32", "t3_e33", "t3_e34", "t3_e35")


def noted(language: str = "th", **changes: str) -> list[tuple[str, str, str]]:
    values = answer(reported(), changes)
    return [
        (item.name, item.check, values.text(item.message, language) if item.message else "")
        for item in values.remarks()
    ]


def test_the_dashboard_that_differs_is_all_that_is_noted_in_the_usual_report() -> None:
    assert noted() == [DIFFERS]
    assert noted(t4_fix_hh_dashboard="6240") == []


@pytest.mark.parametrize(
    ("changes", "box", "told"),
    [
        (
            {"t3_e31": "10"},
            "t3_e31",
            "ยังไม่ครบ 110 แต่แจกแจงไว้ 95 ขาดอีก 15 ครัวเรือนที่ยังไม่ระบุกรณี",
        ),
        ({"t3_e34": "130"}, "t3_e31", "ยังไม่ครบ 110 แต่มีกรณีหนึ่งถึง 130 เกินไป 20 ครัวเรือน"),
        ({"t3_certificates": "22"}, "t3_certificates", "หมู่บ้านที่เซ็นรับรองแล้ว 22 มากกว่าที่ตรวจทานแล้ว 21"),
        (
            {"t3_hh_target": "3000"},
            "t3_hh_checked",
            "ครัวเรือนที่ตรวจทานแล้ว 3150 มากกว่าที่ต้องตรวจทาน 3000",
        ),
        (
            {"t3_hh_target": "60001"},
            "t3_hh_target",
            "ครัวเรือนที่ต้องตรวจทาน 60001 เกิน 60,000 ซึ่งมากผิดปกติสำหรับหนึ่งอำเภอ",
        ),
        (
            {"t3_villages_total": "301"},
            "t3_villages_total",
            "หมู่บ้าน/ชุมชนทั้งหมด 301 เกิน 300 ซึ่งมากผิดปกติสำหรับหนึ่งอำเภอ",
        ),
        (
            {"t4_fix_prev_year_records": "60001"},
            "t4_fix_prev_year_records",
            "ระเบียนปี 2562 ที่พบ 60001 เกิน 60,000 ซึ่งมากผิดปกติสำหรับหนึ่งอำเภอ",
        ),
    ],
)
def test_a_sum_that_does_not_agree_is_told_with_its_figures(changes: dict[str, str], box: str, told: str) -> None:
    assert (box, told) in [(name, words) for name, _check, words in noted(**changes)]


@pytest.mark.parametrize(
    "changes", [{"t3_e31": "25"}, {"t3_e32": "110"}, {"t3_hh_complete": "3150"}, {"t3_e35": "900"}]
)
def test_cases_may_overlap_and_the_fifth_may_be_anything(changes: dict[str, str]) -> None:
    """A household may carry two marks, and a corrected one may be complete."""
    assert noted(**changes) == [DIFFERS]


def test_a_typing_error_in_one_box_is_noted_once_for_it() -> None:
    found = [name for name, _check, _words in noted(t3_hh_checked="61000", t3_hh_complete="60890")]
    assert found.count("t3_hh_checked") == 1


def test_running_counts_are_those_that_cannot_fall() -> None:
    running = [item.box for item in reported().questions.values() if item.running]
    assert running == [5, 6, 8, 9, 23, 25]


counts = st.integers(0, 99_999).map(str)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*NUMBERS, *CASES]), counts))
def test_whatever_is_typed_a_remark_can_be_told_in_both_languages_and_mended(changes: dict[str, str]) -> None:
    values = answer(reported(), changes)
    for item in values.remarks():
        assert item.message is not None
        assert all("{" not in values.text(item.message, language) for language in ("th", "en"))
        assert item.boxes


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*NUMBERS, *CASES]), counts))
def test_only_hard_checks_refuse(changes: dict[str, str]) -> None:
    """A box that only soft checks speak of is never a problem: the report can be sent."""
    values = answer(reported(), changes)
    hard = {item.name for item in values.questions.values() if item.has_constraint or item.required}
    assert set(refused(values)) <= hard
    number = {name: int(values.get(name) or 0) for name in (*NUMBERS, *CASES)}
    is_possible = (
        number["t3_hh_complete"] <= number["t3_hh_checked"]
        and max(number["t3_villages_checked"], number["t3_certificates"]) <= int(values.get("t3_villages_total"))
        and all(number[name] <= number["t3_hh_checked"] for name in CASES)
    )
    assert (refused(values) == []) is is_possible
