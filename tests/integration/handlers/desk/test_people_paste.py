"""ตั้งค่า, people from a spreadsheet: read row by row, confirmed once, joined by code or by a request that is marked."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import func, select

from models.people import Invitation, JoinRequest, LineAccount, Membership, Person
from models.work import Audit
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.integration.handlers.desk.test_people import text_of
from tests.integration.handlers.desk.test_requests import REQUESTS, approve
from tests.integration.services.towns import rows
from tests.support.chat import Phone

PASTE = "/desk/settings/people/paste"


def confirm(desk: Desk, pasted: str) -> dict[str, str]:
    """Check a list and confirm it: the code of each name."""
    sealed = re.search(r'name="checked" value="([^"]+)"', desk.post(PASTE, rows=pasted).text)
    assert sealed is not None
    page = desk.post(f"{PASTE}/codes", checked=sealed[1])
    assert page.headers["Cache-Control"] == "no-store"
    found = re.findall(r'<th scope="row">([^<]+)</th>.*?<b>([0-9]+-\w{4})</b>', page.text, re.DOTALL)
    return dict(found)


def invitations(office: Office) -> int:
    return int(rows(office.town, select(func.count()).select_from(Invitation))[0])


@pytest.mark.usefixtures("officer")
def test_each_row_is_read_as_clerks_write_it_or_told_what_to_mend_and_nothing_is_written(
    office: Office, staff: Phone
) -> None:
    desk = office.signed_in(staff)
    lines = (
        "ลำดับ\tชื่อ-สกุล\tตำแหน่ง\tหมู่ที่\tตำบล\tอำเภอ\tโทร.",
        "1\tนางวิภา ตัวอย่าง\tพัฒนาการอำเภอ\t\t\tภูเรือ\t812345678",
        "2\tนายบุญมี ตัวอย่าง\tผู้ใหญ่บ้าน\t๕\tสานตม\tอ.ภูเรือ\t",
        "3\tวิชัย ตัวอย่าง\tเจ้าหน้าที่\t\t\tนาแห้ว\t042-811773",
        "4\tสมใจ ตัวอย่าง\tพัฒนากร\t\t\tภูเรือ\t",
        "",
        "5\tนายเก่ง ตัวอย่าง\tนักบิน\t\t\tภูเรือ\t",
        "6\tนายเก่ง ตัวอย่าง\tพัฒนากร\t\t\tเชียงคานใต้\t",
        "7\tนายเก่ง ตัวอย่าง\tผู้นำ\t\t\tภูเรือ\t",
        '8\t=HYPERLINK("http://x")\tพัฒนากร\t\t\tภูเรือ\t',
        "9\tเก่ง 1101700207366\tพัฒนากร\t\t\tภูเรือ\t",
        "10\tนายเก่ง ตัวอย่าง\tพัฒนากร\t\t\tภูเรือ\t12",
        "11\tนางวิภา ตัวอย่าง\tหัวหน้า\t\t\tภูเรือ\t",
        "12\tนายเก่ง ตัวอย่าง\tผู้ดูแลระบบ\t\t\t\t",
        "13\t0812345678\tพัฒนากร\t\t\tภูเรือ\t",
        "14\tนายเก่ง ตัวอย่าง\tเจ้าหน้าที่\t\t\t\t",
    )
    page = unescape(desk.post(PASTE, rows="\n".join(lines)).text)
    assert "อ่าน 14 แถว ออกรหัสได้ 3 คน ทำหน้าที่อยู่แล้ว 1 คน ต้องแก้ 10 แถว" in page
    read = text_of(page)
    for row in (
        "2 นางวิภา ตัวอย่าง พัฒนาการ อำเภอภูเรือ 0812345678 ออกรหัสให้",
        "3 นายบุญมี ตัวอย่าง ผู้นำชุมชน หมู่ 5",
        "4 วิชัย ตัวอย่าง ผู้รับผิดชอบรายงาน อำเภอนาแห้ว 042811773 ออกรหัสให้",
        "5 สมใจ ตัวอย่าง ผู้รับผิดชอบรายงาน อำเภอภูเรือ – ทำหน้าที่นี้อยู่แล้ว",
        'แถว 7 นายเก่ง ตัวอย่าง: ไม่รู้จักหน้าที่ "นักบิน"',
        'แถว 8 นายเก่ง ตัวอย่าง: ไม่พบอำเภอ "เชียงคานใต้"',
        'แถว 9 นายเก่ง ตัวอย่าง: ไม่พบหมู่บ้าน "ภูเรือ"',
        "แถว 11 เก่ง …: แถวนี้มีเลขประจำตัวประชาชน",
        'แถว 12 นายเก่ง ตัวอย่าง: อ่านเบอร์โทร "12"',
        "แถว 13 นางวิภา ตัวอย่าง: ซ้ำกับแถว 2",
        "แถว 14 นายเก่ง ตัวอย่าง: หน้าที่นี้มีเพียงผู้ดูแลระบบ",
        "แถว 15 …: ไม่พบชื่อ",
        "แถว 16 นายเก่ง ตัวอย่าง: ไม่พบพื้นที่",
    ):
        assert (row, row in read) == (row, True)
    assert "เครื่องหมายของสูตร" in read
    assert "1101700207366" not in page
    assert invitations(office) == 0
    many = "\n".join(f"นาย{n} ตัวอย่าง, พัฒนากร, อ.ภูเรือ, 081 234 5678" for n in range(10_000))
    too_many, nothing = desk.post(PASTE, rows=many), desk.post(PASTE, rows=" \n\t\n")
    assert "วางมา 10000 แถว รับได้ครั้งละ 1000 แถว" in too_many.text.replace(",", "")
    assert "นาย9999 ตัวอย่าง" in too_many.text
    assert "ยังไม่มีรายชื่อ" in nothing.text
    assert (too_many.status_code, nothing.status_code) == (422, 422)
    assert "ตรวจอีกครั้ง" in desk.get(desk.post(f"{PASTE}/codes", checked="forged").location).text
    assert invitations(office) == 0


def test_a_code_and_the_words_beside_it_must_mean_one_area(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    places = ("4201 ภูเรือ", "4201 4207", "4207 อ.ภูเรือ จ.เลย", "อำเภอ 4207", "ภูเรือ 42160")
    pasted = "\n".join(f"นายเก่ง{n} ตัวอย่าง\tพัฒนากร\t{words}" for n, words in enumerate(places))
    read = text_of(unescape(desk.post(PASTE, rows=pasted).text))
    assert re.findall(r"ไม่พบอำเภอ \"([^\"]+)\"", read) == ["4201 ภูเรือ", "4201 4207"]
    assert read.count("อำเภอภูเรือ – ออกรหัสให้") == 3


def test_whoever_types_their_code_is_in_and_a_list_pasted_again_replaces_unused_codes(
    office: Office, staff: Phone, officer: Phone
) -> None:
    town, desk = office.town, office.signed_in(staff)
    pasted = "นางวิภา ตัวอย่าง, หัวหน้า, ภูเรือ, 0812345678\nนายบุญมี ตัวอย่าง, ผู้นำ, 42070605"
    first = confirm(desk, pasted)
    assert set(first) == {"นางวิภา ตัวอย่าง", "นายบุญมี ตัวอย่าง"}
    assert "แทนรหัสเดิมที่ยังไม่ใช้" in desk.post(PASTE, rows=pasted).text
    second = confirm(desk, pasted)
    guest = town.stranger()
    assert "หมดอายุ" in guest.say(first["นางวิภา ตัวอย่าง"])
    assert "นางวิภา ตัวอย่าง พัฒนาการ" in guest.say(second["นางวิภา ตัวอย่าง"])
    guest.tap("ใช่ และรับทราบ")
    held = select(Membership.area_code).join(Person, Person.id == Membership.person_id)
    assert rows(town, held.where(Person.name == "นางวิภา ตัวอย่าง", Membership.role == "head")) == ["4207"]
    assert len(rows(town, select(Audit.id).where(Audit.action == "codes_made"))) == 4
    with town.runtime.sessions() as session:
        assert not any("0812345678" in str(tuple(row)) for row in session.execute(Invitation.__table__.select()))
    assert "ยังไม่เข้าร่วม 1 คน" in desk.get(PASTE).text
    assert office.signed_in(officer).post(PASTE, rows=pasted).status_code == 403


def test_who_asks_without_the_code_is_marked_and_ticked_and_the_code_ends_with_the_approval(
    office: Office, staff: Phone
) -> None:
    town, desk = office.town, office.signed_in(staff)
    code = confirm(desk, "นายบุญมี ดีใจ, ผู้ใหญ่บ้าน, หมู่ 5 ต.สานตม อ.ภูเรือ")["นายบุญมี ดีใจ"]
    leader = town.stranger()
    assert "นายบุญมี ดีใจ" in leader.say("เข้าร่วม 42070605"), "the village's QR asks for whom the list names"
    leader.tap("ใช่ และรับทราบ")
    page = desk.get(REQUESTS).text
    assert "อยู่ในรายชื่อที่วางไว้" in page
    assert 'form="approve" checked' in page
    assert "มีคำขอเข้าร่วมรออนุมัติอยู่" in desk.post(PASTE, rows="นายบุญมี ดีใจ, ผู้นำ, 42070605").text
    (asked,) = rows(town, select(JoinRequest.id))
    assert "อนุมัติแล้ว 1 คน" in approve(desk, str(asked))
    assert "มีผู้ใช้ไปแล้ว" in town.stranger().say(code)
    (account,) = rows(town, select(LineAccount).where(LineAccount.line_user_id == leader.user_id))
    assert account.person_id is not None
