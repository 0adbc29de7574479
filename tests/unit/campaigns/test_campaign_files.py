from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from bot.messages.catalogue import Catalogue
from services.calendar import WorkingDays
from services.ledger.duty_dates import dates_of
from tests.unit.campaigns.files import LOEI, SAMPLE, yaml_of

CAMPAIGN = yaml_of(LOEI / "campaign.yaml")
ROLES = {"officer", "deputy", "head", "leader", "staff", "admin"}


@pytest.fixture(params=[LOEI, SAMPLE], ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_the_folder_is_called_as_the_campaign(folder: Path) -> None:
    assert yaml_of(folder / "campaign.yaml")["slug"] == folder.name


def test_every_file_that_is_named_exists(folder: Path) -> None:
    campaign = yaml_of(folder / "campaign.yaml")
    named = [form["file"] for form in campaign["forms"].values()]
    named += [
        campaign[key] for key in ("working_days", "villages", "known", "households", "texts", "demo") if key in campaign
    ]
    assert [name for name in named if not (folder / name).is_file()] == []


def test_rounds_are_numbered_from_one_and_fall_due_after_they_open(folder: Path) -> None:
    campaign = yaml_of(folder / "campaign.yaml")
    rounds = campaign["rounds"]
    assert [each["number"] for each in rounds] == [*range(1, len(rounds) + 1)]
    keys = [reminder["key"] for reminder in campaign["reminders"]]
    for each in rounds:
        assert each["opens"] in keys or dt.datetime.fromisoformat(each["opens"]).date() < dt.date.fromisoformat(
            each["due"]
        )


def test_the_three_rounds_fall_due_on_the_fridays_of_the_letter() -> None:
    due = [dt.date.fromisoformat(each["due"]) for each in CAMPAIGN["rounds"]]
    assert due == [dt.date(2021, 6, day) for day in (11, 18, 25)]
    assert {day.isoweekday() for day in due} == {5}


def test_the_reminder_plan_is_the_calendar_of_five_entries() -> None:
    plan = [
        (e["key"], e["when"]["working_days"], e["when"]["at"], e["to"], e["only_if_owed"])
        for e in CAMPAIGN["reminders"]
    ]
    assert plan == [
        ("opening", -3, "09:00", ["officer"], True),
        ("day_before", -1, "09:00", ["officer"], True),
        ("due_day", 0, "13:30", ["officer", "deputy"], True),
        ("overdue", 1, "09:00", ["officer", "head"], True),
        ("staff_summary", 0, "16:00", ["staff"], False),
    ]


def test_reminders_and_forms_speak_of_roles_that_exist(folder: Path) -> None:
    campaign = yaml_of(folder / "campaign.yaml")
    assert {role for entry in campaign["reminders"] for role in entry["to"]} <= ROLES
    assert {role for form in campaign["forms"].values() for role in form["answered_by"]} <= ROLES


def keys_of(reminder: dict[str, Any]) -> set[str]:
    texts = {value for key, value in reminder.items() if key.split("_")[0] == "text"}
    return texts.union(*(value for key, value in reminder.items() if key.split("_")[0] == "buttons"))


@pytest.mark.parametrize("locale", ["th", "en"])
def test_every_text_and_button_of_the_plan_is_in_the_catalogue(folder: Path, locale: str) -> None:
    catalogue = Catalogue.load(locale)
    wanted = {key for reminder in yaml_of(folder / "campaign.yaml")["reminders"] for key in keys_of(reminder)}
    assert sorted(key for key in wanted if key not in catalogue) == []


@pytest.mark.parametrize("locale", ["th", "en"])
def test_the_campaigns_own_texts_replace_texts_of_the_catalogue(locale: str) -> None:
    texts = yaml_of(LOEI / "texts.yaml")[locale]
    catalogue = Catalogue.load(locale)
    assert [key for key in texts["campaign"] if f"campaign.{key}" not in catalogue] == []
    assert texts["campaign"]["phone"] == CAMPAIGN["contact"]["telephone"] == "0 4281 1773"
    catalogue.with_texts(texts)


def test_titles_and_labels_stand_in_both_languages() -> None:
    bilingual = [CAMPAIGN["titles"], CAMPAIGN["disclaimer"], CAMPAIGN["prepare"], CAMPAIGN["contact"]["office"]]
    bilingual += [each["label"] for each in CAMPAIGN["rounds"]] + [duty["titles"] for duty in CAMPAIGN["duties"]]
    assert [words for words in bilingual if sorted(words) != ["en", "th"]] == []


def test_the_contractors_weekly_reports_are_expected_on_the_four_mondays_of_june() -> None:
    weekly = next(duty for duty in CAMPAIGN["duties"] if duty["key"] == "t4_weekly")
    dates = dates_of(weekly, WorkingDays(frozenset()))
    assert weekly["times"] == len(dates) == 4
    assert {day.isoweekday() for day in dates} == {1}
