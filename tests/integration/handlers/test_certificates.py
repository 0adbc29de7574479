"""Opening a certificate, and checking a printed one: what is shown, to whom, and what is noted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select, update

from bot.app import create_app
from models.certificate import Certificate
from models.people import Membership
from models.work import Audit
from services.evidence.certificates.links import GOOD_FOR, CertificateLinks
from tests.integration.services.evidence.closing import Village, person_id, village
from tests.integration.services.towns import rows
from tests.support.chat import Phone, Town
from tests.support.loaded import LoadedFile


@pytest.fixture
def town(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    with loaded_sqlite.town() as made:
        yield made


@pytest.fixture
def browser(town: Town) -> Iterator[FlaskClient]:
    app = create_app(town.runtime)
    yield app.test_client()
    app.extensions["chat_executor"].close()


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมใจ ตัวอย่าง", "officer", "4207")


@pytest.fixture
def place(town: Town) -> Village:
    found = village(town)
    found.photographed("12", "12/1")
    return found


def opened(phone: Phone, label: str = "เปิดใบรับรอง") -> str:
    phone.say("ใบรับรอง")
    uri = next(str(action["uri"]) for action in phone.buttons()[::-1] if action["label"] == label)
    return "/" + uri.split("/", 3)[3]


def views(town: Town) -> list[tuple[int | None, str]]:
    found = rows(town, select(Audit).where(Audit.action == "viewed").order_by(Audit.id))
    return [(row.person_id, row.subject) for row in found]


def test_the_document_opens_for_both_and_each_look_is_noted(
    town: Town, place: Village, officer: Phone, browser: FlaskClient
) -> None:
    place.certified(officer)
    answer = browser.get(opened(place.leader))
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="42070605-1.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "42070605-1" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    browser.get(opened(officer, "เปิด 42070605-1"))
    subject = "certificate 42070605-1"
    assert views(town) == [(person_id(town, place.leader), subject), (person_id(town, officer), subject)]


def test_until_it_is_made_the_page_waits_and_opens_it_then(
    town: Town, place: Village, officer: Phone, browser: FlaskClient
) -> None:
    place.sign(place.shown())
    place.sign(place.offered(officer))
    path = opened(place.leader)
    waiting = browser.get(path)
    assert (waiting.status_code, waiting.headers["Refresh"], views(town)) == (503, "5", [])
    assert "กำลังจัดทำใบรับรอง" in waiting.text
    town.work()
    assert browser.get(path).status_code == 200


def test_making_it_again_changes_nothing(town: Town, place: Village, officer: Phone) -> None:
    row = place.certified(officer)
    before = dict(town.media.stored)
    town.runtime.certificate_making.make(row.id)
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Certificate).values(document_key=""))
    town.runtime.certificate_making.make(row.id)
    assert town.media.stored == before
    assert place.rows()[-1].document_key == row.document_key


def test_a_link_ends_with_its_time_and_with_the_persons_office(
    town: Town, place: Village, officer: Phone, browser: FlaskClient
) -> None:
    place.certified(officer)
    path = opened(place.leader)
    with town.runtime.sessions() as session, session.begin():
        session.execute(
            update(Membership)
            .where(Membership.person_id == person_id(town, place.leader))
            .values(ended_at=town.clock.now())
        )
    refused = browser.get(path)
    assert (refused.status_code, "ไม่ได้ดูแลหมู่บ้านนี้แล้ว" in refused.text) == (403, True)
    town.clock.civil += GOOD_FOR
    assert (browser.get(path).status_code, "หมดเวลา" in browser.get(path).text) == (410, True)
    assert browser.get("/certificate/nonsense").status_code == 404
    assert views(town) == []


@pytest.mark.parametrize(
    ("role", "area", "status"),
    [("staff", "42", 200), ("head", "4207", 200), ("officer", "4201", 403), ("leader", "42070601", 403)],
)
def test_whoever_has_no_business_with_the_village_opens_nothing(
    town: Town, place: Village, officer: Phone, browser: FlaskClient, role: str, area: str, status: int
) -> None:
    row = place.certified(officer)
    other = person_id(town, town.person("อื่น ตัวอย่าง", role, area))
    links = CertificateLinks.beside(town.runtime.sign_links)
    address = links.make(row.id, other, town.clock.now())
    assert browser.get("/" + address.split("/", 3)[3]).status_code == status


def test_anybody_with_the_paper_sees_what_was_certified(place: Village, officer: Phone, browser: FlaskClient) -> None:
    code = place.certified(officer).check_code
    page = browser.get(f"/verify/{code}")
    assert page.status_code == 200
    for words in ("42070605-1", "ต.สานตม อ.ภูเรือ", "ทั้งหมด 120 หลัง ตรวจแล้ว 2", "บุญมี ตัวอย่าง", "สมใจ ตัวอย่าง"):
        assert words in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    typed = browser.get("/verify", query_string={"code": f" {code[:4].lower()}-{code[4:8]} {code[8:]}"})
    assert "42070605-1" in typed.text
    assert "<form" in browser.get("/verify").text


def test_an_earlier_certificate_says_that_there_is_a_newer_one(
    place: Village, officer: Phone, browser: FlaskClient
) -> None:
    first = place.certified(officer).check_code
    place.photographed("14")
    second = place.certified(officer).check_code
    assert "มีฉบับเพิ่มเติมที่ใหม่กว่า เลขที่ 42070605-2" in browser.get(f"/verify/{first}").text
    assert "เป็นฉบับเพิ่มเติม" in browser.get(f"/verify/{second}").text


@pytest.mark.parametrize("typed", ["3F7KNM4A9CXT", "nonsense", "<b>", "ก" * 500])
def test_a_code_of_no_certificate_is_answered_with_the_form(browser: FlaskClient, typed: str) -> None:
    page = browser.get("/verify", query_string={"code": typed})
    assert page.status_code == 404
    assert "ไม่พบใบรับรองที่มีรหัส" in page.text
    assert "<b>" not in page.text


def test_what_only_the_leader_has_signed_cannot_be_checked_or_opened(
    town: Town, place: Village, browser: FlaskClient
) -> None:
    place.sign(place.shown())
    assert browser.get("/verify?code=").text.count("<form") == 1
    links = CertificateLinks.beside(town.runtime.sign_links)
    address = links.make(place.rows()[0].id, person_id(town, place.leader), town.clock.now())
    assert browser.get("/" + address.split("/", 3)[3]).status_code == 404
