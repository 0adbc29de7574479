from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from models.chat import Notice
from models.media import Media
from models.people import Invitation, JoinRequest, LineAccount, Membership, Person, Role
from models.work import Audit
from services.people import invitations, join_requests, joining
from services.people.expected import end_codes
from services.people.joining import AlreadyDecidedError
from tests.integration.services.towns import account_of, one, rows
from tests.support.chat import Phone, Town

PHU_RUEA = "4207"
VILLAGE = "42070605"


@pytest.fixture
def staff(town: Town) -> Phone:
    return town.person("มาลี ตัวอย่าง", "staff", "42")


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมใจ ตัวอย่าง", "officer", PHU_RUEA)


def code(town: Town, role: Role = Role.OFFICER, area: str = PHU_RUEA, name: str = "", person: int | None = None) -> str:
    with town.runtime.sessions() as session, session.begin():
        return invitations.invite(session, role, area, town.clock.now(), name=name, person_id=person)


def join(phone: Phone, invitation: str) -> str:
    phone.say(invitation)
    return phone.tap("ใช่ และรับทราบ")


def memberships(town: Town) -> set[tuple[str, str]]:
    return {(row.role, row.area_code) for row in rows(town, select(Membership)) if row.ended_at is None}


def request(phone: Phone, name: str = "วิมล ตัวอย่าง", district: str = "ภูเรือ") -> str:
    phone.say("สวัสดี")
    phone.tap("ขอเข้าร่วม")
    phone.say(name)
    phone.tap(district)
    return phone.tap("ส่งคำขอ")


def test_a_code_is_never_digits_alone_nor_given_twice(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter("3497" + "ACDE" + "ACDE" + "ACDF")
    monkeypatch.setattr("services.people.invitations.secrets.choice", lambda _letters: next(drawn))
    assert [code(town), code(town)] == ["4207-ACDE", "4207-ACDF"]


def test_a_code_makes_a_member_who_has_acknowledged_the_privacy_notice(town: Town) -> None:
    phone = town.stranger()
    join(phone, code(town, name="วิมล ตัวอย่าง"))
    person = one(town, select(Person))
    assert (person.name, person.privacy_version, person.privacy_at) == ("วิมล ตัวอย่าง", 1, town.clock.now())
    assert memberships(town) == {("officer", PHU_RUEA)}
    assert one(town, select(Audit).where(Audit.action == "joined")).person_id == person.id


def test_only_a_digest_of_the_code_is_stored(town: Town) -> None:
    given = code(town)
    stored = one(town, select(Invitation))
    assert given[-4:] not in str(vars(stored))


@pytest.mark.parametrize("typed", ["{}", "  {} ค่ะ", "รหัส {}"])
def test_a_code_is_found_wherever_it_stands(town: Town, typed: str) -> None:
    phone = town.stranger()
    join(phone, typed.format(code(town, name="วิมล").lower().replace("-", " ")))
    assert memberships(town) == {("officer", PHU_RUEA)}


def test_a_code_works_once(town: Town) -> None:
    given = code(town, name="วิมล")
    join(town.stranger(), given)
    second = town.stranger()
    second.say(given)
    assert len(memberships(town)) == 1
    assert account_of(town, second).person_id is None


def test_of_two_who_tap_yes_at_once_one_becomes_the_member(either_town: Town) -> None:
    town = either_town
    given = code(town, name="วิมล")
    phones = [town.stranger() for _ in range(3)]
    for phone in phones:
        phone.say(given)
    barrier = threading.Barrier(len(phones))

    def yes(phone: Phone) -> None:
        barrier.wait(timeout=60)
        phone.tap("ใช่ และรับทราบ")

    with ThreadPoolExecutor(len(phones)) as pool:
        for done in [pool.submit(yes, phone) for phone in phones]:
            done.result(timeout=60)
    accounts = rows(town, select(LineAccount.person_id).where(LineAccount.person_id.is_not(None)))
    assert len(accounts) == 1
    assert one(town, select(Invitation)).used_at is not None
    assert len(town.line.replies) == 6


def test_an_expired_code_is_refused(town: Town) -> None:
    given = code(town, name="วิมล")
    town.clock.civil += dt.timedelta(days=31)
    phone = town.stranger()
    assert "หมดอายุ" in phone.say(given)
    assert memberships(town) == set()


def test_five_wrong_codes_block_further_ones_for_an_hour_even_right_ones(town: Town) -> None:
    phone = town.stranger()
    given = code(town, name="วิมล")
    for number in range(5):
        phone.say(f"4207-AAA{number + 2}")
    blocked = phone.say(given)
    assert "ใช่ และรับทราบ" not in blocked
    town.clock.civil += dt.timedelta(hours=1, seconds=1)
    assert "ใช่ และรับทราบ" in phone.say(given)


def test_a_right_code_clears_the_count_of_wrong_ones(town: Town) -> None:
    phone = town.stranger()
    phone.say("4207-AAAA")
    join(phone, code(town, name="วิมล"))
    assert account_of(town, phone).failed_codes == 0


def test_a_person_may_hold_several_roles_and_areas(town: Town) -> None:
    phone = town.stranger()
    join(phone, code(town, name="วิมล"))
    join(phone, code(town, Role.DEPUTY, "4203"))
    join(phone, code(town, Role.LEADER, VILLAGE))
    assert memberships(town) == {("officer", PHU_RUEA), ("deputy", "4203"), ("leader", VILLAGE)}
    assert len(rows(town, select(Person))) == 1


def test_a_role_that_was_ended_can_be_given_again(town: Town) -> None:
    phone = town.stranger()
    join(phone, code(town, name="วิมล"))
    with town.runtime.sessions() as session, session.begin():
        session.scalars(select(Membership)).one().ended_at = town.clock.now()
    assert "รายงานครั้งที่" not in phone.say("รายงาน")
    join(phone, code(town, name="วิมล"))
    assert memberships(town) == {("officer", PHU_RUEA)}


def test_a_new_phone_takes_the_person_over(town: Town, officer: Phone) -> None:
    person = account_of(town, officer).person_id
    new = town.stranger()
    join(new, code(town, person=person))
    assert account_of(town, new).person_id == person
    assert account_of(town, officer).person_id is None
    assert "รายงานครั้งที่ 1" in new.say("รายงาน")
    assert "ยังไม่ได้เข้าร่วม" in officer.say("รายงาน")


def test_an_area_that_is_not_loaded_gets_no_code(town: Town) -> None:
    with pytest.raises(LookupError):
        code(town, area="9999")
    with pytest.raises(LookupError):
        code(town, person=424242)
    with town.runtime.sessions() as session, pytest.raises(LookupError):
        joining.districts_of(session, "99")
    with town.runtime.sessions() as session:
        assert len(joining.districts_of(session, "42")) == 14


def test_a_request_is_approved_by_staff_and_told_at_once(town: Town, staff: Phone) -> None:
    phone = town.stranger()
    request(phone)
    assert "วิมล ตัวอย่าง" in staff.say("คำขอเข้าร่วม")
    staff.tap("ยืนยัน")
    town.work()
    assert memberships(town) == {("staff", "42"), ("officer", PHU_RUEA)}
    assert [body["to"] for body, _key in town.line.pushes] == [phone.user_id]
    assert "รายงานครั้งที่ 1" in phone.say("รายงาน")


def test_a_declined_request_leaves_a_guest_who_is_told(town: Town, staff: Phone) -> None:
    phone = town.stranger()
    request(phone)
    staff.say("คำขอเข้าร่วม")
    staff.tap("ไม่")
    town.work()
    assert memberships(town) == {("staff", "42")}
    assert [body["to"] for body, _key in town.line.pushes] == [phone.user_id]
    assert one(town, select(JoinRequest)).state == "declined"


def test_a_second_request_replaces_the_first(town: Town) -> None:
    phone = town.stranger()
    request(phone)
    with town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount)).one()
        join_requests.request_to_join(session, account, ("อื่น", "officer", "4203", 1), town.clock.now())
    assert [row.state for row in rows(town, select(JoinRequest).order_by(JoinRequest.id))] == ["declined", "pending"]


