"""What the province answers once: known to every district, and as last time until it is answered anew."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from models.area import Area
from models.campaign import Campaign, Round
from services.calendar import BANGKOK
from services.reports.known import known_for
from tests.support.chat import Phone, Town

SECOND = dt.datetime(2021, 6, 15, 9, 5, tzinfo=BANGKOK)


def known_in(town: Town, number: int, name: str) -> tuple[str | None, str | None]:
    """Value and source for อำเภอภูเรือ in a round."""
    with town.runtime.sessions() as session:
        campaign = session.scalars(select(Campaign)).one()
        rnd = session.scalars(select(Round).where(Round.number == number, Round.duty == "")).one()
        known = known_for(session, campaign, rnd, session.get_one(Area, "4207"), "")
        return known.values.get(name), known.sources.get(name)


def tell(staff: Phone, weekly: str, meeting: str) -> None:
    for words in ("ข้อมูลจังหวัด", "1", weekly, meeting):
        staff.say(words)
    assert "ส่งรายงานเรียบร้อยแล้ว" in staff.say("ยืนยัน")


def test_what_the_province_told_is_known_in_its_round_and_marked_as_before_in_the_next(town: Town) -> None:
    assert known_in(town, 1, "t4_weekly_count") == (None, None)
    tell(town.person("มาลี ตัวอย่าง", "staff", "42"), "23=1 24=7/6/64", "25=1 26=28/5/64")
    assert known_in(town, 1, "t4_weekly_count") == ("1", "province")
    assert known_in(town, 2, "t4_weekly_count") == ("1", "last")


def test_a_new_answer_of_the_province_takes_the_place_of_the_old(town: Town) -> None:
    staff = town.person("มาลี ตัวอย่าง", "staff", "42")
    tell(staff, "23=1 24=7/6/64", "25=1 26=28/5/64")
    town.clock.civil = SECOND
    staff.say("ข้อมูลจังหวัด")
    staff.say("แก้เฉพาะที่เปลี่ยน")
    staff.say("23=2 24=14/6/64")
    staff.say("ยืนยัน")
    assert known_in(town, 2, "t4_weekly_count") == ("2", "province")
    assert known_in(town, 1, "t4_weekly_count") == ("1", "province")
