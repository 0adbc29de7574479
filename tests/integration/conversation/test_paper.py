"""Paper ordered in the chat: who gets whose, and what the button opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from bot.app import create_app
from models.people import Membership
from models.work import Audit
from services.sheets import expiring, opening
from tests.integration.services.towns import rows
from tests.support.chat import Phone, Town

LISTED = "42070605"


@pytest.fixture
def web(town: Town) -> Iterator[FlaskClient]:
    with create_app(town.runtime).test_client() as client:
        yield client


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("บุญมี ตัวอย่าง", "leader", LISTED)


def path(phone: Phone, label: str = "เปิดไฟล์ PDF") -> str:
    found = next(item["uri"] for item in phone.buttons() if item["type"] == "uri" and label in item["label"])
    return str(found).removeprefix("http://127.0.0.1:9")


def printed(town: Town) -> list[tuple[str, int | None]]:
    return [(row.subject, row.person_id) for row in rows(town, select(Audit).where(Audit.action == "printed"))]


def test_a_leader_prints_the_sheet_of_the_own_village(town: Town, leader: Phone, web: FlaskClient) -> None:
    shown = leader.say("ใบเยี่ยม")
    assert "หมู่ 5" in shown
    assert printed(town) == []
    answer = web.get(path(leader))
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert [subject for subject, _ in printed(town)] == [f"visit_sheet {LISTED}"]


def test_an_officer_names_a_village_in_many_ways(officer: Phone) -> None:
    for words in ("ใบเยี่ยม หมู่ 5 สานตม", "ขอใบเยี่ยม ม.๕ ต.สานตม", "ใบเยี่ยม 42070605", "ใบเยี่ยม หมู่ 5 ตำบลสานตม อำเภอภูเรือ"):
        shown = officer.say(words)
        assert "หมู่ 5" in shown, words
        assert "ต.สานตม" in shown, words
        assert officer.labels() == ["เปิดไฟล์ PDF"]


def test_several_villages_of_a_number_are_offered(officer: Phone, web: FlaskClient) -> None:
    assert "เลือกไฟล์" in officer.say("ใบเยี่ยม หมู่ 5")
    assert len(officer.labels()) == 6
    assert web.get(path(officer, "สานตม")).status_code == 200


def test_what_is_not_found_is_said_with_an_example(officer: Phone) -> None:
    assert "เช่น ใบเยี่ยม หมู่ 5 สานตม" in officer.say("ใบเยี่ยม ดาวอังคาร")
    assert "ไม่พบ" in officer.say("ใบเยี่ยม หมู่ 3 เชียงคาน")
    assert "บอกตำบลด้วย" in officer.say("ใบเยี่ยม บ้านตัวอย่าง")


def test_staff_name_a_district_and_everybody_else_has_nothing_to_print(town: Town, staff: Phone) -> None:
    assert "กรุณาบอกอำเภอหรือหมู่บ้าน" in staff.say("ใบเยี่ยม")
    assert "อำเภอด่านซ้าย" in staff.say("ใบเยี่ยม ด่านซ้าย")
    assert "ใบเยี่ยมครัวเรือน" not in town.stranger().say("ใบเยี่ยม")


def test_a_large_district_is_drawn_by_a_worker_and_the_page_waits(town: Town, officer: Phone, web: FlaskClient) -> None:
    assert "อำเภอภูเรือ (47 หมู่บ้าน)" in officer.say("ใบเยี่ยม")
    address = path(officer)
    waiting = web.get(address)
    assert waiting.status_code == 202
    assert waiting.headers["Refresh"] == "3"
    assert "0 จาก 47 หมู่บ้าน" in waiting.text
    assert web.get(address).status_code == 202
    town.work()
    assert printed(town) == []
    assert web.get(address).data.startswith(b"%PDF")
    assert [subject for subject, _ in printed(town)] == ["visit_sheet 4207"]
    town.clock.pass_seconds(opening.FRESH.total_seconds() + 1)
    assert web.get(address).status_code == 202


def test_what_was_drawn_for_a_district_is_not_kept_and_drawn_again_when_wanted(
    town: Town, officer: Phone, web: FlaskClient
) -> None:
    officer.say("ใบเยี่ยม")
    address = path(officer)
    web.get(address)
    town.work()
    town.media.delete("sheets/4207.pdf")
    assert web.get(address).status_code == 202, "removed in this moment"
    town.work()
    assert web.get(address).data.startswith(b"%PDF")
    town.clock.pass_seconds(expiring.KEPT.total_seconds())
    town.clock.civil = town.clock.civil.replace(hour=3)
    assert town.runtime.nightly.plan() is not None
    town.runtime.purge.run()
    assert town.media.stored == {}
    assert web.get(address).status_code == 202


def test_the_page_says_how_far_the_worker_is(town: Town, officer: Phone, web: FlaskClient) -> None:
    officer.say("ใบเยี่ยม")
    web.get(path(officer))
    town.media.put("sheets/4207.drawn", iter([b"12"]))
    assert "12 จาก 47 หมู่บ้าน" in web.get(path(officer)).text


def test_signs_of_a_district_come_at_once(officer: Phone, web: FlaskClient) -> None:
    assert "แจกให้ผู้นำ" in officer.say("ป้ายเข้าร่วม ภูเรือ")
    assert web.get(path(officer)).data.startswith(b"%PDF")


def test_who_has_lost_the_office_prints_nothing(town: Town, officer: Phone, web: FlaskClient) -> None:
    officer.say("ป้ายเข้าร่วม")
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Membership).values(ended_at=town.clock.now()))
    refused = web.get(path(officer))
    assert refused.status_code == 403
    assert "ไม่ได้ดูแลพื้นที่นี้แล้ว" in refused.text
    assert printed(town) == []


def test_old_and_foreign_links_open_nothing(town: Town, leader: Phone, web: FlaskClient) -> None:
    leader.say("ใบเยี่ยม")
    assert web.get("/sheet/abc").status_code == 404
    town.clock.civil += dt.timedelta(days=3)
    assert web.get(path(leader)).status_code == 410


def test_paper_is_ordered_in_the_middle_of_a_report_and_the_report_goes_on(officer: Phone) -> None:
    officer.say("รายงาน")
    officer.say("อยู่ระหว่าง")
    assert "ใบเยี่ยมครัวเรือน" in officer.say("ใบเยี่ยม หมู่ 5 สานตม")
    assert "รับแล้ว: ทำแล้วทั้งสองอย่าง" in officer.say("ทำแล้วทั้งสองอย่าง")


def test_a_district_without_villages_in_the_register_says_so(bare_town: Town) -> None:
    assert "ยังไม่มีทะเบียนหมู่บ้าน" in bare_town.person("สมใจ", "officer", "4207").say("ใบเยี่ยม")
