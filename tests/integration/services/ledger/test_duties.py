"""Duties of a campaign: rounds on dates of their own, who owes them, and what a later load may move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.campaign import Form, Round
from models.obligation import Obligation, ObligationState
from services.calendar import BANGKOK
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.campaigns.files import CampaignFiles
from services.ledger.ledger import move
from services.ledger.obliging import forget_untouched
from tests.integration.services.register.conftest import Office
from tests.integration.services.towns import one, rows
from tests.support.chat import Phone, Town

NAN = Path(__file__).parents[3] / "campaigns" / "nan_2565"
WEEKLY = select(Round).where(Round.duty == "weekly").order_by(Round.number)


@pytest.fixture(scope="module")
def nan() -> CampaignFiles:
    return campaign_files.read(NAN)


def load(town: Town, files: CampaignFiles) -> None:
    with town.runtime.sessions() as session, session.begin():
        campaigns.load(session, files, town.clock.now())


def moved(files: CampaignFiles, days: int, *, count: int | None = None) -> CampaignFiles:
    """The same campaign with every date of the weekly duty so many days later, or with fewer dates."""
    step, (duty,) = dt.timedelta(days=days), files.duties
    rounds = [replace(rnd, due_at=rnd.due_at + step) for rnd in duty.rounds[:count]]
    return replace(files, duties=[replace(duty, rounds=rounds)])


def due(town: Town) -> list[int]:
    return [rnd.due_at.astimezone(BANGKOK).day for rnd in rows(town, WEEKLY)]


def owed_by(town: Town, key: str) -> Sequence[int]:
    found = select(func.count(Obligation.id)).join(Form, Form.id == Obligation.form_id)
    return rows(town, found.where(Form.key == key))


@pytest.fixture
def officer(town: Town, nan: CampaignFiles) -> Phone:
    load(town, nan)
    return town.person("วิมล ตัวอย่าง", "officer", "5501")


def test_each_district_owes_each_date_and_each_round_its_own_form(either_town: Town, nan: CampaignFiles) -> None:
    load(either_town, nan)
    load(either_town, nan)
    assert due(either_town) == [14, 21, 28]
    assert owed_by(either_town, "weekly") == [15 * 3]
    assert owed_by(either_town, "wells") == [15 * 2]


def test_every_village_of_loei_owes_its_summary(either_town: Town) -> None:
    villages = one(either_town, select(func.count(Obligation.id)).join(Form).where(Form.key == "village_summary"))
    assert villages == 861
    assert "รับรองแล้ว 0 จาก 47 หมู่บ้าน" in either_town.person("สมศรี ใจดี", "officer", "4207").say("ของฉันค้างอะไร")
    form = one(either_town, select(Form).where(Form.key == "village_summary"))
    assert (form.current_version_id, form.unit, form.duty) == (None, "village", "village_summary")


def test_an_edited_table_moves_dates_that_lie_ahead_and_no_others(
    town: Town, nan: CampaignFiles, officer: Phone
) -> None:
    town.clock.civil = dt.datetime(2021, 6, 18, 10, tzinfo=BANGKOK)
    load(town, moved(nan, 1))
    assert due(town) == [14, 22, 29]
    officer.say("รายงาน")
    officer.tap("ประจำสัปดาห์ อังคารที่ 22")
    load(town, moved(nan, 2))
    assert due(town) == [14, 22, 30]  # the second has been begun


def test_a_date_that_the_schedule_has_no_more_goes_unless_it_was_begun(
    town: Town, nan: CampaignFiles, officer: Phone
) -> None:
    town.clock.civil = dt.datetime(2021, 6, 12, 10, tzinfo=BANGKOK)
    officer.say("รายงาน")
    officer.tap("ประจำสัปดาห์")
    load(town, moved(nan, 0, count=0))
    assert due(town) == [14]
    assert owed_by(town, "weekly") == [15]


def test_a_round_that_staff_have_closed_stays_closed_when_the_campaign_is_loaded_again(
    town: Town, nan: CampaignFiles, officer: Phone
) -> None:
    staff = town.person("ปราณี ตัวอย่าง", "staff", "55")
    staff.say("ปิดรับครั้งที่ 1")
    staff.say("ยืนยัน")
    load(town, nan)
    assert "ปิดรับแล้ว" in officer.say("รายงาน")


def test_villages_owe_their_summary_from_the_moment_that_the_register_has_them(town: Town) -> None:
    office = Office(town.runtime.sessions, clock=town.clock)
    office.load("villages", "รหัสตำบล,หมู่ที่,ชื่อหมู่บ้าน", "420706,77,บ้านใหม่ตัวอย่าง")
    assert owed_by(town, "village_summary") == [862]
    assert len(rows(town, select(Obligation).where(Obligation.area_code == "42070677"))) == 1


def test_a_village_leaves_the_register_with_what_it_never_began_to_do(town: Town) -> None:
    begun = one(town, select(Obligation.id).where(Obligation.area_code == "42070605"))
    with town.runtime.sessions() as session, session.begin():
        move(session, begun, ObligationState.WAIVED, now=town.clock.now())
        forget_untouched(session, ["42070601", "42070605"])
    left = select(Obligation.area_code).where(Obligation.area_code.in_(["42070601", "42070605"]))
    assert rows(town, left) == ["42070605"]
