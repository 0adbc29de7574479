from __future__ import annotations

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from tests.unit.campaigns.files import LOEI, SAMPLE, sheet, yaml_of

FORMS = [
    folder / form["file"] for folder in (LOEI, SAMPLE) for form in yaml_of(folder / "campaign.yaml")["forms"].values()
]
NUMBERED = {
    1: "t3_status",
    2: "t3_letter_sent",
    3: "t3_leaders_contacted",
    4: "t3_villages_total",
    5: "t3_villages_checked",
    6: "t3_certificates",
    7: "t3_hh_target",
    8: "t3_hh_checked",
    9: "t3_hh_complete",
    10: "t3_e31",
    11: "t3_e32",
    12: "t3_e33",
    13: "t3_e34",
    14: "t3_e35",
    15: "t3_finished_on",
    16: "t4_fix_status",
    17: "t4_fix_hh_dashboard",
    18: "t4_fix_hh_sum",
    19: "t4_fix_prev_year_records",
    20: "t4_fix_tambons_short",
    21: "t4_fix_dup_names",
    22: "t4_fix_list_per_volunteer",
    23: "t4_weekly_count",
    24: "t4_weekly_last",
    25: "t4_meeting_count",
    26: "t4_meeting_dates",
    27: "remarks",
    28: "as_of",
}
UNNUMBERED = [
    "round",
    "amphoe",
    "reporter",
    "t3_problem",
    "t4_fix_tambons_total",
    "t4_fix_problem",
    "t4_weekly_status",
    "t4_meeting_status",
]


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_form_compiles_without_a_warning(form: Path) -> None:
    assert convert(str(form)).warnings == []


def test_the_28_boxes_of_the_printed_form_are_there_once_each_in_its_order() -> None:
    rows = sheet(LOEI / "followup.md", "survey")
    assert [(int(row["bind::tidtam:box"]), row["name"]) for row in rows if "bind::tidtam:box" in row] == [
        *NUMBERED.items()
    ]


def test_every_field_of_the_attachment_is_in_the_form_once() -> None:
    names = [row["name"] for row in sheet(LOEI / "followup.md", "survey") if "name" in row]
    assert [names.count(name) for name in (*NUMBERED.values(), *UNNUMBERED)] == [1] * 36


def test_the_province_answers_the_boxes_of_the_contractors_duties_under_the_same_names() -> None:
    district = {row["name"]: row for row in sheet(LOEI / "followup.md", "survey") if "bind::tidtam:box" in row}
    province = {row["name"]: row for row in sheet(LOEI / "province.md", "survey") if "bind::tidtam:box" in row}
    assert [*province] == ["t4_weekly_count", "t4_weekly_last", "t4_meeting_count", "t4_meeting_dates"]
    for name, row in province.items():
        assert (row["type"], row["bind::tidtam:box"]) == (district[name]["type"], district[name]["bind::tidtam:box"])


@pytest.mark.parametrize("form", ["followup.md", "province.md"])
def test_every_text_stands_in_thai_and_in_english(form: str) -> None:
    for row in sheet(LOEI / form, "survey"):
        for column in ("label", "hint", "required_message", "constraint_message"):
            assert (f"{column}::ไทย (th)" in row) == (f"{column}::English (en)" in row), row["name"]
        for column in ("short", "unit", "suggest_label", "full"):
            assert (f"bind::tidtam:{column}" in row) == (f"bind::tidtam:{column}_en" in row), row["name"]


@pytest.mark.parametrize("form", ["followup.md", "province.md"])
def test_whatever_can_be_refused_says_why(form: str) -> None:
    for row in sheet(LOEI / form, "survey"):
        for rule in ("required", "constraint"):
            assert (rule in row) == (f"{rule}_message::ไทย (th)" in row), row["name"]


@pytest.mark.parametrize("form", ["followup.md", "province.md"])
def test_no_text_addresses_the_reader_as_a_machine_with_a_gender_would(form: str) -> None:
    for row in (*sheet(LOEI / form, "survey"), *sheet(LOEI / form, "choices")):
        thai = " ".join(text for column, text in row.items() if column.endswith("(th)"))
        assert not [word for word in ("ครับ", "ค่ะ", "คุณ") if word in thai], row["name"]


@pytest.mark.parametrize("form", ["followup.md", "province.md"])
def test_every_choice_fits_a_button_of_40_letters(form: str) -> None:
    for row in sheet(LOEI / form, "choices"):
        assert len(row["label::ไทย (th)"]) <= 40
        assert len(row["label::English (en)"]) <= 40