def test_of_two_deciders_at_once_one_decides_and_both_are_answered(either_town: Town) -> None:
    town = either_town
    staff = [town.person(f"มาลี {number}", "staff", "42") for number in range(2)]
    request(town.stranger())
    for phone in staff:
        phone.say("คำขอเข้าร่วม")
    barrier = threading.Barrier(2)

    def decide(phone: Phone, label: str) -> None:
        barrier.wait(timeout=60)
        phone.tap(label)

    before = len(town.line.replies)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(decide, staff[0], "ยืนยัน"), pool.submit(decide, staff[1], "ไม่")]:
            done.result(timeout=60)
    town.work()
    assert len(town.line.replies) == before + 2
    assert len(town.line.pushes) == 1
    assert len(rows(town, select(Audit).where(Audit.subject.startswith("join_request")))) == 1


def test_what_has_been_decided_cannot_be_decided_or_used_again(town: Town, staff: Phone) -> None:
    request(town.stranger())
    decided = one(town, select(JoinRequest)).id
    staff.say("คำขอเข้าร่วม")
    staff.tap("ยืนยัน")
    sessions = town.runtime.sessions
    with pytest.raises(AlreadyDecidedError), sessions() as session, session.begin():
        join_requests.decide(session, decided, 1, town.clock.now(), approve=False)
    given = code(town, name="วิมล")
    join(town.stranger(), given)
    invitation, account = one(town, select(Invitation)).id, account_of(town, staff)
    with pytest.raises(AlreadyDecidedError), sessions() as session, session.begin():
        joining.redeem(session, account, invitation, "ใคร", 1, town.clock.now())


