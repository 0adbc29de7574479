"""When a district's figures are counted anew: once for a burst of changes, and never too early to see the last."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.work import OwedJob
from services.evidence import figures_promises
from services.owed import perform
from tests.integration.services.evidence.test_figures import district, house, photo
from tests.support.runtime import StoppedClock


def owed(sessions: sessionmaker[Session]) -> OwedJob:
    with sessions() as session:
        return session.scalars(select(OwedJob)).one()


def change(sessions: sessionmaker[Session], clock: StoppedClock) -> None:
    with sessions() as session, session.begin():
        figures_promises.changed(session, "42070101", clock.real())


def test_a_burst_is_counted_once_a_moment_after_its_first_change(sessions: sessionmaker[Session]) -> None:
    clock = StoppedClock()
    change(sessions, clock)
    due = clock.real() + figures_promises.SOON
    for _ in range(3):
        clock.pass_seconds(1)
        change(sessions, clock)
    row = owed(sessions)
    assert (row.job, row.subject_id, row.done_at) == ("evidence_figures", 4207, None)
    assert row.next_try_at == due


def test_a_change_while_the_figures_are_counted_is_counted_afterwards(sessions: sessionmaker[Session]) -> None:
    clock = StoppedClock()
    change(sessions, clock)
    perform(sessions, clock, figures_promises.JOB, 4207, lambda _district: change(sessions, clock))
    row = owed(sessions)
    assert row.done_at is None
    assert row.next_try_at == clock.real() + figures_promises.SOON
    assert perform(sessions, clock, figures_promises.JOB, 4207, lambda _district: None)
    assert owed(sessions).done_at is not None
    change(sessions, clock)
    assert owed(sessions).done_at is None


def test_what_belongs_to_no_village_changes_no_figure(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, session.begin():
        figures_promises.changed(session, None, dt.datetime.now(dt.UTC))
        assert session.scalar(select(OwedJob)) is None


def test_new_rules_count_every_district_that_sent_anything(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, session.begin():
        for code in ("4207", "4208", "4209"):
            village = district(session, code, 1)[0]
            row = house(session, village)
            if code != "4209":
                photo(session, village, row)
        session.flush()
        figures_promises.all_changed(session, dt.datetime.now(dt.UTC))
        assert set(session.scalars(select(OwedJob.subject_id))) == {4207, 4208}
