"""Rich menus follow the texts: made once, made anew when words change, and never gone in between."""

from __future__ import annotations

import datetime as dt
from collections import deque
from dataclasses import replace

import pytest
from sqlalchemy import select

from models.people import LineAccount
from models.rich_menu import RichMenu
from services.owed import LaterError
from services.ports import MenuAnswer
from services.rich_menus.linking import MenuRefusedError
from services.rich_menus.sync import RichMenus
from services.texts import Texts
from tests.support.chat import Phone, Town

ALL = 8
"""Four menus in two languages."""
BUSY = MenuAnswer(429, problem="The API rate limit has been exceeded")


class OtherTexts(Texts):
    """The product's texts of a later version: the officers' first tile is called something else."""

    def __init__(self) -> None:
        super().__init__()
        self._plain = {**self._plain, "th": self._plain["th"].with_texts({"menu.button.report": "กรอกรายงาน"})}


def shown(town: Town, phone: Phone) -> str:
    """Key and locale of the menu under this person's chat."""
    return " ".join(town.line.menus.shown(phone.user_id).split()[1:3])


def linked(town: Town, phone: Phone) -> str:
    """What our own table says of it."""
    with town.runtime.sessions() as session:
        return session.scalars(select(LineAccount.rich_menu).where(LineAccount.line_user_id == phone.user_id)).one()


def later(town: Town) -> RichMenus:
    """The same service after an update of the texts."""
    return replace(town.runtime.rich_menus, texts=OtherTexts())


@pytest.fixture
def people(either_town: Town) -> dict[str, Phone]:
    return {
        "officer": either_town.person("สมใจ", "officer", "4207"),
        "head": either_town.person("อารี", "head", "4207", language="en"),
        "leader": either_town.person("บุญมี", "leader", "42070605"),
        "staff": either_town.person("มาลี", "staff", "42"),
    }


def test_everybody_gets_the_menu_of_their_role_and_language(either_town: Town, people: dict[str, Phone]) -> None:
    done = either_town.runtime.rich_menus.sync()
    assert (len(done.made), done.linked, done.deleted) == (ALL, 4, 0)
    assert {name: shown(either_town, phone) for name, phone in people.items()} == {
        "officer": "officer th",
        "head": "officer en",
        "leader": "leader th",
        "staff": "staff th",
    }
    assert shown(either_town, either_town.stranger()) == "guest th"
    assert linked(either_town, people["officer"]) == either_town.line.menus.links[people["officer"].user_id]


def test_a_second_run_changes_nothing(either_town: Town, people: dict[str, Phone]) -> None:
    either_town.runtime.rich_menus.sync()
    either_town.line.menus.calls.clear()
    done = either_town.runtime.rich_menus.sync()
    assert (done.made, done.linked, done.deleted) == ((), 0, 0)
    assert either_town.line.menus.calls == ["names", "show_everybody"]


def test_a_changed_word_makes_that_menu_anew_and_moves_its_people(either_town: Town, people: dict[str, Phone]) -> None:
    either_town.runtime.rich_menus.sync()
    before = dict(either_town.line.menus.links)
    done = later(either_town).sync()
    assert (done.made, done.linked, done.deleted) == (("officer th",), 1, 1)
    officer = people["officer"].user_id
    menus = either_town.line.menus
    assert len(menus.made) == ALL
    assert menus.made[menus.links[officer]]["areas"][0]["action"]["text"] == "กรอกรายงาน"
    assert {user: menu for user, menu in menus.links.items() if user != officer} == {
        user: menu for user, menu in before.items() if user != officer
    }


@pytest.mark.parametrize("broken", ["names", "make", "draw", "show_everybody", "link", "delete"])
def test_whatever_breaks_leaves_working_menus_and_the_next_run_finishes(town: Town, broken: str) -> None:
    officer = town.person("สมใจ", "officer", "4207")
    town.runtime.rich_menus.sync()
    town.line.menus.answers[broken] = deque([BUSY])
    with pytest.raises(MenuRefusedError):
        later(town).sync()
    assert shown(town, officer) == "officer th"
    assert shown(town, town.stranger()) == "guest th"
    later(town).sync()
    menus = town.line.menus
    assert menus.made[menus.links[officer.user_id]]["areas"][0]["action"]["text"] == "กรอกรายงาน"
    assert len(menus.made) == ALL


class KilledError(Exception):
    """The process ends here."""