def test_a_code_that_was_replaced_while_its_holder_said_yes_makes_nobody_a_member(town: Town, staff: Phone) -> None:
    code(town, name="วิมล")
    looked, now = one(town, select(Invitation)).id, town.clock.now()
    with town.runtime.sessions() as session, session.begin():
        end_codes(session, "วิมล", Role.OFFICER.value, PHU_RUEA, now)
    account = account_of(town, staff)
    with pytest.raises(AlreadyDecidedError), town.runtime.sessions() as session, session.begin():
        joining.redeem(session, account, looked, "วิมล", 1, now)


def test_a_leaders_request_is_decided_by_the_district_and_photos_sent_meanwhile_are_kept(
    town: Town, officer: Phone, staff: Phone
) -> None:
    leader = town.stranger()
    leader.say(f"เข้าร่วม {VILLAGE}")
    leader.tap("ใช่ และรับทราบ")
    leader.photo()
    leader.photo()
    assert len(rows(town, select(Media))) == 2
    assert "บุญมี" in officer.say("คำขอ") or "ผู้นำ" in officer.heard[0]["altText"]
    officer.tap("ยืนยัน")
    assert {job for job, _subject in town.queue.rung} == {"fetch_media"}
    assert "ยืนยันแล้ว" in leader.say("12/3")
    assert one(town, select(Notice)).shown_at is not None
    assert [row.household_id is not None for row in rows(town, select(Media).order_by(Media.id))] == [True, False]


def test_an_officer_decides_only_on_leaders_of_the_own_district(town: Town) -> None:
    elsewhere = town.person("อื่น", "officer", "4203")
    leader = town.stranger()
    leader.say(f"เข้าร่วม {VILLAGE}")
    leader.tap("ใช่ และรับทราบ")
    assert "ไม่มีคำขอ" in elsewhere.say("คำขอ")
    pending = one(town, select(JoinRequest)).id
    elsewhere.postback(f"do=approve&id={pending}")
    assert one(town, select(JoinRequest)).state == "pending"


def test_a_known_person_whom_staff_recognise_has_changed_phones(town: Town, officer: Phone, staff: Phone) -> None:
    person = account_of(town, officer).person_id
    new = town.stranger()
    request(new, "สมใจ ตัวอย่าง")
    staff.say("คำขอเข้าร่วม")
    staff.tap("ยืนยัน")
    assert account_of(town, new).person_id == person
    assert account_of(town, officer).person_id is None


def test_nobody_becomes_staff_by_being_recognised_as_the_leader_who_they_are_as_well(
    town: Town, officer: Phone, staff: Phone
) -> None:
    person = account_of(town, staff).person_id
    with town.runtime.sessions() as session, session.begin():
        session.add(Membership(person_id=person, role="leader", area_code=VILLAGE, since=town.clock.now()))
    stranger = town.stranger()
    stranger.say("สวัสดี")
    account = account_of(town, stranger)
    with town.runtime.sessions() as session, session.begin():
        wanted = JoinRequest(name="มาลี ตัวอย่าง", role="leader", area_code=VILLAGE, privacy_version=1)
        wanted.account_id, wanted.created_at = account.id, town.clock.now()
        session.add(wanted)
    officer.say("คำขอเข้าร่วม")
    officer.tap("ยืนยัน")
    assert account_of(town, staff).person_id == person
    new = account_of(town, stranger).person_id
    assert rows(town, select(Membership.role).where(Membership.person_id == new)) == ["leader"]


def test_coming_back_after_blocking_keeps_person_and_roles(town: Town, officer: Phone) -> None:
    officer.send({"type": "unfollow"})
    assert "กลับ" in officer.send({"type": "follow", "follow": {"isUnblocked": True}})
    assert "รายงานครั้งที่ 1" in officer.say("รายงาน")


def test_the_link_of_a_village_opens_the_chat_with_the_words_typed() -> None:
    link = joining.village_link("@tidtam", "เข้าร่วม 42070605")
    assert link.startswith("https://line.me/R/oaMessage/%40tidtam/?")
    assert link.endswith("42070605")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.STAFF])
def test_nobody_decides_on_their_own_request(town: Town, role: Role) -> None:
    asking = town.person("สมใจ ตัวอย่าง", role, PHU_RUEA if role is Role.OFFICER else "42")
    asking.say(VILLAGE)
    asking.tap("ใช่ และรับทราบ")
    asking.say("คำขอเข้าร่วม")
    assert not any(action.get("data", "").startswith("do=approve") for action in asking.buttons())
    asking.postback(f"do=approve&id={one(town, select(JoinRequest)).id}")
    asking.say("อนุมัติ")
    assert one(town, select(JoinRequest)).state == "pending"
    colleague = town.person("มาลี ตัวอย่าง", "staff", "42")
    colleague.say("คำขอเข้าร่วม")
    colleague.tap("ยืนยันให้เข้าร่วม")
    assert ("leader", VILLAGE) in memberships(town)
