"""วันนี้: what needs doing, who has sent what, and how it goes; each for the visitor's own area."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.app import create_app
from models.area import Area
from models.campaign import Campaign, Form, KnownValue, Round
from models.chat import Delivery, OutboxRequest
from models.line_limits import QuotaReading
from models.obligation import Obligation, ObligationChange, ObligationState, Reminder
from models.people import JoinRequest, Membership, Person
from models.quality import QualityCount
from models.work import OwedJob
from services.calendar import BANGKOK
from services.quality.checks import CHECKS
from tests.integration.handlers.desk.conftest import VILLAGE, Office, photo_of
from tests.integration.handlers.desk.test_quality import alike
from tests.integration.services.towns import account_of
from tests.support.chat import Phone
from tests.support.loaded import LoadedFile
from tests.support.reported import reported_town
from tests.support.statements import statements

PAGE = "/desk/today"
FRIDAY = dt.datetime(2021, 6, 11, 10, 0, tzinfo=BANGKOK)
MONDAY = dt.datetime(2021, 6, 14, 10, 0, tzinfo=BANGKOK)


@pytest.fixture(scope="module")
def eight_of_fourteen(tmp_path_factory: pytest.TempPathFactory) -> LoadedFile:
    """Eight of fourteen districts have reported round 1."""
    with reported_town(tmp_path_factory.mktemp("today")) as town:
        path = town.runtime.engine.url.database
    assert path is not None
    return LoadedFile(Path(path))


@pytest.fixture
def reported(eight_of_fourteen: LoadedFile, tmp_path: Path) -> Iterator[Office]:
    """On the morning of the due day."""
    with eight_of_fourteen.town() as town:
        town.clock.civil = FRIDAY
        app = create_app(town.runtime)
        yield Office(town, app)
        app.extensions["chat_executor"].close()


def sentences(page: str) -> list[str]:
    return re.findall(r'<p class="big">(.*?)</p>', page)


def test_the_province_sees_who_has_not_sent_what_waits_and_how_it_goes(reported: Office) -> None:
    desk = reported.signed_in(reported.town.person("มาลี ตัวอย่าง", "staff", "42"))
    assert desk.get("/desk/").location == PAGE
    answer = desk.get(PAGE)
    page = answer.text
    said = sentences(page)
    assert said[0] == "ครั้งที่ 1 ครบกำหนดวันนี้ ก่อน 24.00 น. ยังไม่ส่ง 6 อำเภอ"
    assert "ครั้งที่ 1 มีรายงานรอตรวจ 8 ฉบับ" in said
    assert 'href="/desk/reports?state=waiting&amp;campaign=loei_2564&amp;round=1"' in page
    assert re.search(r"กรอกค้าง 2: .*เหลือ \d+ คำถาม", page)
    assert "ส่งแล้ว 8 จาก 14" in page
    assert all(words in page for words in ("○ ยังไม่เริ่ม", "◐ กรอกค้าง", "✔ ส่งแล้ว", "· ยังไม่เปิด"))
    assert "การเตือนครั้งถัดไปคือครั้งที่ 1" in page
    assert (page.count('role="img"'), page.count("<details>")) == (3, 3)
    assert "ตรวจทานแล้ว 49,188 จาก 93,582 ครัวเรือน (53%)" in page
    assert "style=" not in page
    assert desk.get(PAGE, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    owing = desk.get(f"{PAGE}?only=owing").text
    assert (page.count('scope="row">เมืองเลย<'), owing.count('scope="row">เมืองเลย<')) == (2, 1)
    desk.post("/desk/settings/language", to="en", here=PAGE)
    assert "6 districts have not sent" in desk.get(PAGE).text


def test_after_the_due_day_lateness_and_returns_stand_first(reported: Office) -> None:
    town = reported.town
    town.clock.civil = MONDAY
    with town.runtime.sessions() as session, session.begin():
        sent = select(Obligation).where(Obligation.state == ObligationState.SUBMITTED.value).order_by(Obligation.id)
        first, second, third = session.scalars(sent.limit(3))
        first.state = ObligationState.RETURNED.value
        second.state, third.state = ObligationState.ACCEPTED.value, ObligationState.WAIVED.value
        second.submitted_at = MONDAY
        session.execute(update(Round).where(Round.number == 1).values(closes_at=MONDAY + dt.timedelta(hours=6)))
    desk = reported.signed_in(town.person("มาลี ตัวอย่าง", "staff", "42"))
    page = desk.get(PAGE).text
    assert sentences(page)[:4] == [
        "ครั้งที่ 1 เลยกำหนดวันศุกร์ที่ 11 มิ.ย. 64 มาแล้ว 3 วัน ยังไม่ส่ง 6 อำเภอ",
        "ครั้งที่ 1 จะปิดรับ 14 มิ.ย. 64 เวลา 16.00 น.",
        "ครั้งที่ 1 ส่งคืนให้แก้แล้ว ยังไม่ส่งกลับ 1 ฉบับ",
        "ครั้งที่ 1 มีรายงานรอตรวจ 5 ฉบับ",
    ]
    for words in ("↩ ส่งคืนให้แก้", "✔✔ รับรองแล้ว", "– ยกเว้น", "ช้า 3 วัน", "เลยกำหนด 3 วัน", "ส่งแล้ว 6 จาก 13"):
        assert words in page


def test_everything_else_that_waits_has_its_line_and_only_pages_that_open_have_a_button(
    office: Office, staff: Phone, officer: Phone
) -> None:
    town = office.town
    account, now = account_of(town, staff), town.clock.now()
    alike(town, photo_of(town, VILLAGE, "12"), photo_of(town, VILLAGE, "14"))
    real = town.clock.real()
    with town.runtime.sessions() as session, session.begin():
        for role, area in (("leader", VILLAGE), ("officer", "4206")):
            session.add(
                JoinRequest(
                    account_id=account.id, name="ใคร", role=role, area_code=area, privacy_version=1, created_at=now
                )
            )
        session.add(QuotaReading(channel_id=1, limit=300, used=280, month="2021-06", read_at=real))
        rnd = session.scalars(select(Round).order_by(Round.id)).first()
        assert rnd is not None
        session.add(
            Reminder(
                entry="opening",
                round_id=rnd.id,
                account_id=account.id,
                dropped="quota",
                planned_for=now,
                created_at=now,
            )
        )
        tries: dict[str, dict[str, Any]] = {
            "failed": {"state": "failed"},
            "unclear": {"state": "pending", "frozen": True, "attempts": 2},
        }
        for key, values in tries.items():
            own = {"channel_id": 1, "kind": "push", "messages": [], "line_message_ids": [], "retry_key": key}
            request = OutboxRequest(**own, next_try_at=real, created_at=real, **values)
            session.add(request)
            session.flush()
            session.add(Delivery(outbox_id=request.id, account_id=account.id, state=values["state"]))
        stuck = {"next_try_at": real, "created_at": real, "attempts": 4, "problem": "OSError"}
        session.add(OwedJob(job="fetch_media", subject_id=1, **stuck))
    page = office.signed_in(staff).get(PAGE).text
    said = sentences(page)
    for words in (
        "คำขอเข้าร่วมรอยืนยัน 2 คำขอ",
        "รูปที่คล้ายกันรอให้ดู 1 คู่",
        "ข้อความเดือนนี้เหลือน้อย 19 จาก 300 ข้อความ",
        "เดือนนี้มีการเตือน 1 ข้อความที่ไม่ได้ส่ง เพราะโควตาไม่พอ",
        "สามวันที่ผ่านมา ส่งข้อความไม่สำเร็จ 1 คน",
        "มีข้อความถึง 1 คน ที่ยังไม่ทราบว่าถึงหรือไม่ ระบบกำลังลองใหม่",
        "งานเบื้องหลังของระบบค้าง 1 งาน กรุณาแจ้งผู้ดูแลระบบ",
    ):
        assert words in said
    assert 'href="/desk/look-alikes"' in page
    assert 'href="/desk/settings/system"' in page
    theirs = office.signed_in(officer).get(PAGE).text
    assert "คำขอเข้าร่วมรอยืนยัน 1 คำขอ" in theirs
    assert not any(words in theirs for words in ("โควตา", "ส่งข้อความไม่สำเร็จ", "งานเบื้องหลัง"))


def test_an_office_sees_what_it_owes_itself_with_the_words_to_type(office: Office, officer: Phone) -> None:
    town = office.town
    officer.say("รายงาน")
    desk = office.signed_in(officer)
    page = desk.get(PAGE).text
    assert sentences(page)[0] == "ครั้งที่ 1 ของอำเภอภูเรือ กำหนดวันศุกร์ที่ 11 มิ.ย. 64 อีก 4 วัน"
    assert "<kbd>รายงาน</kbd>" in page
    assert 'scope="row">ภูเรือ<' in page
    assert "ด่านซ้าย" not in page
    with town.runtime.sessions() as session, session.begin():
        own = session.scalars(
            select(Obligation)
            .join(Form, Form.id == Obligation.form_id)
            .join(Round, Round.id == Obligation.round_id)
            .where(Obligation.area_code == "4207", Round.number == 1, Form.unit == "district")
        ).one()
        own.state = ObligationState.RETURNED.value
        session.add(
            ObligationChange(
                obligation_id=own.id,
                at=town.clock.now(),
                from_state="submitted",
                to_state="returned",
                detail={"boxes": {"t3_hh_checked": "มากกว่าทะเบียน", "": "ดูใหม่ทั้งฉบับ"}},
            )
        )
    page = desk.get(PAGE).text
    assert "ครั้งที่ 1 ของอำเภอภูเรือ จังหวัดส่งคืนให้แก้ 2 เรื่อง" in sentences(page)
    assert re.search(r"ช่อง \S+ [^<]+: มากกว่าทะเบียน", page)
    assert "ทั้งฉบับ: ดูใหม่ทั้งฉบับ" in page


def test_another_campaign_of_the_province_can_be_chosen_and_nothing_to_do_is_said_kindly(
    office: Office, staff: Phone
) -> None:
    town = office.town
    town.clock.civil = dt.datetime(2021, 5, 1, 9, 0, tzinfo=BANGKOK)
    quiet = office.signed_in(town.person("อรุณ ตัวอย่าง", "officer", "4203"))
    desk = office.signed_in(staff)
    with town.runtime.sessions() as session, session.begin():
        first = session.scalars(select(Campaign)).one()
        settings = {"titles": {"th": "สำรวจบ่อน้ำ", "en": "Wells"}, "work": {"th": "งานบ่อน้ำ"}}
        session.execute(delete(KnownValue).where(KnownValue.area_code == "4203"))
        well = {"area_code": "4203", "total": 0, "counted_at": town.clock.now()}
        session.add_all(QualityCount(finding=check, **well) for check in CHECKS)
        session.add(Campaign(slug="wells", province_code="42", settings=settings, loaded_at=first.loaded_at))
    newest = desk.get(PAGE).text
    assert '<option value="wells" selected>สำรวจบ่อน้ำ</option>' in newest
    assert "งานนี้ยังไม่มีครั้งที่ให้อำเภอรายงาน" in newest
    chosen = desk.get(f"{PAGE}?campaign=loei_2564").text
    assert '<option value="loei_2564" selected>' in chosen
    assert "· ยังไม่เปิด" in chosen
    assert "ยังไม่ส่ง" not in "".join(sentences(chosen))
    assert desk.get(f"{PAGE}?campaign=no_such&page=abc").status_code == 200
    assert sentences(quiet.get(PAGE).text)[0] == "✔ วันนี้ไม่มีเรื่องค้าง ขอบคุณที่ช่วยกันติดตาม"


def test_a_country_of_districts_costs_no_more_questions_than_fourteen(reported: Office) -> None:
    town = reported.town
    malee = town.person("มาลี ตัวอย่าง", "staff", "42")
    desk = reported.signed_in(malee)
    with statements(town.runtime.engine) as few:
        assert desk.get(PAGE).status_code == 200
    with town.runtime.sessions() as session, session.begin():
        who = session.scalars(select(Person).where(Person.name == "มาลี ตัวอย่าง").order_by(Person.id.desc())).first()
        assert who is not None
        pairs = session.execute(
            select(Obligation.round_id, Obligation.form_id)
            .join(Form, Form.id == Obligation.form_id)
            .where(Form.unit == "district")
            .distinct()
        ).all()
        for province in (50, 51):
            session.add(Area(code=str(province), kind="province", name_th="จังหวัด"))
            session.add(Membership(person_id=who.id, role="staff", area_code=str(province), since=FRIDAY))
            for number in range(1, 88):
                code = f"{province}{number:02}"
                session.add(Area(code=code, kind="district", parent_code=str(province), name_th=f"อำเภอ{code}"))
                session.add_all(Obligation(round_id=rnd, form_id=form, area_code=code) for rnd, form in pairs)
    with statements(town.runtime.engine) as many:
        page = desk.get(PAGE).text
    assert "ส่งแล้ว 8 จาก 188" in page
    assert "และอีก 172 อำเภอ" in page
    assert "page=2" in page
    assert "อำเภอ5187" in desk.get(f"{PAGE}?page=4").text
    assert len(many) <= len(few) + 12, "a query for each area that the visitor has, none for each district"
