"""A reminder that the province asks for by hand."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from models.broadcast import Broadcast, BroadcastKind, BroadcastState
from models.campaign import Campaign, Round
from models.chat import OutboxRequest
from models.obligation import Reminder
from models.people import Person
from services.ports import Quota
from services.reminders.asked import Asked, AskedResult, AskedWriter, ByHand
from services.reminders.letters import LetterWriter
from services.reminders.timetable import timetable
from tests.integration.services.reminders.test_reminders import DUE_DAY, MUEANG, OPENING, PHU_RUEA, at, heard, move, who
from tests.integration.services.sending.test_sender import later
from tests.integration.services.towns import report, rows
from tests.support.chat import Phone, Town


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", PHU_RUEA)


@pytest.fixture
def deputy(town: Town) -> Phone:
    return town.person("สมชาย ใจงาม", "deputy", PHU_RUEA)


def broadcast(town: Town, **audience: Any) -> int:
    """Confirmed by staff, about round 1."""
    now = town.clock.now()
    with town.runtime.sessions() as session, session.begin():
        person = session.scalars(select(Person).order_by(Person.id)).first()
        row = Broadcast(
            key=uuid.uuid4().hex,
            campaign_id=session.scalars(select(Campaign.id)).one(),
            kind=BroadcastKind.REMINDER.value,
            state=BroadcastState.SCHEDULED.value,
            round_id=session.scalars(select(Round.id).where(Round.number == 1, Round.duty == "")).one(),
            audience=audience,
            created_by=person.id if person else 0,
            created_at=now,
            send_at=now,
        )
        session.add(row)
        session.flush()
        return row.id


def remind(town: Town, instant: dt.datetime, *, row: int = 0, force: bool = False, **audience: Any) -> AskedResult:
    town.clock.civil = instant
    row = row or broadcast(town, **audience)
    town.runtime.quota.refresh(1)
    with town.runtime.sessions() as session, session.begin():
        found = town.runtime.reminders.write_asked(session, session.get_one(Broadcast, row), force=force)
    for outbox in found.rows:
        town.queue.ring("send_outbox", outbox)
    town.work()
    return found


def prepared(town: Town) -> Asked:
    with town.runtime.sessions() as session:
        rnd = session.scalars(select(Round).where(Round.number == 1, Round.duty == "")).one()
        writer = AskedWriter(LetterWriter(town.runtime.texts, town.runtime.forms), town.clock.now())
        return writer.prepare(session, ByHand(session.get_one(Campaign, rnd.campaign_id), rnd))


def test_each_district_that_owes_hears_its_own(town: Town, officer: Phone) -> None:
    other = town.person("เมือง", "officer", MUEANG)
    sent = town.person("วังสะพุง", "officer", "4209")
    report(sent)
    found = remind(town, at(9, 10))
    assert found.people == 2
    assert len(found.silent) == 11
    words = dict(heard(town))
    assert set(words) == {officer.user_id, other.user_id}
    assert "อำเภอภูเรือ" in words[officer.user_id]
    assert {row.purpose for row in rows(town, select(OutboxRequest)) if row.broadcast_id} == {"reminder:asked"}


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (at(9, 10), "กำหนดส่งภายใน ศุกร์ที่ 11 มิ.ย. 64"),
        (at(10, 15), "กำหนดส่งพรุ่งนี้"),
        (at(11, 8), "วันนี้เป็นวันครบกำหนด"),
        (at(12, 10), "ส่งโดยเร็ว"),
        (at(14, 8, 30), "12.00"),
        (at(16, 10), "ส่งโดยเร็ว"),
    ],
)
def test_the_words_are_those_of_the_day(town: Town, officer: Phone, instant: dt.datetime, words: str) -> None:
    remind(town, instant)
    ((_user, said),) = heard(town)
    assert words in said


def test_deputies_hear_it_from_the_due_day_on(town: Town, officer: Phone, deputy: Phone) -> None:
    remind(town, at(10, 10))
    assert who(town) == [officer.user_id]
    remind(town, at(11, 10))
    assert set(who(town)[1:]) == {officer.user_id, deputy.user_id}


def test_whoever_was_reminded_within_the_hour_is_left_alone_unless_it_is_insisted_on(
    town: Town, officer: Phone
) -> None:
    move(town, OPENING)
    again = remind(town, OPENING + dt.timedelta(minutes=59))
    assert (again.people, len(again.lately)) == (0, 1)
    assert len(heard(town)) == 1
    forced = remind(town, OPENING + dt.timedelta(minutes=59), force=True)
    assert (forced.people, forced.lately) == (1, ())
    assert len(heard(town)) == 2
    later = remind(town, OPENING + dt.timedelta(minutes=130))
    assert later.people == 1


def test_what_was_said_by_hand_the_plan_does_not_say_once_more_within_the_hour(town: Town, officer: Phone) -> None:
    other = town.person("เมือง", "officer", MUEANG)
    remind(town, OPENING - dt.timedelta(minutes=30), areas=[PHU_RUEA])
    move(town, OPENING)
    move(town, OPENING + dt.timedelta(hours=2))
    assert who(town) == [officer.user_id, other.user_id]
    with town.runtime.sessions() as session:
        rnd = session.scalars(select(Round).where(Round.number == 1, Round.duty == "")).one()
        plan = timetable(session, session.get_one(Campaign, rnd.campaign_id), rnd, town.clock.now())
    assert [(line.sent, line.waiting, line.not_sent) for line in plan if line.key == "opening"] == [(2, 0, ())]


@pytest.mark.parametrize("first", ["hand", "plan"])
def test_by_hand_and_by_the_plan_at_one_instant_is_heard_once(either_town: Town, first: str) -> None:
    town, people = either_town, [either_town.person("ก", "officer", code) for code in (PHU_RUEA, MUEANG)]
    town.clock.civil = OPENING
    row, other = broadcast(town), "plan" if first == "hand" else "hand"
    work = {"hand": lambda: town.runtime.broadcasts.carry_out(row), "plan": town.runtime.reminders.plan}
    written, ended = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        """The first one's transaction stays open until the second has done all that it can."""
        if threading.current_thread().name == first and session.scalar(select(Reminder.id).limit(1)) is not None:
            written.set()
            ended.wait(1)

    def second() -> None:
        assert written.wait(60)
        work[other]()
        ended.set()

    event.listen(Session, "before_commit", hold)
    try:
        sides = [threading.Thread(target=work[first], name=first), threading.Thread(target=second, name=other)]
        for side in sides:
            side.start()
        for side in sides:
            side.join(60)
    finally:
        event.remove(Session, "before_commit", hold)
    assert ended.is_set()
    later(town, 1)
    assert sorted(who(town)) == sorted(phone.user_id for phone in people)


