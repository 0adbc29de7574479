"""Closing a village: from the leader's word to a certificate that two have signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Select, select
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.conversation.household.checks import VillageCounts
from models.campaign import Campaign
from models.certificate import Certificate
from models.obligation import Obligation
from models.people import Membership
from models.signature import SignerRole
from models.work import Audit
from services.evidence.sign_links import GOOD_FOR, SignLink
from tests.integration.services.towns import account_of, one, rows
from tests.support.chat import Phone, Town
from tests.support.loaded import LoadedFile

VILLAGE = "42070605"
STROKES = {"width": 320, "height": 240, "strokes": [[[20, 100], [120, 40], [200, 120]]]}
OTHERS = {**STROKES, "strokes": [[[10, 10], [200, 200]]]}


@pytest.fixture
def town(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    with loaded_sqlite.town() as made:
        yield made


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมใจ ตัวอย่าง", "officer", "4207")


@pytest.fixture
def browser(town: Town) -> Iterator[FlaskClient]:
    app = create_app(town.runtime)
    yield app.test_client()
    app.extensions["chat_executor"].close()


def photographed(leader: Phone, *houses: str) -> None:
    for house in houses:
        leader.photo()
        leader.say(house)


def path_of(phone: Phone, label: str = "ลงชื่อรับรอง") -> str:
    """The path behind the newest button with this label."""
    uri = next(str(action["uri"]) for action in phone.buttons()[::-1] if label in action["label"])
    return "/" + uri.split("/", 3)[3]


def sign(browser: FlaskClient, path: str, drawn: object = STROKES) -> TestResponse:
    return browser.post(f"{path}?role=&lang=th", data=orjson.dumps(drawn))


def told(answer: TestResponse) -> str:
    return str(orjson.loads(answer.data)["told"])


def standing(town: Town) -> list[tuple[str, int | None]]:
    return [(row.state, row.number) for row in rows(town, select(Certificate).order_by(Certificate.id))]


def certify(browser: FlaskClient, leader: Phone, officer: Phone) -> None:
    """Both sign what stands now."""
    leader.say("ปิดหมู่บ้าน")
    sign(browser, path_of(leader))
    officer.say("ใบรับรอง")
    assert sign(browser, path_of(officer)).status_code == 200


def test_a_village_is_closed_by_its_leader_and_an_inspector(
    town: Town, leader: Phone, officer: Phone, browser: FlaskClient
) -> None:
    photographed(leader, "12", "12/1")
    shown = leader.say("ปิดหมู่บ้าน")
    assert "สรุปหมู่ 5 บ้านตัวอย่าง" in shown
    assert "ทั้งหมด 120 หลัง ตรวจแล้ว 2 ครบรูปและลายเซ็น 0" in shown
    assert "กรณี ๓.๑ * 0" in shown
    assert "ขาดลายเซ็น 2 หลัง: 12 · 12/1" in shown
    assert "ยังไม่ตรวจ 118 หลัง: 14" in shown
    assert leader.labels() == ["ลงชื่อรับรอง", "ดูหลังที่ยังขาด"]
    page = browser.get(path_of(leader))
    assert page.status_code == 200
    assert "ทั้งหมด 120 หลัง ตรวจแล้ว 2" in page.text
    assert "ข้อมูล ณ จันทร์ที่ 7 มิ.ย. 64 เวลา 08.30 น." in page.text
    assert "ส่งแล้ว" in told(sign(browser, path_of(leader)))
    card = officer.say("สวัสดี")
    assert "ทั้งหมด 120 หลัง ตรวจแล้ว 2" in card
    page = browser.get(path_of(officer))
    assert "ต่อจากผู้นำชุมชน (บุญมี ตัวอย่าง)" in page.text
    assert sign(browser, path_of(officer)).status_code == 200
    row = one(town, select(Certificate))
    assert (row.state, row.reference, row.inspector_name, row.leader_name) == (
        "certified",
        "42070605-1",
        "สมใจ ตัวอย่าง",
        "บุญมี ตัวอย่าง",
    )
    assert VillageCounts.from_json(row.counts).checked == 2
    owed = one(town, select(Obligation).where(Obligation.area_code == VILLAGE))
    assert owed.state == "submitted"
    assert [found.subject for found in rows(town, select(Audit).where(Audit.action == "certified"))] == [
        "certificate 42070605-1"
    ]
    receipt = leader.say("สวัสดี")
    assert "เลขที่ใบรับรอง 42070605-1" in receipt
    assert "ขอบคุณที่ช่วยดูแล" in receipt
    assert "เปิดใบรับรอง" in leader.labels()


def test_the_officer_is_told_too_and_both_find_the_certificate_again(
    leader: Phone, officer: Phone, browser: FlaskClient
) -> None:
    photographed(leader, "12")
    certify(browser, leader, officer)
    assert "รับรองหมู่ 5 บ้านตัวอย่าง" in officer.say("สวัสดี")
    assert "อำเภอภูเรือ รับรองแล้ว 1 จาก 47 หมู่บ้าน" in officer.say("ใบรับรอง")
    assert officer.labels() == ["เปิด 42070605-1"]
    leader.say("สวัสดี")
    assert "รับรองแล้ว เลขที่ 42070605-1" in leader.say("ใบรับรอง")
    assert leader.labels() == ["เปิดใบรับรอง"]


def test_what_has_gathered_is_told_in_one_bubble(town: Town, officer: Phone, browser: FlaskClient) -> None:
    for village in (VILLAGE, "42070601"):
        leader = town.person("คำ ตัวอย่าง", "leader", village)
        photographed(leader, "12")
        leader.say("ปิดหมู่บ้าน")
        sign(browser, path_of(leader))
    shown = officer.say("สวัสดี")
    assert "มี 2 หมู่บ้านที่ผู้นำลงชื่อแล้ว รอท่านลงชื่อรับรอง" in shown
    officer.tap("ใบรับรอง")
    assert officer.labels() == ["ลงชื่อรับรอง", "ลงชื่อรับรอง"]
    for button in officer.buttons():
        sign(browser, "/" + str(button["uri"]).split("/", 3)[3])
    assert "รับรองครบทั้งสองฝ่ายแล้ว 2 หมู่บ้าน" in officer.say("สวัสดี")


def test_what_waits_is_shown_once_to_an_officer_who_asks_for_it(
    leader: Phone, officer: Phone, browser: FlaskClient
) -> None:
    photographed(leader, "12")
    leader.say("ปิดหมู่บ้าน")
    sign(browser, path_of(leader))
    assert officer.say("ใบรับรอง").count("สรุปหมู่ 5") == 1
    assert "สรุปหมู่ 5" not in officer.say("สวัสดี")


def test_a_village_of_which_nothing_was_sent_cannot_be_closed(town: Town, leader: Phone) -> None:
    shown = leader.say("ปิดหมู่บ้าน")
    assert "ยังไม่มีหลังที่ตรวจแล้ว จึงยังปิดหมู่บ้านไม่ได้" in shown
    assert leader.labels() == ["ส่งรูป"]
    assert rows(town, select(Certificate)) == []


def test_a_leader_of_two_villages_says_which_one_is_closed(town: Town, leader: Phone) -> None:
    photographed(leader, "12")
    with town.runtime.sessions() as session, session.begin():
        person = account_of(town, leader).person_id or 0
        session.add(Membership(person_id=person, role="leader", area_code="42070601", since=town.clock.now()))
    assert "ท่านดูแลหลายหมู่บ้าน" in leader.say("ปิดหมู่บ้าน")
    assert "สรุปหมู่ 5 บ้านตัวอย่าง" in leader.tap("หมู่ 5 ")
    assert one(town, select(Certificate)).village_code == VILLAGE


def test_what_is_signed_is_what_was_shown(town: Town, leader: Phone, browser: FlaskClient) -> None:
    photographed(leader, "12")
    leader.say("ปิดหมู่บ้าน")
    path = path_of(leader)
    photographed(leader, "14", "15")
    assert "ตรวจแล้ว 1 " in browser.get(path).text
    sign(browser, path)
    assert VillageCounts.from_json(one(town, select(Certificate)).counts).checked == 1


def test_a_summary_signed_later_takes_the_place_of_one_that_waits(
    town: Town, leader: Phone, officer: Phone, browser: FlaskClient
) -> None:
    photographed(leader, "12")
    leader.say("ปิดหมู่บ้าน")
    first = path_of(leader)
    sign(browser, first)
    officer.say("ใบรับรอง")
    old = path_of(officer)
    photographed(leader, "14")
    leader.say("ปิดหมู่บ้าน")
    overtaken = path_of(leader)
    assert "ยังรอผู้ตรวจทาน" in leader.say("ปิดหมู่บ้าน")
    assert sign(browser, path_of(leader), OTHERS).status_code == 200
    assert standing(town) == [("replaced", None), ("shown", None), ("signed", None)]
    refused = sign(browser, old)
    assert (refused.status_code, "ที่ใหม่กว่า" in told(refused)) == (410, True)
    assert "ที่ใหม่กว่า" in browser.get(old).text
    assert sign(browser, overtaken).status_code == 410
    officer.say("ใบรับรอง")
    assert sign(browser, path_of(officer)).status_code == 200
    assert standing(town) == [("replaced", None), ("shown", None), ("certified", 1)]
    drawings = [key for key in town.media.stored if key.startswith("signatures/")]
    assert len(drawings) == 3  # those that were refused have left nothing


def test_a_second_inspector_comes_too_late(town: Town, leader: Phone, officer: Phone, browser: FlaskClient) -> None:
    deputy = town.person("วิชัย ตัวอย่าง", "deputy", "4207")
    photographed(leader, "12")
    leader.say("ปิดหมู่บ้าน")
    sign(browser, path_of(leader))
    officer.say("ใบรับรอง")
    deputy.say("ใบรับรอง")
    assert sign(browser, path_of(officer)).status_code == 200
    late = sign(browser, path_of(deputy), OTHERS)
    assert (late.status_code, "มีผู้ตรวจทานลงชื่อรับรองแล้ว" in told(late)) == (410, True)
    assert sign(browser, path_of(officer, "ลงชื่อรับรอง")).status_code == 200  # its answer had been lost
    assert standing(town) == [("certified", 1)]


@pytest.mark.parametrize(
    ("role", "area"), [("officer", "4201"), ("staff", "42"), ("leader", VILLAGE), ("head", "4207"), ("deputy", "4207")]
)
def test_only_officers_of_the_villages_own_district_may_inspect(
    town: Town, leader: Phone, officer: Phone, browser: FlaskClient, role: str, area: str
) -> None:
    photographed(leader, "12")
    leader.say("ปิดหมู่บ้าน")
    sign(browser, path_of(leader))
    officer.say("ใบรับรอง")
    token = path_of(officer).rsplit("/", 1)[1]
    other = town.person("อื่น ตัวอย่าง", role, area)
    link = town.runtime.sign_links.read(token, town.clock.now())
    person = account_of(town, other).person_id or 0
    forged = town.runtime.sign_links.address(replace(link, person_id=person, nonce="another"))
    allowed = role in {"head", "deputy"}
    assert sign(browser, "/" + forged.split("/", 3)[3]).status_code == (200 if allowed else 403)


def test_nobody_certifies_a_summary_that_they_signed_as_leader(town: Town, leader: Phone, browser: FlaskClient) -> None:
    photographed(leader, "12")
    leader.say("ปิดหมู่บ้าน")
    sign(browser, path_of(leader))
    person = account_of(town, leader).person_id or 0
    with town.runtime.sessions() as session, session.begin():
        session.add(Membership(person_id=person, role="deputy", area_code="4207", since=town.clock.now()))
    assert "รอท่านลงชื่อ" not in leader.say("ใบรับรอง")
    row = one(town, select(Certificate))
    until = town.clock.now() + GOOD_FOR
    link = SignLink(VILLAGE, "", SignerRole.INSPECTOR, person, until, "own", row.id)
    refused = sign(browser, "/" + town.runtime.sign_links.address(link).split("/", 3)[3])
    assert (refused.status_code, "ต้องเป็นอีกคนหนึ่ง" in told(refused)) == (410, True)


def test_a_further_certificate_has_the_next_number_and_the_first_one_stands(
    town: Town, leader: Phone, officer: Phone, browser: FlaskClient
) -> None:
    photographed(leader, "12")
    certify(browser, leader, officer)
    settled = one(town, select(Obligation).where(Obligation.area_code == VILLAGE)).submitted_at
    leader.say("สวัสดี")
    shown = leader.say("ปิดหมู่บ้าน")
    assert "ยังไม่มีอะไรเปลี่ยน" in shown
    leader.photo()
    assert "ใบรับรองเดิม (42070605-1) ยังอยู่ จะออกฉบับเพิ่มเติม" in leader.say("14")
    leader.photo()
    assert "ยังอยู่" not in leader.say("15")
    town.clock.civil += dt.timedelta(days=1)
    leader.photo()
    assert "จะออกฉบับเพิ่มเติม" in leader.say("16")
    assert "เป็นฉบับเพิ่มเติม ใบรับรองเดิม 42070605-1 ยังอยู่" in leader.say("ปิดหมู่บ้าน")
    sign(browser, path_of(leader))
    assert "เป็นฉบับเพิ่มเติมของหมู่บ้านนี้" in officer.say("ใบรับรอง")
    sign(browser, path_of(officer))
    assert standing(town) == [("certified", 1), ("certified", 2)]
    first, second = (VillageCounts.from_json(row.counts).checked for row in rows(town, _in_order()))
    assert (first, second) == (1, 4)
    owed = one(town, select(Obligation).where(Obligation.area_code == VILLAGE))
    assert (owed.state, owed.submitted_at) == ("submitted", settled)


def test_after_the_due_day_it_is_late(town: Town, leader: Phone, officer: Phone, browser: FlaskClient) -> None:
    photographed(leader, "12")
    town.clock.civil = dt.datetime(2021, 7, 1, 9, 0, tzinfo=dt.UTC)
    certify(browser, leader, officer)
    assert one(town, select(Obligation).where(Obligation.area_code == VILLAGE)).state == "late"


def test_a_photo_that_is_taken_back_changes_no_certificate_and_is_noted(
    town: Town, leader: Phone, officer: Phone, browser: FlaskClient
) -> None:
    leader.photo()
    message = leader.last_message_id()
    leader.say("12")
    certify(browser, leader, officer)
    leader.send({"type": "unsend", "unsend": {"messageId": message}})
    row = one(town, select(Certificate))
    assert VillageCounts.from_json(row.counts).checked == 1
    noted = one(town, select(Audit).where(Audit.action == "unsent_after_certificate"))
    assert noted.subject == "certificate 42070605-1"


def test_the_inspector_is_written_to_at_once_where_the_campaign_says_so(
    town: Town, leader: Phone, officer: Phone, browser: FlaskClient
) -> None:
    with town.runtime.sessions() as session, session.begin():
        campaign = session.scalars(select(Campaign)).one()
        checks = {**campaign.settings["household_checks"], "inspector_push": True}
        campaign.settings = {**campaign.settings, "household_checks": checks}
    officer.say("สวัสดี")
    photographed(leader, "12")
    leader.say("ปิดหมู่บ้าน")
    sign(browser, path_of(leader))
    town.work()
    (pushed,) = town.line.pushes
    assert "สรุปหมู่ 5 บ้านตัวอย่าง" in str(pushed)
    assert "รอท่าน" not in officer.say("สวัสดี")


def _in_order() -> Select[Certificate]:
    return select(Certificate).order_by(Certificate.id)
