"""รายงาน of the desk: sorted by doubt, taken with one button, given back to a box, and read as it was at any moment."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import docx
import pytest
from sqlalchemy import event, select

from models.area import Area
from models.obligation import Obligation, ObligationState, Report
from models.people import Membership
from models.review import ReportReview
from models.work import Audit
from services.calendar import BANGKOK
from services.demo import Demo
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.integration.services.towns import one, report, rows
from tests.support.chat import LOEI, Phone

PHU_RUEA, MUEANG, WANG_SAPHUNG, THA_LI = "4207", "4201", "4209", "4208"
LIST = "/desk/reports"


@pytest.fixture
def reported(office: Office) -> Office:
    """Eight of fourteen districts have reported: six with a remark, two without."""
    town = office.town
    Demo(town.runtime.sessions, town.clock, town.runtime.forms).fill(LOEI / "demo.yaml")
    for number in rows(town, select(Report.id)):
        town.runtime.work["finish_report"](number)
    return office


def number_of(office: Office, area: str) -> int:
    """Of the area's first round."""
    return rows(office.town, select(Obligation.id).where(Obligation.area_code == area).order_by(Obligation.id))[0]


def state_of(office: Office, area: str) -> str:
    return one(office.town, select(Obligation).where(Obligation.id == number_of(office, area))).state


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def listed(desk: Desk, address: str = LIST) -> list[str]:
    """The districts in the order of the list."""
    return re.findall(r'<th scope="row">.*?<a [^>]+>(.*?)</a>', desk.get(address).text, re.DOTALL)


def hidden(page: str) -> dict[str, list[str]]:
    """The fields of the page's accepting form, as a browser would send them."""
    form = page.split('action="/desk/reports/accept-clean')[1].split("</form>", maxsplit=1)[0]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([a-z_]+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)
    return fields


def test_doubtful_reports_come_first_and_all_others_are_taken_with_one_button(reported: Office, staff: Phone) -> None:
    desk = reported.signed_in(staff)
    page = desk.get(LIST)
    order = listed(desk)
    assert order[:6] == ["เมืองเลย", "นาด้วง", "เชียงคาน", "วังสะพุง", "ภูกระดึง", "หนองหิน"]
    assert order[6:8] == ["ท่าลี่", "ผาขาว"]
    assert "ยอด Dashboard กับผลรวมตำบลต่างกัน 12" in page.text
    assert "ส่งแล้ว 8 จาก 14" in page.text
    assert "รับรองทั้งหมดที่ไม่มีข้อสังเกต (2)" in page.text
    assert desk.get(LIST, **{"If-None-Match": page.headers["ETag"]}).status_code == 304
    answer = desk.client.post(f"{LIST}/accept-clean", data=hidden(page.text))
    assert answer.status_code == 303
    assert "รับรองแล้ว 2 ฉบับ" in desk.get(answer.location).text
    assert (state_of(reported, THA_LI), state_of(reported, MUEANG)) == ("accepted", "submitted")
    assert listed(desk, f"{LIST}?state=accepted") == ["ท่าลี่", "ผาขาว"]
    assert listed(desk, f"{LIST}?state=remarks&district={MUEANG}") == ["เมืองเลย"]


def test_what_was_unticked_or_has_changed_since_the_page_is_left_and_said(reported: Office, staff: Phone) -> None:
    desk, town = reported.signed_in(staff), reported.town
    fields = hidden(desk.get(LIST).text)
    left, taken = fields["take"]
    unticked = desk.client.post(f"{LIST}/accept-clean", data={**fields, "take": [taken]})
    assert "รับรองแล้ว 1 ฉบับ" in desk.get(unticked.location).text
    fields = hidden(desk.get(LIST).text)
    assert fields["take"] == [left]
    with town.runtime.sessions() as session, session.begin():  # sent anew after the page was drawn
        first = session.scalars(select(Report).where(Report.obligation_id == int(left))).one()
        columns = {
            name: getattr(first, name) for name in ("obligation_id", "form_version_id", "answers", "xml", "late")
        }
        session.add(
            Report(**columns, number=2, reference="x", submitted_by=first.submitted_by, submitted_at=town.clock.now())
        )
    answer = desk.client.post(f"{LIST}/accept-clean", data=fields)
    assert "อีก 1 ฉบับเปลี่ยนไประหว่างนี้" in desk.get(answer.location).text
    assert one(town, select(Obligation).where(Obligation.id == int(left))).state == "submitted"