def test_the_same_request_carried_out_twice_says_it_once(town: Town, officer: Phone) -> None:
    town.clock.civil = at(9, 10)
    row = broadcast(town)
    assert remind(town, at(9, 10), row=row, force=True).people == 1
    assert remind(town, at(9, 10), row=row, force=True).people == 0
    assert len(heard(town)) == 1


def test_it_may_be_for_some_districts_alone(town: Town, officer: Phone) -> None:
    town.person("เมือง", "officer", MUEANG)
    found = remind(town, at(9, 10), areas=[PHU_RUEA])
    assert who(town) == [officer.user_id]
    assert found.silent == ()


def test_the_preview_says_how_many_would_hear_it_and_writes_nothing(town: Town, officer: Phone) -> None:
    town.clock.civil = DUE_DAY
    assert prepared(town).people == 1
    assert rows(town, select(OutboxRequest)) == []


def test_what_the_quota_leaves_no_room_for_is_told(town: Town, officer: Phone) -> None:
    town.line.quota_left = Quota(300, 300)
    found = remind(town, at(9, 10))
    assert (found.people, found.dropped) == (0, 1)


def test_about_no_round_nothing_can_be_said(town: Town, officer: Phone) -> None:
    row = broadcast(town)
    with town.runtime.sessions() as session, session.begin():
        session.get_one(Broadcast, row).round_id = None
    with pytest.raises(LookupError):
        remind(town, at(9, 10), row=row)
