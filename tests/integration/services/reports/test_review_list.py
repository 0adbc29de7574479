"""The list of a round's reports on both databases: its order, its counts, and a moment gone by."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from models.campaign import Round
from models.obligation import Obligation, ObligationState, Report
from models.people import Person
from services.desk.scope import Scope
from services.ledger.ledger import move
from services.reports.as_of import report_at, standing_at
from services.reports.review_list import Rank, ReviewList, Wanted
from tests.integration.services.towns import one, report, rows
from tests.support.chat import Town

PHU_RUEA = "4207"


def test_a_returned_report_comes_back_to_its_reviewer_and_the_past_stays_as_it_was(either_town: Town) -> None:
    town = either_town
    officer, sent_at = town.person("สมใจ ตัวอย่าง", "officer", PHU_RUEA), town.clock.now()
    town.person("มาลี ตัวอย่าง", "staff", "42")
    report(officer)
    town.work()
    reviewer = one(town, select(Person.id).where(Person.name == "มาลี ตัวอย่าง"))
    number = one(town, select(Report.obligation_id))
    later = sent_at + dt.timedelta(hours=2)
    with town.runtime.sessions() as session, session.begin():
        move(session, number, ObligationState.RETURNED, now=later, person_id=reviewer, reason="x")
        move(session, number, ObligationState.SUBMITTED, now=later + dt.timedelta(hours=1), person_id=None)
    rnd = rows(town, select(Round.id).join(Obligation).where(Obligation.id == number))[0]
    with town.runtime.sessions() as session:
        mine = ReviewList(session, Scope(("42",)), reviewer)
        now = mine.page(Wanted(rnd))
        then = {at: mine.page(Wanted(rnd, at=at)) for at in (sent_at - dt.timedelta(hours=1), sent_at, later)}
        others = ReviewList(session, Scope(("42",)), reviewer + 1).page(Wanted(rnd, group="remarks"))
        elsewhere = ReviewList(session, Scope(("4206",)), reviewer).page(Wanted(rnd))
        standing = [standing_at(session, number, at).value for at in (*then, None)]
        reports = [report_at(session, number, at) is not None for at in (*then, None)]
    assert (now.lines[0].rank, now.lines[0].area_code, now.reported, now.asked) == (Rank.BACK_TO_ME, PHU_RUEA, 1, 14)
    assert [line.rank for line in others.lines] == [Rank.GRAVE]
    assert [page.counts.get(Rank.OWED) for page in then.values()] == [14, 13, 13]
    assert [page.of("returned") for page in then.values()] == [0, 0, 1]
    assert (standing, reports) == (["open", "submitted", "returned", "submitted"], [False, True, True, True])
    assert [line.area_code for line in elsewhere.lines] == ["4206"]