def test_what_stood_with_remarks_on_the_page_is_not_taken_as_one_without(reported: Office, staff: Phone) -> None:
    desk, number = reported.signed_in(staff), number_of(reported, MUEANG)
    fields = hidden(desk.get(LIST).text)
    with reported.town.runtime.sessions() as session, session.begin():  # as when last round's report is changed
        version = session.scalars(select(Report.id).where(Report.obligation_id == int(number))).one()
        review = session.get_one(ReportReview, version)
        review.grave, review.light, review.remarks = 0, 0, []
    answer = desk.client.post(f"{LIST}/accept-clean", data=fields)
    assert "รับรองแล้ว 2 ฉบับ" in desk.get(answer.location).text
    assert state_of(reported, MUEANG) == "submitted"


def test_a_returned_box_is_asked_in_the_chat_and_comes_back_on_top_of_the_reviewers_list(
    reported: Office, staff: Phone, officer: Phone
) -> None:
    town, desk = reported.town, reported.signed_in(staff)
    report(officer)
    town.work()
    number = number_of(reported, PHU_RUEA)
    page = desk.get(f"{LIST}/{number}").text
    (address,) = set(re.findall(rf'href="({LIST}/{number}/return\?box=t3_hh_complete)"', page))
    form = desk.get(address)
    assert form.text.count('type="radio"') == 5
    assert "3,040" in form.text
    send = {"version": "1", "box": "t3_hh_complete", "do": "send"}
    refused = desk.post(f"{LIST}/{number}/return", **send)
    assert (refused.status_code, "กรุณาเลือกหรือพิมพ์เหตุผล" in refused.text) == (400, True)
    done = desk.post(f"{LIST}/{number}/return", **send, ready0="register")
    assert "ส่งคืนแล้ว" in desk.get(done.location).text
    town.work()
    pushed = str(town.line.pushes[-1])
    assert all(told in pushed for told in ("ช่อง 9", "3,040", "ตัวเลขไม่ตรงกับทะเบียน"))
    assert "ตัวเลขของฉบับที่ส่งไว้ยังอยู่ในยอดรวม" in desk.get(f"{LIST}/{number}").text
    assert listed(desk, f"{LIST}?state=returned") == ["ภูเรือ"]
    officer.say("2990")
    officer.tap("ยืนยันส่งอีกครั้ง")
    town.work()
    assert listed(desk)[0] == "ภูเรือ"
    assert "ส่งใหม่หลังท่านส่งคืน" in desk.get(LIST).text
    another = reported.signed_in(town.person("วิมล ตัวอย่าง", "staff", "42"))
    assert "ส่งใหม่หลังท่านส่งคืน" not in another.get(LIST).text
    after = words(desk.get(f"{LIST}/{number}").text)
    assert "ช่อง 9 ครัวเรือนที่มีรูปถ่ายและลายเซ็นครบ เดิม 3,040 ใหม่ 2,990" in after
    assert "สมใจ ตัวอย่าง" in after
    assert "ท่านกำลังดูฉบับเก่า" in desk.get(f"{LIST}/{number}?version=1").text


