"""The judge of the scripted jobs: what is worse fails, what is better says so."""

from __future__ import annotations

import json

import pytest
import yaml

from benchmarks.journeys.__main__ import BASELINE, LIMITS, judge, table
from benchmarks.journeys.jobs import JOBS
from benchmarks.journeys.measure import FIGURES, TAP, WHOLE_CARD, Measure, better, checking, over_limit, typing, worse

BEFORE = Measure(turns=3, typed=10, seconds=30.0, bytes=1000, largest=500).figures()
JOB = next(iter(JOBS))


@pytest.mark.parametrize("figure", FIGURES)
def test_any_figure_that_grows_clearly_is_worse(figure: str) -> None:
    assert worse(BEFORE, BEFORE) == []
    (words,) = worse(BEFORE | {figure: BEFORE[figure] * 2}, BEFORE)
    assert words.startswith(figure)
    assert not better(BEFORE, BEFORE)
    assert better(BEFORE | {figure: 0}, BEFORE)


def test_one_turn_or_character_more_is_worse_and_a_word_more_in_a_reply_is_not() -> None:
    assert worse(BEFORE | {"turns": 4}, BEFORE)
    assert worse(BEFORE | {"typed": 11}, BEFORE)
    assert worse(BEFORE | {"bytes": 1040, "largest": 520}, BEFORE) == []


def test_a_limit_is_a_limit_whatever_the_baseline_says() -> None:
    assert over_limit(BEFORE, {"turns": 3}) == []
    assert over_limit(BEFORE, {"turns": 2}) == ["turns 3 is over the limit of 2"]
    assert judge({JOB: BEFORE}, {JOB: {"turns": 2}}, {JOB: BEFORE}) == [f"{JOB}: turns 3 is over the limit of 2"]


def test_a_job_without_a_baseline_and_a_baseline_without_a_job_are_told() -> None:
    assert "has no baseline" in judge({JOB: BEFORE}, {}, {})[0]
    assert judge({}, {"no such job": {}}, {}) == ["no such job: is no job any more"]


def test_the_table_has_a_row_for_each_job_with_its_limits() -> None:
    head, row = table({JOB: BEFORE}, {JOB: {"turns": 12}}).splitlines()
    assert "turns" in head
    assert row.split(" / ")[0].endswith(" 3")
    assert " / 12" in row


def test_every_job_has_a_baseline_and_known_figures() -> None:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    limits = yaml.safe_load(LIMITS.read_text(encoding="utf-8"))
    assert set(baseline) == set(JOBS)
    assert set(limits) <= set(JOBS)
    assert all(set(figures) <= set(FIGURES) for figures in limits.values())


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("0", 12.0), ("21 15", 16.0), ("40 35 12 38 9", 28.0), ("8=3510", 12.0), ("12/1", 12.0), ("ไม่", 9.0)],
)
def test_the_model_of_typing(words: str, seconds: float) -> None:
    assert typing(words) == seconds
    assert typing(words) > TAP


def test_a_card_of_changes_takes_its_lines_and_never_more_than_a_whole_report() -> None:
    assert checking(30) == WHOLE_CARD
    assert checking(6) == 16.0
    assert checking(1) == 0.0
