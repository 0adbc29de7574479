from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update

from models.base import Base
from models.chat import Notice
from models.desk import DeskSession
from models.media import Media
from models.obligation import Obligation, Report
from models.people import LineAccount, Membership, Person
from models.signature import Signature, SignerRole
from models.work import Audit
from services.people import finding
from services.people.erasing import Erased, Erasing
from services.people.joining import move
from services.sending.outbox import queue_push
from tests.integration.services.retention.leftovers import VILLAGE, Place, june
from tests.integration.services.towns import account_of, one, report, rows, states
from tests.support.chat import Town

PLACEHOLDER = "ผู้ถูกลบ"
NAME = "แดง ตัวอย่าง"


def erase(town: Town, person_id: int, *, dry_run: bool = False) -> Erased:
    with town.runtime.sessions() as session, session.begin():
        person = session.get_one(Person, person_id)
        done = Erasing(session, person, PLACEHOLDER, town.clock.now(), town.clock.real()).erase(dry_run=dry_run)
    town.runtime.discarding.carry_out()
    return done


def tables_with(town: Town, words: str) -> set[str]:
    escaped = json.dumps(words)[1:-1]
    with town.runtime.sessions() as session:
        return {
            table.name
            for table in Base.metadata.sorted_tables
            for row in session.execute(table.select())
            if any(spelled in str(cell) for cell in row for spelled in (words, escaped))
        }


def test_who_asks_to_be_erased_is_found_nowhere_any_more(place: Place) -> None:
    left = june(place)
    town = place.town
    left.leader.say("พรุ่งนี้พาแม่ไปหาหมอที่เลย")
    witness = place.sign(left.leader, SignerRole.WITNESS, None)
    me, user_id = place.person(left.leader), left.leader.user_id
    done = erase(town, me)
    assert (done.name, done.user_ids) == (NAME, (user_id,))
    assert {what: count for what, count in done.counts.items() if what != "messages"} == {
        "roles": 1,
        "sessions": 0,
        "unsent": 0,
        "photos": 3,
        "signatures": 1,
        "requests": 0,
        "handed": 0,
        "calls": 0,
        "accounts": 1,
        "name": 1,
    }
    assert done.counts["messages"] > 5
    assert (done.attachments, done.certificates) == (1, 1)
    assert tables_with(town, NAME) == {"certificate"}, "an official record"
    assert tables_with(town, user_id) == tables_with(town, "พาแม่ไปหาหมอ") == set()
    assert one(town, select(Person).where(Person.id == me)).name == PLACEHOLDER
    assert one(town, select(Membership).where(Membership.person_id == me)).ended_at is not None
    kept = {left.attached.storage_key, left.attached.thumbnail_key, "signatures/1.png", "signatures/2.png"}
    assert place.files() == kept, "the household's own signature, the certificate's, and what is the report's"
    assert one(town, select(Signature.storage_key).where(Signature.id == witness)) == ""
    noted = one(town, select(Audit).where(Audit.action == "erased"))
    assert (noted.detail, noted.area_code) == (done.counts, "42")


def test_what_was_sent_from_the_phone_before_goes_too(place: Place) -> None:
    left = june(place)
    town = place.town
    me, user_id = place.person(left.leader), left.leader.user_id
    new = town.stranger()
    new.say("สวัสดี")
    with town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount).where(LineAccount.line_user_id == new.user_id)).one()
        move(session, me, account)
    assert erase(town, me).user_ids == (user_id, new.user_id)
    assert tables_with(town, user_id) == set()
    assert tables_with(town, NAME) == {"certificate"}, "an official record"
    assert not erase(town, me).anything


def test_a_second_time_there_is_nothing_left(place: Place) -> None:
    left = june(place)
    me = place.person(left.leader)
    erase(place.town, me)
    again = erase(place.town, me)
    assert not again.anything
    assert len(rows(place.town, select(Audit).where(Audit.action == "erased"))) == 1


def test_a_trial_counts_the_same_and_removes_nothing(place: Place) -> None:
    left = june(place)
    me, before = place.person(left.leader), place.files()
    tried = erase(place.town, me, dry_run=True)
    assert place.files() == before
    assert tables_with(place.town, NAME) >= {"person", "certificate"}
    assert erase(place.town, me).counts == tried.counts


