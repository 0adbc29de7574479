"""The summary of campaign.yaml: its lines in words, and a sentence for each fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.campaigns import files as campaign_files
from services.campaigns.summary import kept_summary, plan_of, wrong_summary

ROOT = Path(__file__).parents[4] / "campaigns"
GIVEN: dict[str, Any] = {
    "form": "wells",
    "figures": [
        {
            "percent": {"of": "good", "to": "wells"},
            "text": {"th": "ดี {good} จาก {wells} ({percent}) ของ {reports} อำเภอ", "en": "{good} of {wells}"},
            "district": {"th": "ดี {good}"},
        }
    ],
    "help": {"of": "good", "to": "wells"},
}
TOTALS = {"good": 900.0, "wells": 1200.0}


def lines(locale: str, totals: dict[str, float], reports: int, *, district: bool = False) -> tuple[str, ...]:
    plan = plan_of({"summary": GIVEN})
    return plan.lines(locale, lambda box: totals.get(box, 0), lambda _box: reports, district=district)


def test_boxes_and_counts_are_written_into_the_line() -> None:
    assert lines("th", TOTALS, 3) == ("ดี 900 จาก 1,200 (75%) ของ 3 อำเภอ",)
    assert lines("en", TOTALS, 3) == ("900 of 1,200",)


def test_one_district_has_words_of_its_own() -> None:
    assert lines("th", TOTALS, 1, district=True) == ("ดี 900",)


def test_a_figure_that_nobody_has_answered_is_left_out() -> None:
    assert lines("th", {}, 0) == ()


def test_a_box_that_nobody_has_answered_is_no_zero() -> None:
    plan = plan_of({"summary": GIVEN})
    told = plan.lines("th", lambda box: {"wells": 1200.0}.get(box, 0), lambda box: int(box == "wells"), district=False)
    assert told == ("ดี - จาก 1,200 (-) ของ 1 อำเภอ",)


def test_nothing_is_divided_by_zero() -> None:
    assert lines("th", {"good": 0, "wells": 0}, 2) == ("ดี 0 จาก 0 (-) ของ 2 อำเภอ",)


@given(good=st.integers(0, 10**6), wells=st.integers(1, 10**6))
def test_a_share_is_a_whole_number_of_per_cent(good: int, wells: int) -> None:
    (line,) = lines("th", {"good": good, "wells": wells}, 1)
    assert f"({round(100 * good / wells)}%)" in line


def test_a_campaign_without_it_has_no_figures() -> None:
    assert plan_of({}).figures == ()
    assert kept_summary({"forms": {}}) == {}


def test_the_form_need_not_be_named_where_there_is_one() -> None:
    config = {"forms": {"wells": {"unit": "district"}, "own": {"unit": "province"}}, "summary": {}}
    assert kept_summary(config) == {"summary": {"form": "wells"}}


@pytest.mark.parametrize("folder", ["loei_2564", "example"])
def test_the_campaigns_that_come_along_have_one_in_both_languages(folder: str) -> None:
    plan = plan_of(campaign_files.read(ROOT / folder).settings)
    assert plan.figures
    assert all(set(figure.text) == {"th", "en"} for figure in plan.figures)
    assert plan.help is not None


@pytest.mark.parametrize(
    ("summary", "fault"),
    [
        ("ทั้งหมด", "summary: it holds no settings"),
        ({"form": "other"}, "summary: form: 'other' is no form of the campaign"),
        ({"figure": []}, "summary: no such setting: figure"),
        ({"figures": "good"}, "summary: figures is no list"),
        ({"figures": [{"text": {"en": "x"}}]}, "summary: figures: line 1: text: th is missing"),
        (
            {"figures": [{"text": {"th": "x"}, "percent": {"of": "good"}}]},
            "summary: figures: line 1: percent: write of and to",
        ),
        ({"help": {"of": "good"}}, "summary: help: write of and to"),
        ({"problems": {}}, "summary: problems: box is missing"),
        ({"figures": [{"text": {"th": "{bad}"}}]}, "summary: 'bad' is no box of the form"),
    ],
)
def test_a_fault_is_named(summary: object, fault: str) -> None:
    wells = campaign_files.read(ROOT / "example").forms[0].form
    config = {"forms": {"wells": {"unit": "district"}}, "summary": summary}
    assert wrong_summary(config, {"wells": wells}) == [fault]