def test_several_boxes_go_back_at_once_and_nothing_typed_is_lost_when_the_report_has_changed(
    reported: Office, staff: Phone
) -> None:
    desk, number = reported.signed_in(staff), number_of(reported, MUEANG)
    with_id = {"box": "t3_hh_checked", "words0": "ขอให้นับใหม่ 1-1017-00207-03-0", "do": "add", "more": "t3_e31"}
    added = desk.post(f"{LIST}/{number}/return", version="1", **with_id)
    assert added.status_code == 200
    assert ("1-1017-00207" in added.text, "x-xxxx-xxxxx-xx-x" in added.text) == (False, True)
    assert "ขอให้นับใหม่" in added.text
    assert added.text.count('type="radio"') == 10
    both = {"box": ["t3_hh_checked", "t3_e31"], "words0": "ขอให้นับใหม่", "ready1": "sums", "do": "send"}
    key = re.search(r'name="form_key" value="([0-9a-f]+)"', added.text)
    assert key is not None
    stale = desk.client.post(f"{LIST}/{number}/return", data={"form_key": key[1], "version": "7", **both})
    assert (stale.status_code, "ขอให้นับใหม่" in stale.text, 'value="1"' in stale.text) == (409, True, True)
    # accepted by somebody else meanwhile: not taken from them unseen, only by whoever has seen it
    seen = {"form_key": key[1], "version": "1", **both}
    desk.post(f"{LIST}/{number}/accept", version="1")
    unseen = desk.client.post(f"{LIST}/{number}/return", data=seen)
    assert (unseen.status_code, state_of(reported, MUEANG)) == (409, "accepted")
    assert all(told in unseen.text for told in ("ขอให้นับใหม่", "รับรองแล้ว", 'name="accepted"'))
    done = desk.client.post(f"{LIST}/{number}/return", data={**seen, "accepted": "yes"})
    assert done.status_code == 303
    assert "ขอให้นับใหม่" in desk.get(f"{LIST}/{number}").text
    again = desk.client.post(f"{LIST}/{number}/return", data={"form_key": key[1], "version": "1", **both})
    assert (again.status_code, "จึงส่งคืนไม่ได้" in again.text) == (409, True)
    assert desk.get(f"{LIST}/{number}/return?box=nothing").status_code == 404


def test_a_report_is_accepted_opened_again_and_a_district_excused_with_a_reason(reported: Office, staff: Phone) -> None:
    desk, number = reported.signed_in(staff), number_of(reported, MUEANG)
    assert desk.post(f"{LIST}/{number}/accept", version="1").status_code == 303
    assert state_of(reported, MUEANG) == "accepted"
    desk.post(f"{LIST}/{number}/accept", version="1")
    assert "ขณะนี้เป็น รับรองแล้ว" in desk.get(f"{LIST}/{number}").text
    desk.post(f"{LIST}/{number}/reopen", version="1")
    assert state_of(reported, MUEANG) == "submitted"
    owing = number_of(reported, PHU_RUEA)
    assert desk.post(f"{LIST}/{owing}/waive", version="0", box="").status_code == 400
    desk.post(f"{LIST}/{owing}/waive", version="0", box="", ready0="none")
    assert state_of(reported, PHU_RUEA) == "waived"
    assert "ไม่มีงานในพื้นที่" in desk.get(f"{LIST}/{owing}").text
    assert "ส่งแล้ว 8 จาก 13" in desk.get(LIST).text
    papers = desk.get(f"{LIST}/papers").text
    assert "รวบรวมได้ 8 จาก 13 อำเภอ" in papers
    assert "ได้รับยกเว้น: ภูเรือ" in papers
    made = desk.get(f"{LIST}/papers/file?format=docx&format=pdf&format=xlsx&signer=3")
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        names = archive.namelist()
        letter = docx.Document(io.BytesIO(archive.read(next(name for name in names if name.endswith("docx")))))
    printed = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    assert [name.rpartition(".")[2] for name in names] == ["docx", "pdf", "xlsx"]
    assert "8 จาก 13 อำเภอ" in printed
    assert "พัฒนาการจังหวัดเลย" in printed
    assert {"ได้รับยกเว้น", "ยังไม่รายงาน"} <= set(cells)
    alone = desk.get(f"{LIST}/{number}/paper/pdf")
    assert (alone.data[:4], alone.content_type) == (b"%PDF", "application/pdf")
    assert [row.action for row in rows(reported.town, select(Audit).where(Audit.action == "printed"))] == [
        "printed"
    ] * 2