def test_reports_stay_with_the_office_under_no_name(town: Town) -> None:
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    report(officer)
    me = account_of(town, officer).person_id or 0
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Obligation).where(Obligation.area_code == "4207").values(assigned_to=me))
    done = erase(town, me)
    assert done.reports == 1
    assert done.counts["handed"] > 0
    assert one(town, select(Report)).answers
    assert rows(town, select(Obligation.id).where(Obligation.assigned_to.is_not(None))) == []
    assert tables_with(town, "สมใจ ตัวอย่าง") == {"report"}, "as it was filed"


def test_the_name_of_whoever_telephoned_goes_from_the_reports_of_where_they_worked(town: Town) -> None:
    officer, other = town.person(NAME, "officer", "4207"), town.person("สมใจ ตัวอย่าง", "officer", "4206")
    me = account_of(town, officer).person_id or 0
    report(officer)
    report(other)
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Report).values(phoned_by=f"นาย{NAME} พัฒนากร"))
    assert erase(town, me, dry_run=True).counts["calls"] == 1
    assert erase(town, me).counts["calls"] == 1
    where = select(Report.phoned_by).join(Obligation, Obligation.id == Report.obligation_id)
    assert rows(town, where.where(Obligation.area_code == "4207")) == [PLACEHOLDER]
    assert rows(town, where.where(Obligation.area_code == "4206")) == [f"นาย{NAME} พัฒนากร"], (
        "somebody else's of that name"
    )


def test_what_was_told_to_others_of_them_goes_too(town: Town) -> None:
    leader, other = town.person(NAME, "leader", VILLAGE), town.person("สมใจ ตัวอย่าง", "officer", "4207")
    with town.runtime.sessions() as session, session.begin():
        session.add(
            Notice(
                person_id=account_of(town, other).person_id or 0,
                key="notice.anything",
                values={"name": NAME},
                subject="s",
                created_at=town.clock.now(),
            )
        )
    erase(town, account_of(town, leader).person_id or 0)
    assert rows(town, select(Notice)) == []


def test_desk_sessions_end(town: Town) -> None:
    staff = account_of(town, town.person("มาลี ตัวอย่าง", "staff", "42"))
    now = town.clock.now()
    with town.runtime.sessions() as session, session.begin():
        session.add(
            DeskSession(
                link_nonce="n",
                token_digest="d",
                person_id=staff.person_id or 0,
                account_id=staff.id,
                created_at=now,
                seen_at=now,
                expires_at=now,
            )
        )
    erase(town, staff.person_id or 0)
    assert one(town, select(DeskSession)).ended_at == now


def test_nothing_is_sent_to_them_any_more(town: Town) -> None:
    leader = town.person(NAME, "leader", VILLAGE)
    account = account_of(town, leader)
    with town.runtime.sessions() as session, session.begin():
        queue_push(session, 1, [account.id], [{"type": "text", "text": "ข่าว"}], town.clock.real())
    erase(town, account.person_id or 0)
    town.runtime.send_due(1)
    assert states(town) == [("push", "withdrawn")]
    assert town.line.pushes == []


def test_they_are_a_stranger_when_they_write_again_and_may_unfollow(town: Town) -> None:
    leader = town.person(NAME, "leader", VILLAGE)
    leader.say("เมนู")
    erase(town, account_of(town, leader).person_id or 0)
    leader.unfollow()
    assert account_of(town, leader).following is False
    leader.follow()
    assert "ขอเข้าร่วม" in leader.say("เมนู")
    assert account_of(town, leader).person_id is None
    assert len(rows(town, select(LineAccount))) == 2


@pytest.mark.parametrize(("words", "found"), [("แดง", [NAME]), ("4207", [NAME, "สมใจ ตัวอย่าง"]), ("5501", [])])
def test_people_are_found_by_name_or_area(town: Town, words: str, found: list[str]) -> None:
    town.person(NAME, "leader", VILLAGE)
    town.person("สมใจ ตัวอย่าง", "officer", "4207")
    town.person("มาลี ตัวอย่าง", "staff", "42")
    with town.runtime.sessions() as session:
        people = finding.find(session, words)
    assert [each.name for each in people] == found
    assert all(each.in_line for each in people)


def test_a_photo_that_is_still_wanted_is_not_fetched(town: Town) -> None:
    leader = town.person(NAME, "leader", VILLAGE)
    leader.photo()
    erase(town, account_of(town, leader).person_id or 0)
    town.work()
    assert one(town, select(Media)).state == "purged"
    assert town.media.stored == {}
