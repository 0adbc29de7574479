from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.obligation import Draft, Obligation, Report
from models.people import LineAccount, Membership, Person
from models.work import CivilClock
from services.calendar import BANGKOK
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.clock import SimulatedClock
from services.demo import Demo
from tests.integration.services.towns import one, rows
from tests.support.chat import LOEI, Phone, Town
from tests.unit.campaigns.files import SAMPLE

FILE = LOEI / "demo.yaml"
OFFICER = "U25640000000000000004207000000001"
STAFF = "U25640000000000000000042000000001"


def fill(town: Town, file: Path = FILE) -> int:
    clock = SimulatedClock(town.runtime.sessions)
    return Demo(town.runtime.sessions, clock, town.runtime.forms).fill(file)


def counts(town: Town) -> list[int]:
    return [
        one(town, select(func.count()).select_from(model)) for model in (Person, LineAccount, Membership, Report, Draft)
    ]


def test_people_districts_and_the_clock_are_as_the_file_says(either_town: Town) -> None:
    assert fill(either_town) == 22
    assert counts(either_town) == [22, 22, 22, 9, 2]
    started = SimulatedClock(either_town.runtime.sessions).now()
    assert abs(started - dt.datetime(2021, 6, 7, 8, 30, tzinfo=BANGKOK)) < dt.timedelta(minutes=2)
    sent = rows(either_town, select(Report).join(Obligation).where(Obligation.area_code != "42"))
    assert len(sent) == 8
    assert all(report.reference.endswith("-1-01") and not report.late for report in sent)
    assert max(report.submitted_at for report in sent) < started


def test_a_second_filling_changes_nothing(town: Town) -> None:
    fill(town)
    before, offset = counts(town), one(town, select(CivilClock.offset_seconds))
    assert fill(town) == 22
    assert (counts(town), one(town, select(CivilClock.offset_seconds))) == (before, offset)


def test_the_people_are_known_and_find_the_districts_at_work(town: Town) -> None:
    fill(town)
    assert "อำเภอภูเรือ" in Phone(town, OFFICER).say("รายงาน")
    overview = Phone(town, STAFF).say("ใครยังไม่ส่ง")
    assert "8" in overview
    assert "14" in overview


def test_the_demonstration_belongs_to_the_newest_campaign_of_that_form(town: Town) -> None:
    """Another province's campaign may stand beside it."""
    with town.runtime.sessions() as session, session.begin():
        campaigns.load(session, campaign_files.read(SAMPLE), town.clock.now())
    assert fill(town) == 22


def test_a_demonstration_without_life_on_a_running_clock_only_brings_people(town: Town, tmp_path: Path) -> None:
    plan = FILE.read_text(encoding="utf-8").split("life:")[0]
    (tmp_path / "demo.yaml").write_text(plan + 'life: {clock: "2021-06-07T08:30"}', encoding="utf-8")
    assert Demo(town.runtime.sessions, town.clock, town.runtime.forms).fill(tmp_path / "demo.yaml") == 22
    assert counts(town) == [22, 22, 22, 0, 0]
    assert rows(town, select(CivilClock)) == []


def test_people_of_areas_that_are_not_loaded_are_refused_before_anything_is_stored(town: Town, tmp_path: Path) -> None:
    plan = FILE.read_text(encoding="utf-8").replace('"4207"', '"4007"')
    (tmp_path / "demo.yaml").write_text(plan, encoding="utf-8")
    with pytest.raises(LookupError, match="area 4007 is not loaded"):
        fill(town, tmp_path / "demo.yaml")
    assert counts(town) == [0, 0, 0, 0, 0]
    assert rows(town, select(CivilClock)) == []


def test_a_demonstration_may_be_people_alone(town: Town) -> None:
    example = LOEI.parent / "example"
    with town.runtime.sessions() as session, session.begin():
        campaigns.load(session, campaign_files.read(example), town.clock.now())
    assert fill(town, example / "demo.yaml") == 2
    assert counts(town) == [2, 2, 2, 0, 0]
    assert "บ่อน้ำของอำเภอมีทั้งหมดกี่บ่อ" in Phone(town, "U25640000000000000005501000000001").say("รายงาน")
