"""ตั้งค่า: a round is closed and opened, a due day moved, days off added and taken away, a reminder's hour changed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from models.campaign import Campaign, KnownValue, Round
from services.calendar import day_of
from tests.integration.handlers.desk.conftest import Office
from tests.support.chat import Phone

DATES = "/desk/settings/campaigns/loei_2564/dates"


def rnd(office: Office, number: int) -> Round:
    with office.town.runtime.sessions() as session:
        return session.scalars(select(Round).where(Round.duty == "", Round.number == number)).one()


def settings(office: Office) -> dict[str, object]:
    with office.town.runtime.sessions() as session:
        return session.scalars(select(Campaign)).one().settings


def test_rounds_are_closed_opened_and_moved_and_what_others_changed_stays(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    with office.town.runtime.sessions() as session, session.begin():
        session.scalars(select(KnownValue).where(KnownValue.name == "t3_hh_target")).first().value = "31"  # type: ignore[union-attr]
    number = str(rnd(office, 2).id)
    desk.post(f"{DATES}/close", round=number, closed="yes")
    assert rnd(office, 2).closes_at is not None
    assert desk.post(f"{DATES}/move", number="3", due="2021-06-28").status_code == 303
    assert day_of(rnd(office, 3).due_at) == dt.date(2021, 6, 28)
    assert rnd(office, 2).closes_at is not None
    with office.town.runtime.sessions() as session:
        assert session.scalars(select(KnownValue.value).where(KnownValue.name == "t3_hh_target")).first() == "31"
    desk.post(f"{DATES}/close", round=number, closed="no")
    assert rnd(office, 2).closes_at is None
    for written, due in (("๒๙ มิ.ย. ๒๕๖๔", 29), ("30/6/2564", 30), ("28 Jun 2021", 28)):
        assert desk.post(f"{DATES}/move", number="3", due=written).status_code == 303
        assert day_of(rnd(office, 3).due_at) == dt.date(2021, 6, due)
    assert 'value="28 มิ.ย. 64"' in desk.get(DATES).text
    for wrong, told in (("1 มิ.ย. 64", "ยังไม่ถึงกำหนด"), ("soon", "ยังอ่านเป็นวันไม่ได้"), ("31 มิ.ย. 64", "มีถึงวันที่ 30")):
        refused = desk.post(f"{DATES}/move", number="3", due=wrong)
        assert (wrong, refused.status_code) == (wrong, 422)
        assert told in refused.text
        assert f'value="{wrong}"' in refused.text
    doubtful = desk.post(f"{DATES}/move", number="3", due="ประมาณ 29 มิ.ย.")
    assert "อ่านได้เป็น อังคารที่ 29 มิ.ย. 64 ถ้าถูกต้อง กดอีกครั้ง" in doubtful.text
    assert 'value="29 มิ.ย. 64"' in doubtful.text
    assert day_of(rnd(office, 3).due_at) == dt.date(2021, 6, 28)
    office.town.clock.civil += dt.timedelta(days=6)
    desk = office.signed_in(staff)
    assert desk.post(f"{DATES}/move", number="1", due="2021-06-29").status_code == 422
    assert day_of(rnd(office, 1).due_at) == dt.date(2021, 6, 11)


def test_days_off_are_added_and_taken_away_and_what_cannot_be_read_stays_in_its_field(
    office: Office, staff: Phone
) -> None:
    desk = office.signed_in(staff)
    desk.post(f"{DATES}/days", more="25 มิ.ย. 64 วันหยุดพิเศษ")
    page = desk.get(DATES).text
    assert "ครั้งที่ 3 ครบกำหนด ศุกร์ที่ 25 มิ.ย. 64 ซึ่งเป็นวันหยุด" in page
    assert "วันหยุดพิเศษ" in page
    assert day_of(rnd(office, 3).due_at) == dt.date(2021, 6, 25)
    assert "2021-06-25" in str(settings(office)["holidays"])
    desk.post(f"{DATES}/days", gone="2021-06-25")
    assert "2021-06-25" not in str(settings(office)["holidays"])
    assert "ยังอ่านไม่ได้: สักวัน" in desk.post(f"{DATES}/days", more="สักวัน").text
    kept = desk.post(f"{DATES}/days", more="25 มิ.ย. 64 วันหยุดพิเศษ\nสักวัน")
    assert "25 มิ.ย. 64 วันหยุดพิเศษ\nสักวัน</textarea>" in kept.text
