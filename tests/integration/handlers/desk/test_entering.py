"""Signing in from the chat, and every way in which a session ends."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import select, update

from models.desk import DeskSession
from models.people import LineAccount, Membership
from services.desk.links import GOOD_FOR
from services.desk.sessions import LASTS, digest
from tests.integration.handlers.desk.conftest import Office, address
from tests.integration.services.towns import rows
from tests.support.chat import Phone

HOME = "/desk/households"


def test_a_link_is_looked_at_often_and_signs_in_once(office: Office, staff: Phone) -> None:
    path = address(staff)
    robot, person, stranger = office.browser(), office.browser(), office.browser()
    for _ in range(3):
        page = robot.get(path)
        assert page.status_code == 200
        assert "มาลี ตัวอย่าง" in page.text
        assert "Set-Cookie" not in page.headers
    assert rows(office.town, select(DeskSession)) == []
    assert person.client.post(path).status_code == 303
    assert person.get(HOME).status_code == 200
    assert stranger.client.post(path).status_code == 410
    assert stranger.get(HOME).status_code == 401
    assert "ใช้ไปแล้ว" in robot.get(path).text


def test_the_cookie_is_for_the_server_alone_and_the_database_has_only_its_digest(office: Office, staff: Phone) -> None:
    desk = office.browser()
    set_cookie = desk.enter(staff).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/desk"} <= set(set_cookie.split("; "))
    secret = set_cookie.split(";")[0].partition("=")[2]
    (stored,) = rows(office.town, select(DeskSession))
    assert stored.token_digest == digest(secret)
    assert secret not in str(vars(stored))


def test_a_link_is_good_for_ten_minutes(office: Office, staff: Phone) -> None:
    path, desk = address(staff), office.browser()
    office.town.clock.civil += GOOD_FOR
    assert desk.get(path).status_code == 410
    assert desk.client.post(path).status_code == 410


def test_a_link_that_was_changed_opens_nothing(office: Office, staff: Phone) -> None:
    path = address(staff)
    changed = path[:-3] + ("abc" if path[-3] != "a" else "bbc")
    assert office.browser().get(changed).status_code == 404
    assert office.browser().client.post(changed).status_code == 404


def test_a_button_on_a_page_of_elsewhere_signs_nobody_in(office: Office, staff: Phone) -> None:
    answer = office.browser().client.post(address(staff), headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, rows(office.town, select(DeskSession))) == (403, [])


def test_a_session_lasts_twelve_hours(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    office.town.clock.civil += LASTS - dt.timedelta(seconds=1)
    assert desk.get(HOME).status_code == 200
    office.town.clock.civil += dt.timedelta(seconds=1)
    assert desk.get(HOME).status_code == 401


def test_a_role_that_ends_takes_the_pages_away_at_once_and_for_good(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    with office.town.runtime.sessions() as session, session.begin():
        session.execute(update(Membership).values(ended_at=office.town.clock.now()))
    assert desk.get(HOME).status_code == 401
    with office.town.runtime.sessions() as session, session.begin():
        session.execute(update(Membership).values(ended_at=None))
    assert desk.get(HOME).status_code == 401


def test_the_old_telephone_of_somebody_with_a_new_one_shows_nothing_more(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    with office.town.runtime.sessions() as session, session.begin():
        session.execute(update(LineAccount).where(LineAccount.line_user_id == staff.user_id).values(person_id=None))
    assert desk.get(HOME).status_code == 401


def test_the_chat_signs_out_everywhere(office: Office, staff: Phone) -> None:
    one, two = office.signed_in(staff), office.signed_in(staff)
    assert "2 เครื่อง" in staff.say("ออกจากระบบทุกเครื่อง")
    assert [desk.get(HOME).status_code for desk in (one, two)] == [401, 401]
    assert "ไม่มีเครื่องใด" in staff.say("ออกจากระบบทุกเครื่อง")


def test_one_of_several_browsers_is_signed_out_from_the_list(office: Office, staff: Phone) -> None:
    one, two = office.signed_in(staff), office.signed_in(staff)
    (first, _second) = rows(office.town, select(DeskSession.id).order_by(DeskSession.id))
    assert two.get("/desk/settings/devices").text.count("ออกจากระบบเครื่องนี้") == 2
    assert two.post(f"/desk/settings/devices/{first}/end").status_code == 303
    said = "ออกจากระบบเครื่องนั้นแล้ว"
    assert said in two.get("/desk/settings/devices").text
    assert said not in two.get("/desk/settings/devices").text
    assert (one.get(HOME).status_code, two.get(HOME).status_code) == (401, 200)


def test_nobody_ends_the_session_of_somebody_else(office: Office, staff: Phone, officer: Phone) -> None:
    theirs, mine = office.signed_in(staff), office.signed_in(officer)
    (first, _second) = rows(office.town, select(DeskSession.id).order_by(DeskSession.id))
    mine.post(f"/desk/settings/devices/{first}/end")
    assert theirs.get(HOME).status_code == 200


def test_a_form_without_the_key_of_its_own_session_changes_nothing(
    office: Office, staff: Phone, officer: Phone
) -> None:
    desk, other = office.signed_in(staff), office.signed_in(officer)
    (mine, _other) = rows(office.town, select(DeskSession.id).order_by(DeskSession.id))
    path = f"/desk/settings/devices/{mine}/end"
    assert desk.client.post(path).status_code == 403
    assert desk.client.post(path, data={"form_key": "0" * 64}).status_code == 403
    page = other.get("/desk/settings/devices").text
    stolen = page.split('name="form_key" value="')[1].split('"')[0]
    assert desk.client.post(path, data={"form_key": stolen}).status_code == 403
    assert desk.get(HOME).status_code == 200


@pytest.mark.parametrize(("role", "area"), [("leader", "42070605")])
def test_a_leader_has_no_desk(office: Office, role: str, area: str) -> None:
    leader = office.town.person("บุญมี ตัวอย่าง", role, area)
    said = leader.say("แดชบอร์ด")
    assert "เจ้าหน้าที่จังหวัดและอำเภอ" in said
    assert [action for action in leader.buttons() if action["type"] == "uri"] == []


@pytest.mark.parametrize("role", ["officer", "deputy", "head", "staff", "admin"])
def test_every_role_of_an_office_enters(office: Office, role: str) -> None:
    phone = office.town.person("ใครสักคน", role, "42" if role in {"staff", "admin"} else "4207")
    assert office.signed_in(phone).get(HOME).status_code == 200


def test_the_language_is_that_of_the_chat_and_switched_for_the_browser(office: Office) -> None:
    phone = office.town.person("Jane Example", "staff", "42", "en")
    desk = office.signed_in(phone)
    assert "Households by village" in desk.get(HOME).text
    assert (
        desk.post("/desk/settings/language", to="th", here="/desk/households?page=1").location
        == "/desk/households?page=1"
    )
    assert "ครัวเรือนรายหมู่บ้าน" in desk.get(HOME).text
    only_forms = "/desk/settings/people/1/duties/1/new-phone"
    for no_page in ("https://elsewhere.example/desk/", "/desk/nowhere", only_forms, "/desk/today?x=\r\ny"):
        assert desk.post("/desk/settings/language", to="th", here=no_page).location == "/desk/"


def test_what_cannot_be_shown_is_said_in_the_words_of_the_desk(
    office: Office, staff: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = office.signed_in(staff)
    for path in ("/desk/nowhere", "/desk/settings/people/1/duties/1/new-phone"):
        answer = desk.get(path)
        assert (path, answer.status_code) == (path, 404)
        assert "ไม่พบหน้านี้ในพื้นที่ของท่าน" in answer.text
        assert answer.headers["Content-Security-Policy"]
    unread = desk.post("/desk/look-alikes/1", verdict="perhaps")
    assert unread.status_code == 400
    assert "ระบบอ่านสิ่งที่ส่งมาไม่ได้" in unread.text
    assert desk.post("/desk/settings/tokens", name="a\0b", area="42", days="90").status_code == 400
    monkeypatch.setattr("handlers.desk.households.VillageList", None)
    broken = desk.get(HOME)
    assert broken.status_code == 500
    assert "ขณะนี้ระบบขัดข้อง" in broken.text
    told = r"request failed: TypeError in desk_households.villages at handlers/desk/households.py:\d+"
    assert re.search(told, caplog.text)
    assert '<a href="/desk/">กลับไปหน้าวันนี้</a>' in broken.text
    assert office.browser().get("/elsewhere").status_code == 404


def test_looking_without_reading_needs_no_key(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    assert desk.client.head("/desk/settings/devices").status_code == 200
    assert desk.client.options("/desk/settings/devices").status_code == 200
