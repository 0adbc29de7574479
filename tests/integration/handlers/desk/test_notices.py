"""แจ้งเตือน on the desk: whoever owes is reminded in three clicks; what it costs first, what became of it after."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from models.area import Area
from models.broadcast import Broadcast
from models.campaign import Campaign
from models.obligation import Obligation
from models.people import LineAccount, Person
from services.calendar import BANGKOK
from services.ports import Quota
from tests.integration.conversation.reports import REVIEW, go_to, send
from tests.integration.conversation.test_duties import june, load_nan
from tests.integration.handlers.desk.conftest import VILLAGE, Desk, Office
from tests.support.chat import Phone, Town
from tests.support.screen import screen

DUE_DAY = dt.datetime(2021, 6, 11, 14, 0, tzinfo=BANGKOK)
REMIND = "/desk/notices/remind"
WORDS = "ประชุมวันจันทร์ 9 โมง\nห้องประชุมใหญ่"
STILL_OWING = ("4205", "4206", "4207")


@pytest.fixture
def dan_sai(office: Office) -> Phone:
    return office.town.person("ด่าน ตัวอย่าง", "officer", "4205")


@pytest.fixture
def town(office: Office) -> Town:
    """On the due day: three districts owe, two of which have somebody on LINE."""
    office.town.clock.civil = DUE_DAY
    with office.town.runtime.sessions() as session, session.begin():
        others = Obligation.area_code.not_in(STILL_OWING)
        session.execute(update(Obligation).where(others).values(state="submitted", submitted_at=DUE_DAY))
    return office.town


def words(answer: TestResponse) -> str:
    """What a page says, without its marks."""
    main = answer.text.partition("<h1>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def follow(desk: Desk, answer: TestResponse) -> TestResponse:
    assert answer.status_code == 303, words(answer)
    return desk.get(str(answer.location))


def confirm(desk: Desk, page: TestResponse) -> TestResponse:
    """Press the main button of a preview."""
    action = re.search(r'action="([^"]+/send)"', page.text)
    assert action is not None, words(page)
    hidden = dict(re.findall(r'name="(sure|at)" value="([^"]*)"', page.text))
    return desk.post(action[1], **hidden)


def heard(town: Town) -> list[str]:
    town.work()
    bodies = [body for body, _key in town.line.pushes]
    return sorted(user for body in bodies for user in (body["to"] if isinstance(body["to"], list) else [body["to"]]))


def test_three_clicks_remind_whoever_owes_and_show_what_it_costs(
    office: Office, town: Town, staff: Phone, officer: Phone, dan_sai: Phone
) -> None:
    go_to(officer, REVIEW)
    desk = office.signed_in(staff)
    overview = desk.get("/desk/notices")
    assert "3 อำเภอยังไม่ส่ง" in words(overview)
    assert "เตือนวันครบกำหนด 11 มิ.ย. 64 13.30 น." in words(overview)
    link = re.search(r'href="(/desk/notices/remind\?round=[0-9]+)"', overview.text)
    assert link is not None
    listed = desk.get(link[1])
    assert re.search("อำเภอภูเรือ กรอกค้าง เหลือ [0-9]+ คำถาม สมใจ ตัวอย่าง เมื่อสักครู่ ยังไม่เคยเตือน", words(listed))
    assert "อำเภอด่านซ้าย ยังไม่เริ่ม ด่าน ตัวอย่าง ยังไม่เคย ยังไม่เคยเตือน" in words(listed)
    assert "ยังไม่มีผู้รับใน LINE" in words(listed)
    ticked = re.findall(r'value="([0-9]{4})" checked', listed.text)
    assert ticked == ["4207", "4205"]
    preview = follow(desk, desk.post(REMIND, area=ticked))
    assert "จะส่งถึง 2 คน ใน 2 อำเภอ ใช้ 2 ข้อความ" in words(preview)
    assert "เดือนนี้เหลือ 300 จาก 300 ข้อความ" in words(preview)
    assert "รายงานครั้งที่ 1 อำเภอด่านซ้าย ยังไม่ได้ส่ง" in words(preview)
    assert town.line.pushes == []
    result = follow(desk, confirm(desk, preview))
    assert "ยืนยันแล้ว กำลังส่ง" in result.text
    assert heard(town) == sorted([officer.user_id, dan_sai.user_id])
    result = desk.get(result.request.path)
    assert "ส่งแล้ว 2 คน" in words(result)
    assert "เดือนนี้เหลือ 298 จาก 300 ข้อความ" in words(result)
    assert desk.get(result.request.path, **{"If-None-Match": result.headers["ETag"]}).status_code == 304
    assert "ส่งแล้ว 2 คน" in words(desk.get("/desk/notices"))
    assert "รายงานครั้งที่ 1 อำเภอด่านซ้าย" in "".join(screen(body["messages"]) for body, _key in town.line.pushes)


def test_it_is_sent_once_however_often_and_by_however_many_it_is_confirmed(
    office: Office, town: Town, staff: Phone, officer: Phone
) -> None:
    mine, theirs = office.signed_in(staff), office.signed_in(town.person("สุดา ตัวอย่าง", "staff", "42"))
    first = follow(mine, mine.post(REMIND, area="4207"))
    second = follow(theirs, theirs.post(REMIND, area="4207"))
    confirm(mine, first)
    again = follow(mine, confirm(mine, first))
    assert "ไม่ส่งซ้ำ" in again.text
    confirm(theirs, second)
    assert heard(town) == [officer.user_id]
    assert "เพิ่งเตือนภายใน 1 ชั่วโมง" in words(mine.get(REMIND))
    refused = follow(mine, mine.post(REMIND, area="4207"))
    assert "จึงไม่เตือนซ้ำ" in refused.text


def test_who_reports_between_the_preview_and_the_sending_hears_nothing(
    office: Office, town: Town, staff: Phone, officer: Phone, dan_sai: Phone
) -> None:
    desk = office.signed_in(staff)
    preview = follow(desk, desk.post(REMIND, area=["4205", "4207"]))
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(LineAccount).where(LineAccount.line_user_id == dan_sai.user_id).values(following=False))
    town.clock.civil += dt.timedelta(minutes=3)
    confirmed = follow(desk, confirm(desk, preview))
    send(officer)
    heard(town)
    result = words(desk.get(confirmed.request.path))
    assert heard(town) == []
    assert "อำเภอภูเรือ (เพิ่งรายงานเมื่อ 14.03 น.)" in result


def test_at_night_and_after_an_hour_the_desk_asks_as_the_chat_does(
    office: Office, town: Town, staff: Phone, officer: Phone
) -> None:
    desk = office.signed_in(staff)
    preview = follow(desk, desk.post(REMIND, area="4207"))
    town.clock.civil = DUE_DAY.replace(hour=19, minute=30)
    moved = follow(desk, confirm(desk, preview))
    assert "ข้อมูลเปลี่ยนไป" in moved.text
    assert moved.request.path != preview.request.path
    town.clock.civil = DUE_DAY.replace(hour=20, minute=15)
    asked = follow(desk, confirm(desk, moved))
    assert "เวลา 20.15 น. เป็นเวลาพักผ่อนของผู้รับ" in words(asked)
    assert "ยืนยันส่งตอนนี้" in words(asked)
    assert heard(town) == []
    confirm(desk, asked)
    assert heard(town) == [officer.user_id]


def test_when_messages_are_short_it_is_said_what_fits_and_the_text_to_paste_is_there(
    office: Office, town: Town, staff: Phone, officer: Phone, dan_sai: Phone
) -> None:
    town.line.quota_left = Quota(300, 295)  # four are for the due days of the rounds to come
    desk = office.signed_in(staff)
    listed = desk.get(REMIND)
    assert "ส่งได้ตอนนี้ไม่เกิน 1 ข้อความ" in words(listed)
    assert re.search(r"<textarea[^>]+readonly[^>]*>เรียน อำเภอด่านซ้าย นาแห้ว ภูเรือ กรุณาส่งรายงานครั้งที่ 1", listed.text)
    refused = follow(desk, desk.post(REMIND, area=["4205", "4207"]))
    assert "เดือนนี้เหลือ 5 ข้อความ ไม่พอส่ง 2 ข้อความ" in refused.text
    assert heard(town) == []
    confirm(desk, follow(desk, desk.post(REMIND, area="4205")))
    assert heard(town) == [dan_sai.user_id]


def test_an_announcement_is_written_looked_at_set_for_later_and_stopped(
    office: Office, town: Town, staff: Phone, officer: Phone, dan_sai: Phone
) -> None:
    desk = office.signed_in(staff)
    for bad, why in (("", "กรุณาพิมพ์ข้อความ"), ("แจ้งนายสมชาย 1101700230708", "เลขประจำตัวประชาชน")):
        answer = desk.post("/desk/notices/announce", group="all", words=bad)
        assert answer.status_code == 422
        assert why in words(answer)
        assert "1101700230708" not in answer.text
    preview = follow(desk, desk.post("/desk/notices/announce", group="all", words=WORDS.replace("\n", "\r\n")))
    assert "ประกาศจากพัฒนาชุมชนจังหวัดเลย ประชุมวันจันทร์ 9 โมง ห้องประชุมใหญ่" in words(preview)
    assert "จะส่งถึง 2 คน ใช้ 2 ข้อความ" in words(preview)
    assert "ผ่านไปแล้ว" in words(desk.get(preview.request.path + "?at=2021-06-11T08:00"))
    timed = desk.get(preview.request.path + "?at=2021-06-11T17:00")
    assert "จะส่ง 11 มิ.ย. 64 17.00 น." in words(timed)
    waiting = follow(desk, confirm(desk, timed))
    assert heard(town) == []
    assert "รอเวลาส่ง" in words(desk.get("/desk/notices"))
    desk.post(waiting.request.path + "/cancel")
    town.clock.civil = DUE_DAY.replace(hour=17)
    town.runtime.broadcasts.tick()
    assert heard(town) == []
    assert "ยกเลิกแล้ว" in words(desk.get("/desk/notices"))
    now = follow(desk, desk.post("/desk/notices/announce", group="all", area="4207", words=WORDS))
    assert "ถึง: อำเภอภูเรือ จะส่งถึง 1 คน" in words(now)
    sent = follow(desk, confirm(desk, now))
    assert heard(town) == [officer.user_id]
    assert "สมใจ ตัวอย่าง ส่งแล้ว" in words(desk.get(sent.request.path))


def test_somebodys_last_messages_say_in_words_what_became_of_them(
    office: Office, town: Town, staff: Phone, officer: Phone
) -> None:
    desk = office.signed_in(staff)
    with town.runtime.sessions() as session:
        person = session.scalars(select(LineAccount.person_id).where(LineAccount.line_user_id == officer.user_id)).one()
    page = f"/desk/notices/people/{person}"
    assert "ยังไม่เคยส่งข้อความถึงผู้นี้" in words(desk.get(page))
    confirm(desk, follow(desk, desk.post(REMIND, area="4207")))
    assert "ยังไม่เคยส่งข้อความถึงผู้นี้" in words(desk.get(page))  # until a worker has written it
    heard(town)
    assert "คำเตือนที่เจ้าหน้าที่สั่ง ครั้งที่ 1 11 มิ.ย. 64 14.00 น. ส่งแล้ว" in words(desk.get(page))
    preview = follow(desk, desk.post("/desk/notices/announce", group="all", words=WORDS))
    confirm(desk, preview)
    town.queue.rung.clear()
    with town.runtime.sessions() as session:
        number = session.scalars(select(Broadcast.id).order_by(Broadcast.id.desc())).first()
    assert number is not None
    town.runtime.broadcasts.carry_out(number)
    assert "ยังรอส่ง" in words(desk.get(page))
    officer.unfollow()
    town.runtime.send_due(1)
    told = words(desk.get(page))
    assert "ส่งข้อความถึงไม่ได้ เพราะผู้รับบล็อก" in told
    assert "ห้องประชุมใหญ่” 11 มิ.ย. 64 14.00 น. ผู้รับบล็อก" in told
    own = office.signed_in(town.person("สายใจ ตัวอย่าง", "deputy", "4207"))
    assert "ข้อความถึงท่าน" in words(own.get("/desk/notices"))
    assert own.get(page).status_code == 403


def test_people_and_words_of_another_province_are_not_there(office: Office, town: Town, staff: Phone) -> None:
    desk = office.signed_in(staff)
    with town.runtime.sessions() as session, session.begin():
        session.add(Area(code="43", kind="province", name_th="หนองคาย"))
    town.person("ใครสักคน", "staff", "43")
    with town.runtime.sessions() as session, session.begin():
        far = session.scalars(select(Person.id).where(Person.name == "ใครสักคน")).one()
        other = Campaign(slug="elsewhere", province_code="43", settings={}, loaded_at=DUE_DAY)
        session.add(other)
        session.flush()
        row = {"key": "far-1", "campaign_id": other.id, "kind": "announcement", "audience": {"group": "all"}}
        session.add(Broadcast(**row, words="x", created_by=far, created_at=DUE_DAY))
    assert desk.get(f"/desk/notices/people/{far}").status_code == 404
    assert desk.get("/desk/notices/sendings/far-1").status_code == 404
    desk.post("/desk/notices/sendings/far-1/send")
    desk.post("/desk/notices/sendings/far-1/cancel")
    with town.runtime.sessions() as session:
        assert session.scalars(select(Broadcast.state).where(Broadcast.key == "far-1")).one() == "preview"


def test_duties_beside_the_rounds_stand_with_their_reminders_or_with_none(
    office: Office, town: Town, staff: Phone
) -> None:
    desk = office.signed_in(staff)
    none = "แผนไม่มีการเตือนเรื่องนี้ ระบบจึงไม่เตือนใคร"
    summary = "กำหนดอื่นของงาน ใบสรุปหมู่บ้าน พุธที่ 30 มิ.ย. 64"
    assert f"{summary} ✔ ส่งครบแล้ว · {none}" in words(desk.get("/desk/notices"))
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Obligation).where(Obligation.area_code == VILLAGE).values(state="open"))
    page = words(desk.get("/desk/notices"))
    assert re.search(rf"{summary} ยังไม่ส่ง 1 จาก \d+ หมู่บ้าน · {none}", page), page
    load_nan(town)
    other = town.person("สุดา ตัวอย่าง", "staff", "55")
    desk = office.signed_in(other)
    weekly = r"รายงานประจำสัปดาห์ จันทร์ที่ 14 มิ.ย. 64 ยังไม่ส่ง 15 จาก 15 อำเภอ"
    assert re.search(weekly + r".+จะใช้ไม่เกิน 0 ข้อความ", words(desk.get("/desk/notices")))
    officer = town.person("วิมล ตัวอย่าง", "officer", "5501")
    assert "จะใช้ไม่เกิน 1 ข้อความ (ขณะนี้ยังไม่ส่ง 15 อำเภอ)" in words(desk.get("/desk/notices"))
    town.clock.civil = june(14)
    for row in town.runtime.reminders.plan():
        town.queue.ring("send_outbox", row)
    town.work()
    assert "วันครบกำหนด" in screen(town.line.pushes[-1][0]["messages"])
    officer.say("รายงาน")
    officer.tap("ประจำสัปดาห์")
    officer.say("3")
    officer.say("ยืนยันส่ง")
    page = words(office.signed_in(other).get("/desk/notices"))
    assert "ยังไม่ส่ง 14 จาก 15 อำเภอ" in page
    assert "คำเตือนอื่น 14 มิ.ย. 64 10.00 น. ผู้รับผิดชอบรายงาน ส่งแล้ว 1 คน" in page
