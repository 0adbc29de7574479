from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from services.calendar import BANGKOK, WorkingDays
from services.campaigns.duties import plans, watched, wrong_duties

DAYS = WorkingDays(frozenset())
WEEKLY = {"key": "weekly", "who": "district", "form": "short", "due": ["2021-06-07", "2021-06-14"]}


def config(*duties: Any, reminders: Any = ()) -> dict[str, Any]:
    forms = {"short": {"unit": "district"}, "province": {"unit": "province"}}
    return {"forms": forms, "duties": list(duties), "reminders": list(reminders)}


def test_rounds_open_when_the_one_before_was_due_the_first_a_week_ahead() -> None:
    (plan,) = plans(config(WEEKLY), DAYS)
    assert [(rnd.number, rnd.opens_at.date(), rnd.due_at) for rnd in plan.rounds] == [
        (1, dt.date(2021, 5, 31), dt.datetime(2021, 6, 7, 23, 59, 59, tzinfo=BANGKOK)),
        (2, dt.date(2021, 6, 8), dt.datetime(2021, 6, 14, 23, 59, 59, tzinfo=BANGKOK)),
    ]


def test_rounds_may_open_so_many_days_before() -> None:
    (plan,) = plans(config({**WEEKLY, "opens_days_before": 2}), DAYS)
    assert [rnd.opens_at for rnd in plan.rounds] == [
        dt.datetime(2021, 6, 5, tzinfo=BANGKOK),
        dt.datetime(2021, 6, 12, tzinfo=BANGKOK),
    ]


def test_a_contractors_duty_is_watched_and_nobody_owes_it() -> None:
    duty = {"key": "t4_weekly", "expected": ["2021-06-07"]}
    assert plans(config(duty), DAYS) == []
    assert watched(config(duty, WEEKLY)) == [duty]
    assert wrong_duties(config(duty), DAYS) == []


def test_a_contractor_can_never_be_reminded() -> None:
    duty = {"key": "t4_weekly", "who": "contractor", "expected": ["2021-06-07"]}
    faults = wrong_duties(config(duty, reminders=[{"key": "nag", "duty": "t4_weekly"}]), DAYS)
    assert faults == ["reminders.nag: t4_weekly is the contractor's, who is never reminded"]


def test_a_duty_of_villages_may_be_certified_without_a_form() -> None:
    duty = {"key": "summary", "who": "village", "certified": True, "due": ["2021-06-30"]}
    (plan,) = plans(config(duty), DAYS)
    assert (plan.form, plan.certified, plan.unit, plan.answered_by) == ("summary", True, "village", ["leader"])
    assert wrong_duties(config(duty), DAYS) == []


@pytest.mark.parametrize(
    ("duty", "fault"),
    [
        ({**WEEKLY, "who": "office"}, "who is 'office'"),
        ({**WEEKLY, "form": "long"}, "names none of forms"),
        ({**WEEKLY, "form": "province"}, "answered by each province"),
        ({**WEEKLY, "due": []}, "it has no date"),
        ({**WEEKLY, "due": ["soon"]}, "soon"),
        ({**WEEKLY, "key": "Weekly report"}, "key is missing"),
        ({**WEEKLY, "due": None, "every": "month"}, "from is missing"),
        ({**WEEKLY, "opens_days_before": "two"}, "two"),
        ({**WEEKLY, "certified": True}, "form and certified"),
        ({"key": "short", "who": "village", "certified": True, "due": ["2021-06-30"]}, "a form has the same key"),
        ({"key": "s", "who": "village", "certified": True, "due": ["2021-06-30"], "answered_by": ["king"]}, "king"),
    ],
)
def test_a_fault_is_told_in_a_plain_sentence(duty: dict[str, Any], fault: str) -> None:
    faults = wrong_duties(config(duty), DAYS)
    assert len(faults) == 1
    assert fault in faults[0]


def test_one_form_belongs_to_one_duty_and_a_key_stands_once() -> None:
    twice = wrong_duties(config(WEEKLY, WEEKLY), DAYS)
    assert "duties: weekly stands twice" in twice
    assert "form short belongs to another duty already" in " ".join(twice)


def test_what_is_no_list_of_duties_and_a_reminder_of_no_duty_are_told() -> None:
    assert wrong_duties({"forms": {}, "duties": "weekly"}, DAYS) == ["duties: is no list of entries"]
    assert wrong_duties(config(WEEKLY, reminders=[{"key": "r", "duty": "daily"}]), DAYS) == [
        "reminders.r: no such duty: daily"
    ]
