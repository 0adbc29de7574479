from __future__ import annotations

from bot.forms.values import answer
from tests.unit.campaigns.walk import PROVINCE, begun, phu_ruea, refused, said, walk

USUAL = {
    "t3_status": "reporting",
    "t3_steps": "both",
    "t3_villages_checked": "21",
    "t3_certificates": "15",
    "t3_hh_checked": "3150",
    "t3_hh_complete": "3040",
    "t3_e31": "40",
    "t3_e32": "35",
    "t3_e33": "12",
    "t3_e34": "38",
    "t3_e35": "9",
    "t3_finished_on": "2021-06-30",
    "t4_fix_status": "reporting",
    "t4_fix_prev_year_records": "0",
    "t4_known_ok": "agree",
    "problem_kinds": "none",
}
KNOWN = phu_ruea() | PROVINCE
CASES = ("t3_e31", "t3_e32", "t3_e33", "t3_e34", "t3_e35")
JOB_A = [
    ("t3_status", ("t3_status",)),
    ("t3_access", ("t3_steps",)),
    ("t3_villages", ("t3_villages_checked", "t3_certificates")),
    ("t3_households", ("t3_hh_checked", "t3_hh_complete")),
    ("t3_cases", CASES),
    ("t3_finish", ("t3_finished_on",)),
    ("t4_fix_status", ("t4_fix_status",)),
    ("t4_fix_numbers", ("t4_fix_prev_year_records",)),
    ("t4_known", ("t4_known_ok",)),
    ("problems", ("problem_kinds", "remarks")),
]


def steps(turns: list[tuple[str, tuple[str, ...]]]) -> list[str]:
    return [name for name, _ in turns]


def test_with_the_register_loaded_a_first_report_takes_the_ten_questions_of_job_a() -> None:
    values, turns = walk(begun("followup.md", KNOWN), USUAL)
    assert turns == JOB_A
    assert refused(values) == []


def test_ten_questions_are_announced_before_the_first_is_answered() -> None:
    assert [step.name for step, _ in begun("followup.md", KNOWN).due()] == [name for name, _ in JOB_A]


def test_twelve_boxes_are_filled_before_anything_is_asked() -> None:
    values = begun("followup.md", KNOWN)
    filled = [q.box for q in values.form.questions.values() if q.box is not None and values.get(q.name) != ""]
    assert filled == [4, 7, 17, 18, 20, 21, 22, 23, 24, 25, 26, 28]


def test_without_a_register_three_questions_grow_and_one_tap_is_added() -> None:
    script = USUAL | {"t3_villages_total": "47", "t3_hh_target": "6240", "t4_fix_hh_dashboard": "6247"}
    script |= {
        "t4_fix_hh_sum": "6240",
        "t4_fix_tambons_short": "1",
        "t4_fix_dup_names": "2",
        "t4_fix_list_per_volunteer": "yes",
    }
    values, turns = walk(begun("followup.md", PROVINCE), script)
    asked = dict(turns)
    assert len(turns) == 11
    assert asked["t3_villages"] == ("t3_villages_total", "t3_villages_checked", "t3_certificates")
    assert asked["t3_households"] == ("t3_hh_target", "t3_hh_checked", "t3_hh_complete")
    assert len(asked["t4_fix_numbers"]) == 5
    assert asked["t4_fix_list_per_volunteer"] == ("t4_fix_list_per_volunteer",)
    assert refused(values) == []


def test_not_started_skips_boxes_2_to_15_and_asks_for_the_reason() -> None:
    values, turns = walk(begun("followup.md", KNOWN), USUAL | {"t3_status": "not_started", "problem_kinds": "covid"})
    assert steps(turns) == ["t3_status", "t4_fix_status", "t4_fix_numbers", "t4_known", "problems"]
    assert values.relevant("problems_reason")
    assert [
        box for box in range(2, 16) if any(q.box == box and values.get(q.name) for q in values.form.questions.values())
    ] == []
    assert refused(values) == []
    assert refused(answer(values, {"problem_kinds": "none"})) == ["problem_kinds"]
    assert refused(answer(values, {"problem_kinds": "", "remarks": "น้ำท่วม"})) == []


def test_done_is_one_tap_that_fills_boxes_4_to_8_and_leaves_9_to_14_to_ask() -> None:
    script = USUAL | {"t3_status": "done", "t3_all_done": "yes", "t3_hh_complete": "6130"}
    values, turns = walk(begun("followup.md", KNOWN), script)
    assert turns[:5] == [
        ("t3_status", ("t3_status",)),
        ("t3_access", ("t3_steps",)),
        ("t3_all_done", ("t3_all_done",)),
        ("t3_households", ("t3_hh_complete",)),
        ("t3_cases", CASES),
    ]
    boxes = ("t3_villages_total", "t3_villages_checked", "t3_certificates", "t3_hh_target", "t3_hh_checked")
    assert [values.get(name) for name in boxes] == ["47", "47", "47", "6240", "6240"]
    assert said(values, "t3_all_done") == "ครบ 47 หมู่บ้าน · 6240 ครัวเรือน · เซ็นรับรองครบ 47 ใช่หรือไม่"


def test_done_but_not_all_of_the_register_asks_the_numbers() -> None:
    _, turns = walk(begun("followup.md", KNOWN), USUAL | {"t3_status": "done", "t3_all_done": "no"})
    assert steps(turns)[2:5] == ["t3_all_done", "t3_villages", "t3_households"]


def test_done_without_a_register_has_no_short_cut() -> None:
    _, turns = walk(begun("followup.md", {}), USUAL | {"t3_status": "done"})
    assert "t3_all_done" not in steps(turns)


def test_taking_done_back_asks_what_the_short_cut_had_filled() -> None:
    script = USUAL | {"t3_status": "done", "t3_all_done": "yes", "t3_hh_complete": "6130"}
    values, _ = walk(begun("followup.md", KNOWN), script)
    values = answer(values, {"t3_status": "reporting"})
    assert [name for _, boxes in values.due() for name in (box.name for box in boxes)][:3] == [
        "t3_villages_checked",
        "t3_certificates",
        "t3_hh_checked",
    ]


def test_when_all_that_were_checked_are_complete_only_cases_33_and_35_are_asked() -> None:
    values, turns = walk(begun("followup.md", KNOWN), USUAL | {"t3_hh_complete": "3150", "t3_e33": "0", "t3_e35": "2"})
    assert dict(turns)["t3_cases"] == ("t3_e33", "t3_e35")
    assert values.relevant("t3_cases_none")
    assert not values.relevant("t3_cases_some")
    assert refused(values) == []


def test_when_no_household_was_checked_no_case_is_asked() -> None:
    _, turns = walk(begun("followup.md", KNOWN), USUAL | {"t3_hh_checked": "0", "t3_hh_complete": "0"})
    assert "t3_cases" not in steps(turns)


def test_the_cases_are_introduced_with_the_number_that_is_not_complete() -> None:
    values, _ = walk(begun("followup.md", KNOWN), USUAL)
    assert said(values, "t3_cases_some") == "ยังไม่ครบ 110 ครัวเรือน แจกแจงตามกรณี (ไม่มีให้ใส่ 0)"


def test_the_date_of_the_plan_is_suggested_only_while_the_work_goes_on() -> None:
    values = begun("followup.md", KNOWN)
    suggestion = values.form.questions["t3_finished_on"].formulas["suggest"]
    assert answer(values, {"t3_status": "reporting"}).evaluate(suggestion) == "2021-06-30"
    assert answer(values, {"t3_status": "done"}).evaluate(suggestion) == ""
