"""Broadcasts on both databases: decided on once, written once, however many tap and work at the same time."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from bot.conversation import broadcast_effects as of_broadcast
from models.broadcast import Broadcast
from models.chat import Delivery, Notice, OutboxRequest
from models.obligation import Reminder
from models.people import LineAccount
from services.broadcasts import broadcasts
from services.calendar import BANGKOK
from tests.integration.services.towns import report
from tests.support.chat import Phone, Town

DUE_DAY = dt.datetime(2021, 6, 11, 13, 30, tzinfo=BANGKOK)


@pytest.fixture
def town(either_town: Town) -> Town:
    either_town.clock.civil = DUE_DAY
    return either_town


@pytest.fixture
def staff(town: Town) -> Phone:
    return town.person("นุช ตัวอย่าง", "staff", "42")


@pytest.fixture
def officers(town: Town) -> list[Phone]:
    return [town.person(f"คนที่ {number}", "officer", f"42{number:02d}") for number in (1, 5, 7)]


def together(times: int, work: Callable[[], bool]) -> list[bool]:
    barrier = threading.Barrier(times)

    def one() -> bool:
        barrier.wait(timeout=60)
        return work()

    with ThreadPoolExecutor(times) as pool:
        return [done.result(timeout=60) for done in [pool.submit(one) for _ in range(times)]]


def only(town: Town) -> Broadcast:
    with town.runtime.sessions() as session:
        return session.scalars(select(Broadcast)).one()


def count(town: Town, what: type) -> int:
    with town.runtime.sessions() as session:
        return session.scalar(select(func.count()).select_from(what)) or 0


def test_several_workers_at_once_write_it_once(town: Town, staff: Phone, officers: list[Phone]) -> None:
    staff.say("เตือน")
    staff.say("ยืนยัน")
    row = only(town)
    assert sorted(together(3, lambda: town.runtime.broadcasts.carry_out(row.id))) == [False, False, True]
    with town.runtime.sessions() as session:
        of_it = select(func.count(Delivery.id)).join(OutboxRequest).where(OutboxRequest.broadcast_id == row.id)
        assert session.scalar(of_it) == len(officers)


def test_two_reminders_that_are_carried_out_at_one_moment_reach_each_person_once(
    town: Town, staff: Phone, officers: list[Phone]
) -> None:
    colleague = town.person("สุดา ตัวอย่าง", "staff", "42")
    for phone in (staff, colleague):
        phone.say("เตือน")
    for phone in (staff, colleague):
        phone.say("ยืนยัน")
    with town.runtime.sessions() as session:
        ids = list(session.scalars(select(Broadcast.id)))
    assert together(2, lambda: town.runtime.broadcasts.carry_out(ids.pop())) == [True, True]
    assert count(town, Reminder) == len(officers)


def test_of_several_confirmations_at_once_one_counts(town: Town, staff: Phone, officers: list[Phone]) -> None:
    staff.say("เตือน")
    row = only(town)
    effect = of_broadcast.ConfirmBroadcast(row.key, DUE_DAY)

    def confirm() -> bool:
        with town.runtime.sessions() as session, session.begin():
            account = session.scalars(select(LineAccount).where(LineAccount.line_user_id == staff.user_id)).one()
            try:
                broadcasts.confirm(session, account, effect, town.clock)
            except LookupError:
                return False
        return True

    assert sorted(together(3, confirm)) == [False, False, True]
    town.runtime.sweep.run()
    town.work()
    assert len(town.line.pushes) == len(officers)


def test_what_was_cancelled_or_has_gone_is_not_changed_any_more(
    town: Town, staff: Phone, officers: list[Phone]
) -> None:
    staff.say("เตือน")
    staff.say("ยืนยัน")
    town.work()
    row = only(town)
    assert row.state == "sent"
    with town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount).where(LineAccount.line_user_id == staff.user_id)).one()
        with pytest.raises(LookupError):
            broadcasts.cancel(session, account, of_broadcast.CancelBroadcast(row.key))
        with pytest.raises(LookupError):
            broadcasts.prepare(session, account, of_broadcast.PrepareBroadcast(row.key, "reminder", {}, "", 1), DUE_DAY)


def test_an_announcement_its_result_and_the_figures(town: Town, staff: Phone, officers: list[Phone]) -> None:
    report(officers[2])
    town.work()
    town.line.pushes.clear()
    staff.say("ประกาศ อำเภอที่ยังไม่ส่ง")
    staff.say("ขอให้ส่งรายงานภายในวันนี้ด้วย")
    staff.say("ยืนยัน")
    town.work()
    ((body, _key),) = town.line.pushes
    assert len(body["to"]) == len(officers) - 1
    town.runtime.broadcasts.tick()
    town.runtime.broadcasts.tick()
    assert count(town, Notice) == 1
    assert "ผลการส่งประกาศ: ส่งแล้ว 2 คน" in staff.say("สรุป")
    assert "รายงานแล้ว 1 จาก 14 อำเภอ" in staff.say("สรุป")
    assert "เลขรับ 4207-1-01" in officers[2].say("ใบรับ")
    assert "จาก 300 ข้อความ" in staff.say("โควตา")


def test_a_job_that_comes_too_early_leaves_it_for_its_time(town: Town, staff: Phone, officers: list[Phone]) -> None:
    staff.say("ประกาศ ทุกอำเภอ")
    staff.say("ประชุมวันจันทร์")
    staff.say("ตั้งเวลา")
    staff.say("พรุ่งนี้ 09.00")
    staff.say("ยืนยัน")
    row = only(town)
    assert not town.runtime.broadcasts.carry_out(row.id)
    assert only(town).state == "scheduled"
    town.clock.civil = DUE_DAY + dt.timedelta(days=1)
    assert town.runtime.broadcasts.tick() == [row.id]
    town.runtime.sweep.run()
    town.work()
    assert len(town.line.pushes) == 1
