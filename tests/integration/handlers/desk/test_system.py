"""ตั้งค่า, the system: the doctor's lines for an office, quickly though something outside hangs, and stuck jobs."""

from __future__ import annotations

import re
import threading

import pytest
from sqlalchemy import select, update

from handlers.desk import system
from models.people import LineAccount
from models.work import OwedJob
from services.owed import owe
from services.ports import WebhookEndpoint
from tests.integration.handlers.desk.conftest import Office
from tests.integration.handlers.desk.test_people import text_of
from tests.support.chat import Phone
from tests.support.processes import wait_until

SYSTEM = "/desk/settings/system"


def lines(page: str) -> dict[str, str]:
    """What is said of each thing, by its name."""
    rows = re.findall(r'<tr[^>]*>\s*<th scope="row">([^<]+)</th>(.*?)</tr>', page, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", rest).split()) for name, rest in rows}


def test_each_line_says_what_is_wrong_and_what_to_do(
    office: Office, staff: Phone, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "WAITS", 30.0)  # every check answers: here nothing may be said to be waited for
    town = office.town
    wanted = f"{town.runtime.settings.public_url}/callback"
    town.line.endpoint = WebhookEndpoint(wanted, active=True)
    desk = office.signed_in(staff)
    page = desk.get(SYSTEM).text
    found = lines(page)
    assert list(found) == [
        *("ฐานข้อมูล", "งานติดตาม", "เจ้าหน้าที่จังหวัด", "เมนูใต้แชต", "คิวงานเบื้องหลัง", "คลังไฟล์และรูป", "ที่อยู่ของระบบ"),
        *("การรับข้อความจาก LINE", "การส่งซ้ำของ LINE", "โควตาข้อความ"),
    ]
    not_good = [name for name, words in found.items() if not words.startswith("✔ ปกติ")]
    assert not_good == ["เมนูใต้แชต", "การส่งซ้ำของ LINE"]
    assert found["การส่งซ้ำของ LINE"].startswith("? ตรวจเอง"), "no program can tell"
    assert "ต้องทำ: ผู้ดูแลเครื่องแม่ข่ายสั่ง tidtam richmenu sync" in found["เมนูใต้แชต"]
    assert "มี 1 เรื่องที่ต้องดูแล" in page
    assert "ไม่มีงานค้าง" in page
    for secret in (town.runtime.settings.secret_key, town.runtime.settings.line_channel_access_token):
        assert secret not in page
    assert "ตอบถูกต้อง" in desk.get(desk.post(f"{SYSTEM}/webhook").location).text
    town.line.webhook_works = False
    assert "ไม่ได้คำตอบที่ถูกต้อง" in desk.get(desk.post(f"{SYSTEM}/webhook").location).text
    assert office.signed_in(officer).get(SYSTEM).status_code == 403


def waited(until: threading.Event) -> None:
    until.wait(200)


def test_the_page_opens_while_a_check_still_hangs(office: Office, staff: Phone) -> None:
    town, let_go = office.town, threading.Event()
    desk = office.signed_in(staff)
    town.media.down = True
    town.queue.check = lambda: waited(let_go)  # type: ignore[method-assign]
    try:
        page = desk.get(SYSTEM)
        found = lines(page.text)
        again = lines(desk.get(SYSTEM).text)
        wait_until(
            lambda: "✘ ต้องดูแล เขียนไฟล์ไม่ได้" in lines(desk.get(SYSTEM).text)["คลังไฟล์และรูป"], what="the other check"
        )
    finally:
        let_go.set()
    assert found["คิวงานเบื้องหลัง"] == again["คิวงานเบื้องหลัง"]
    assert found["คิวงานเบื้องหลัง"].startswith("… ยังไม่ตอบ")
    assert "data-poll" in page.text
    assert sum(thread.name == "probe-queue" for thread in threading.enumerate()) <= 1, "begun once, however often asked"


def test_stuck_jobs_are_told_on_the_first_page_which_leads_here(office: Office, staff: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    with town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount.id)).first() or 0
        owe(session, "fetch_media", account, town.clock.real())
        owe(session, "make_export", account, town.clock.real())
        session.execute(update(OwedJob).where(OwedJob.job == "fetch_media").values(attempts=7, problem="OSError"))
    assert f'href="{SYSTEM}"' in desk.get("/desk/today").text
    page = desk.get(SYSTEM).text
    assert "ดึงรูปจาก LINE 1 7" in text_of(page)
    assert "OSError" in page
    assert "ทำไฟล์ส่งออก" not in page
