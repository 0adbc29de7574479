"""People get their menu when they join, change their language, or come back; whatever LINE says, they have joined."""

from __future__ import annotations

from collections import deque

import pytest
from sqlalchemy import select

from models.people import LineAccount, Role
from models.work import OwedJob
from services.people import invitations
from services.ports import MenuAnswer, Profile
from tests.integration.services.towns import one, rows
from tests.support.chat import Phone, Town

LINK_JOBS = select(OwedJob).where(OwedJob.job == "link_rich_menu")


def shown(town: Town, phone: Phone) -> str:
    return " ".join(town.line.menus.shown(phone.user_id).split()[1:3])


def settle(town: Town) -> None:
    """Let the workers do what is owed, each job once."""
    town.runtime.sweep.run()
    town.queue.rung[:] = dict.fromkeys(town.queue.rung)
    town.work()


def join(town: Town, role: Role, area: str, name: str = "สมใจ ตัวอย่าง") -> Phone:
    """A stranger with a code of their own."""
    with town.runtime.sessions() as session, session.begin():
        code = invitations.invite(session, role, area, town.clock.now(), name=name)
    phone = town.stranger()
    phone.say(code)
    assert "เข้าร่วมเรียบร้อยแล้ว" in phone.tap("ใช่ และรับทราบ")
    return phone


@pytest.fixture
def synced(town: Town) -> Town:
    town.runtime.rich_menus.sync()
    return town


@pytest.mark.parametrize(
    ("role", "area", "menu"),
    [
        (Role.OFFICER, "4207", "officer th"),
        (Role.HEAD, "4207", "officer th"),
        (Role.LEADER, "42070605", "leader th"),
        (Role.STAFF, "42", "staff th"),
    ],
)
def test_joining_links_the_menu_of_the_role(synced: Town, role: Role, area: str, menu: str) -> None:
    phone = join(synced, role, area)
    assert shown(synced, phone) == "guest th"
    settle(synced)
    assert shown(synced, phone) == menu
    assert one(synced, LINK_JOBS).done_at is not None


def test_an_approved_request_links_the_menu(synced: Town) -> None:
    staff, leader = synced.person("มาลี", "staff", "42"), synced.stranger()
    leader.say("42070605")
    leader.say("นายบุญมี ตัวอย่าง")
    leader.say("ใช่ และรับทราบ")
    settle(synced)
    assert shown(synced, leader) == "guest th"
    staff.say("คำขอเข้าร่วม")
    staff.tap("ยืนยันให้เข้าร่วม")
    settle(synced)
    assert shown(synced, leader) == "leader th"


def test_another_language_is_another_menu(synced: Town) -> None:
    officer = synced.person("สมใจ", "officer", "4207")
    officer.say("English")
    settle(synced)
    assert shown(synced, officer) == "officer en"
    officer.say("ไทย")
    settle(synced)
    assert shown(synced, officer) == "officer th"


def test_the_phones_language_counts_as_soon_as_line_tells_it(synced: Town) -> None:
    guest = synced.stranger()
    synced.line.profiles[guest.user_id] = Profile("Anna", "en")
    guest.say("hello")
    settle(synced)
    assert shown(synced, guest) == "guest en"
    guest.say("ไทย")
    settle(synced)
    assert shown(synced, guest) == "guest th"
    assert guest.user_id not in synced.line.menus.links


def test_a_new_phone_takes_the_menu_along(synced: Town) -> None:
    old = join(synced, Role.OFFICER, "4207")
    settle(synced)
    new = join(synced, Role.OFFICER, "4207")
    settle(synced)
    assert (shown(synced, old), shown(synced, new)) == ("guest th", "officer th")


def test_whoever_comes_back_gets_the_menu_again(synced: Town) -> None:
    officer = join(synced, Role.OFFICER, "4207")
    settle(synced)
    officer.unfollow()
    synced.line.menus.links.clear()
    officer.follow()
    settle(synced)
    assert shown(synced, officer) == "officer th"


def test_without_menus_nothing_is_linked_and_nothing_owed(town: Town) -> None:
    join(town, Role.OFFICER, "4207")
    settle(town)
    assert rows(town, LINK_JOBS) == []
    assert town.line.menus.calls == []


def test_line_that_does_not_answer_holds_up_nobody_and_is_asked_again(synced: Town) -> None:
    synced.line.menus.answers["link"] = deque([MenuAnswer(None), MenuAnswer(500)])
    officer = join(synced, Role.OFFICER, "4207")
    for _ in range(2):
        settle(synced)
        assert shown(synced, officer) == "guest th"
        assert "รายงานครั้งที่ 1" in officer.say("รายงาน")
        synced.clock.pass_seconds(10)
    settle(synced)
    assert shown(synced, officer) == "officer th"


def test_a_menu_that_line_does_not_know_is_given_up(synced: Town) -> None:
    synced.line.menus.answers["link"] = deque([MenuAnswer(404, problem="Not found")])
    officer = join(synced, Role.OFFICER, "4207")
    settle(synced)
    job = one(synced, LINK_JOBS)
    assert (job.done_at is not None, shown(synced, officer)) == (True, "guest th")
    account = one(synced, select(LineAccount).where(LineAccount.line_user_id == officer.user_id))
    assert account.rich_menu == ""


def test_a_language_chosen_while_line_is_told_is_linked_afterwards(synced: Town) -> None:
    officer = join(synced, Role.OFFICER, "4207")

    def speak_english(call: str) -> None:
        synced.line.menus.before_call = lambda _call: None
        with synced.runtime.sessions() as session, session.begin():
            session.scalars(select(LineAccount)).one().chosen_language = "en"

    synced.line.menus.before_call = speak_english
    settle(synced)
    assert shown(synced, officer) == "officer th"
    synced.clock.pass_seconds(10)
    settle(synced)
    assert shown(synced, officer) == "officer en"


def test_every_tile_is_answered_when_its_word_is_typed(synced: Town) -> None:
    people = {
        "officer": synced.person("สมใจ", "officer", "4207"),
        "staff": synced.person("มาลี", "staff", "42"),
        "leader": synced.person("บุญมี", "leader", "42070605"),
        "guest": synced.stranger(),
    }
    for name, phone in people.items():
        settle(synced)
        synced.runtime.rich_menus.sync()
        menu_id = synced.line.menus.links.get(phone.user_id, synced.line.menus.everybodys)
        for area in synced.line.menus.made[menu_id]["areas"]:
            screen = phone.say(area["action"]["text"])
            assert screen, (name, area["action"]["text"])
            assert "ยังไม่เข้าใจ" not in screen, (name, area["action"]["text"])