@pytest.mark.parametrize("fatal", ["draw", "show_everybody", "link", "delete"])
def test_a_process_that_dies_in_between_leaves_working_menus_and_the_next_one_finishes(town: Town, fatal: str) -> None:
    officer = town.person("สมใจ", "officer", "4207")
    town.runtime.rich_menus.sync()

    def die(call: str) -> None:
        if call == fatal:
            raise KilledError

    town.line.menus.before_call = die
    with pytest.raises(KilledError):
        later(town).sync()
    town.line.menus.before_call = lambda _call: None
    assert shown(town, officer) == "officer th"
    done = later(town).sync()
    assert len(town.line.menus.made) == ALL
    assert shown(town, officer) == "officer th"
    assert (len(done.made) <= 1, later(town).sync().made) == (True, ())


def test_a_menu_that_somebody_deleted_at_line_is_made_again(town: Town) -> None:
    officer = town.person("สมใจ", "officer", "4207")
    town.runtime.rich_menus.sync()
    town.line.menus.delete(town.line.menus.links[officer.user_id])
    assert shown(town, officer) == "guest th"
    assert town.runtime.rich_menus.sync().made == ("officer th",)
    assert shown(town, officer) == "officer th"


def test_menus_of_others_are_left_alone(town: Town) -> None:
    town.line.menus.made["richmenu-by-hand"] = {"name": "โปรโมชั่น"}
    town.runtime.rich_menus.sync()
    later(town).sync()
    assert "richmenu-by-hand" in town.line.menus.made


def test_whoever_blocked_the_account_is_not_linked(town: Town) -> None:
    officer = town.person("สมใจ", "officer", "4207")
    officer.unfollow()
    assert town.runtime.rich_menus.sync().linked == 0


def test_many_people_are_linked_by_five_hundred(town: Town) -> None:
    with town.runtime.sessions() as session, session.begin():
        now = town.clock.now()
        session.add_all(
            LineAccount(channel_id=1, line_user_id=f"U{number:032x}", language="en", created_at=now)
            for number in range(10**6, 10**6 + 1201)
        )
    assert town.runtime.rich_menus.sync().linked == 1201
    assert town.line.menus.calls.count("link") == 3


def test_a_role_that_changes_while_line_is_told_is_looked_at_again(town: Town) -> None:
    officer = town.person("สมใจ", "officer", "4207")

    def speak_english(call: str) -> None:
        if call == "link":
            town.line.menus.before_call = lambda _call: None
            with town.runtime.sessions() as session, session.begin():
                account = session.scalars(select(LineAccount)).one()
                account.chosen_language = "en"

    town.line.menus.before_call = speak_english
    town.runtime.rich_menus.sync()
    assert shown(town, officer) == "officer th"
    town.runtime.sweep.run()
    town.work()
    assert shown(town, officer) == "officer en"


def test_as_a_job_it_waits_for_line_and_gives_up_on_a_refusal(town: Town) -> None:
    menus = town.runtime.rich_menus
    town.line.menus.answers["make"] = deque([BUSY, MenuAnswer(400, problem="wrong")])
    with pytest.raises(LaterError):
        menus.sync_job(1)
    with pytest.raises(MenuRefusedError, match="making officer th: 400 wrong"):
        menus.sync_job(1)


def test_a_promised_sync_is_done_by_the_worker(town: Town) -> None:
    town.runtime.rich_menus.sync_later()
    town.runtime.sweep.run()
    town.work()
    assert len(town.line.menus.made) == ALL


def test_a_sync_may_wait_until_everything_has_started(town: Town) -> None:
    town.runtime.rich_menus.sync_later(after=dt.timedelta(seconds=10))
    town.runtime.sweep.run()
    assert town.queue.rung == []
    town.clock.pass_seconds(11)
    town.runtime.sweep.run()
    assert town.queue.rung == [("sync_rich_menus", 1)]


def test_the_list_tells_what_is_missing_old_and_right(town: Town) -> None:
    town.person("สมใจ", "officer", "4207")
    menus = town.runtime.rich_menus
    assert [menu.rich_menu_id for menu in menus.standing()] == [""] * ALL
    menus.sync()
    assert all(menu.fresh for menu in menus.standing())
    assert {menu.key: menu.people for menu in menus.standing() if menu.locale == "th"}["officer"] == 1
    assert [(menu.key, menu.locale) for menu in later(town).standing() if not menu.fresh] == [("officer", "th")]
    with town.runtime.sessions() as session:
        assert len(session.scalars(select(RichMenu)).all()) == ALL
