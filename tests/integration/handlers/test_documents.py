"""A report as the office prints it, opened from the chat."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bot.app import create_app
from models.people import Membership
from models.work import Audit
from services.documents.links import GOOD_FOR
from tests.integration.services.towns import rows
from tests.support.chat import Phone, Town
from tests.support.loaded import LoadedFile

ANSWERS = (
    "รายงาน",
    "2",
    "1",
    "21 15",
    "3150 3040",
    "40 35 12 38 9",
    "30 มิ.ย. 64",
    "2",
    "0",
    "ไม่มีข้อมูลที่อำเภอ",
    "ไม่มี",
    "ยืนยันส่ง",
)
FORM, LETTER = "แบบรายงาน (PDF)", "หนังสือนำส่ง (Word)"


@pytest.fixture
def town(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    with loaded_sqlite.town() as made:
        yield made


@pytest.fixture
def officer(town: Town) -> Phone:
    """Has sent round 1."""
    phone = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    for words in ANSWERS:
        said = phone.say(words)
    assert "ส่งรายงานเรียบร้อยแล้ว" in said
    return phone


@pytest.fixture
def browser(town: Town) -> Iterator[FlaskClient]:
    app = create_app(town.runtime)
    yield app.test_client()
    app.extensions["chat_executor"].close()


def path_of(phone: Phone, label: str) -> str:
    uri = next(str(action["uri"]) for action in phone.buttons()[::-1] if action["label"] == label)
    return "/" + uri.split("/", 3)[3]


def test_the_receipt_opens_the_printed_form_and_a_letter_to_sign(
    town: Town, officer: Phone, browser: FlaskClient
) -> None:
    form, letter = browser.get(path_of(officer, FORM)), browser.get(path_of(officer, LETTER))

    text = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(form.data))
    assert "๓,๑๕๐" in text
    assert "ขอแสดงความนับถือ" not in text
    word = docx.Document(io.BytesIO(letter.data))
    assert any("นายอำเภอภูเรือ" in paragraph.text for paragraph in word.paragraphs)
    assert [row.action for row in rows(town, select(Audit).where(Audit.action == "printed"))] == ["printed"] * 2
    assert form.headers["Cache-Control"] == "private, no-store"


def test_the_same_documents_come_with_the_receipts_that_are_asked_for_later(
    officer: Phone, browser: FlaskClient
) -> None:
    officer.say("ใบรับ")

    assert browser.get(path_of(officer, FORM)).data.startswith(b"%PDF")


def test_a_link_ends_with_its_time_with_the_role_and_with_any_change(
    town: Town, officer: Phone, browser: FlaskClient
) -> None:
    path = path_of(officer, FORM)
    assert browser.get(path + "x").status_code == 404
    assert browser.get(path.replace("/document/", "/certificate/")).status_code == 404
    town.clock.civil += GOOD_FOR - dt.timedelta(minutes=1)
    assert browser.get(path).status_code == 200
    with town.runtime.sessions() as session, session.begin():
        session.scalars(select(Membership)).one().ended_at = town.clock.now()
    refused = browser.get(path)
    assert refused.status_code == 403
    assert "เฉพาะเจ้าหน้าที่" in refused.get_data(as_text=True)
    town.clock.civil += dt.timedelta(minutes=2)
    assert browser.get(path).status_code == 410
