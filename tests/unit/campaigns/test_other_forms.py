from __future__ import annotations

import csv
from typing import Any

import pytest

from bot.forms.environment import Known
from bot.forms.values import start
from tests.unit.campaigns.files import LOEI, SAMPLE, table, yaml_of
from tests.unit.campaigns.walk import NOW, PROVINCE, begun, compiled, refused, review, walk

LIFE = yaml_of(LOEI / "demo.yaml")["life"]


def known_of(area: str) -> dict[str, str]:
    return PROVINCE | {
        row["name"]: row["value"] for row in table(LOEI / "register" / "known.csv") if row["area_code"] in {"42", area}
    }


def test_the_province_answers_in_three_questions() -> None:
    values, turns = walk(begun("province.md", {}), PROVINCE | {"t4_known": "yes"})
    assert [boxes for _, boxes in turns] == [
        ("t4_known",),
        ("t4_weekly_count", "t4_weekly_last"),
        ("t4_meeting_count", "t4_meeting_dates"),
    ]
    assert refused(values) == []
    assert review(values) == ["3 รายงานสัปดาห์ 1/4 · 4 ประชุม 1/2"]


def test_a_province_that_does_not_know_is_done_with_one_tap() -> None:
    values, turns = walk(begun("province.md", {}), {"t4_known": "no"})
    assert len(turns) == 1
    assert review(values) == ["3 รายงานสัปดาห์ · 4 ประชุม: จังหวัดไม่ทราบ"]


@pytest.mark.parametrize("entry", LIFE["districts"], ids=lambda entry: entry["area"])
def test_reports_of_the_demonstration_could_have_been_typed(entry: dict[str, Any]) -> None:
    answers = {name: str(value) for name, value in entry["answers"].items()}
    values, turns = walk(begun("followup.md", known_of(entry["area"])), answers)
    asked = {name for _, boxes in turns for name in boxes}
    assert set(answers) <= asked
    assert (refused(values) == []) == (entry["state"] == "sent")


def test_the_provinces_part_of_the_demonstration_could_have_been_typed() -> None:
    for entry in LIFE["province"]:
        values, _ = walk(begun("province.md", {}), {name: str(value) for name, value in entry["answers"].items()})
        assert refused(values) == []


def test_a_plain_form_of_another_province_asks_its_five_questions_one_by_one() -> None:
    values = start(compiled(SAMPLE / "wells.md"), Known(), NOW, "draft")
    script = {"wells": "4", "water": "good", "repair": "pump wall", "looked_on": "2021-07-05"}
    values, turns = walk(values, script)
    assert [boxes for _, boxes in turns] == [("wells",), ("water",), ("repair",), ("looked_on",), ("comment",)]
    assert refused(values) == []


def test_tables_are_plain_csv_without_a_byte_order_mark() -> None:
    for path in LOEI.rglob("*.csv"):
        lines = path.read_text(encoding="utf-8")
        assert not lines.startswith("\ufeff")
        assert len({len(row) for row in csv.reader(lines.splitlines())}) == 1