def test_a_past_moment_is_shown_as_it_was(office: Office, staff: Phone, officer: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    report(officer)
    number = number_of(office, PHU_RUEA)
    before, sent = "2021-06-07T08:00", "2021-06-07T12:00"
    town.clock.civil = dt.datetime(2021, 6, 7, 15, 0, tzinfo=BANGKOK)
    officer.say("แก้ 9=2990")
    officer.tap("ยืนยัน")
    town.work()
    desk.post(f"{LIST}/{number}/accept", version="2")
    assert "2,990" in desk.get(f"{LIST}/{number}").text
    then = words(desk.get(f"{LIST}/{number}?at={sent}").text)
    assert "3,040" in then
    assert "2,990" not in then
    assert "เป็น รับรองแล้ว" not in then
    assert "ขณะนั้นยังไม่มีรายงานฉบับใด" in desk.get(f"{LIST}/{number}?at={before}").text
    assert "ส่งแล้ว 0 จาก 14" in desk.get(f"{LIST}?at={before}").text
    was = desk.get(f"{LIST}?at={sent}").text
    assert "ส่งแล้ว 1 จาก 14" in was
    assert "ฉบับที่ 1" in was
    assert "accept-clean" not in was


def test_an_office_reads_its_own_reports_and_decides_nothing(reported: Office, officer: Phone) -> None:
    town = reported.town
    report(officer)
    town.work()
    desk, number, other = reported.signed_in(officer), number_of(reported, PHU_RUEA), number_of(reported, MUEANG)
    assert listed(desk) == ["ภูเรือ"]
    page = desk.get(f"{LIST}/{number}")
    assert page.status_code == 200
    assert "/return" not in page.text
    assert "/accept" not in page.text
    assert desk.get(f"{LIST}/{number}/paper/docx").status_code == 200
    assert [desk.get(f"{LIST}/{other}{path}").status_code for path in ("", "/paper/pdf")] == [404, 404]
    assert desk.post(f"{LIST}/{number}/accept", version="1").status_code == 403
    with town.runtime.sessions() as session, session.begin():  # staff of one province, officer in another
        held = select(Membership.person_id).where(Membership.area_code == PHU_RUEA).order_by(Membership.id.desc())
        person = session.scalars(held).first()
        session.add(Area(code="44", kind="province", name_th="ตัวอย่าง"))
        session.flush()
        session.add(Membership(person_id=person, role="staff", area_code="44", since=town.clock.now()))
    assert desk.post(f"{LIST}/{number}/accept", version="1").status_code == 404
    assert state_of(reported, PHU_RUEA) == ObligationState.SUBMITTED


def test_a_later_round_shows_the_last_one_what_was_carried_over_and_what_rose(
    office: Office, staff: Phone, officer: Phone
) -> None:
    town = office.town
    report(officer)
    town.work()
    town.clock.civil = dt.datetime(2021, 6, 15, 10, 0, tzinfo=BANGKOK)
    officer.say("รายงาน")
    officer.tap("แก้เฉพาะที่เปลี่ยน")
    officer.say("8=3300 9=3200 12=90")
    officer.tap("ยืนยัน")
    town.work()
    desk = office.signed_in(staff)
    page = words(desk.get(f"{LIST}?round=2").text)
    assert "และอีก 1 ข้อ" in page
    assert "เพิ่มขึ้นมากผิดปกติ จาก 12 เป็น 90" in page
    second = rows(town, select(Obligation.id).where(Obligation.area_code == PHU_RUEA).order_by(Obligation.id))[1]
    shown = words(desk.get(f"{LIST}/{second}").text)
    assert "ใช้ตัวเลขเดิมจากครั้งก่อน" in shown
    assert "เปลี่ยนจากครั้งก่อน +150" in shown
    assert "ยกมาจากครั้งก่อน" in shown
    assert "คำนวณจาก ขั้นตอนที่ ๑-๒" in shown


def test_the_list_costs_the_same_few_queries_however_many_districts_there_are(reported: Office, staff: Phone) -> None:
    desk, seen = reported.signed_in(staff), [0]
    engine = reported.town.runtime.engine

    @event.listens_for(engine, "before_cursor_execute")
    def _count(*_args: object) -> None:
        seen[0] += 1

    desk.get(LIST)
    everything = seen[0]
    seen[0] = 0
    desk.get(f"{LIST}?district={MUEANG}")
    assert everything == seen[0]
    assert everything < 25
