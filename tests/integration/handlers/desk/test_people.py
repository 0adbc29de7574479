"""ตั้งค่า, people: found, written to or not, their duties ended, moved and handed on, a new telephone, their browsers."""

from __future__ import annotations

import re

from sqlalchemy import select, update

from models.area import Area
from models.obligation import Draft, Obligation
from models.people import Invitation, LineAccount, Membership, Person
from models.work import Audit
from tests.integration.handlers.desk.conftest import Office
from tests.integration.handlers.desk.test_households import line_of
from tests.integration.services.towns import rows
from tests.support.chat import Phone

PEOPLE = "/desk/settings/people"


def number_of(office: Office, name: str) -> int:
    (found,) = rows(office.town, select(Person.id).where(Person.name == name))
    return int(found)


def duty_of(office: Office, name: str) -> str:
    """The address of what may be done about somebody's one duty that holds."""
    held = select(Membership).join(Person, Person.id == Membership.person_id)
    (duty,) = rows(office.town, held.where(Person.name == name, Membership.ended_at.is_(None)))
    return f"{PEOPLE}/{duty.person_id}/duties/{duty.id}"


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


def test_people_are_found_by_name_role_area_and_whether_they_can_be_written_to(
    office: Office, staff: Phone, officer: Phone
) -> None:
    town = office.town
    far = town.person("ไกล ตัวอย่าง", "officer", "4206")
    desk = office.signed_in(staff)
    officer.say("เมนู")
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(LineAccount).where(LineAccount.line_user_id == far.user_id).values(following=False))
    everybody = desk.get(PEOPLE).text
    assert line_of(everybody, "สมใจ")[3] == "แจ้งถึงได้"
    assert "ยังไม่เคยใช้" not in line_of(everybody, "สมใจ")[2]
    assert line_of(everybody, "ไกล")[1:] == ["ผู้รับผิดชอบรายงาน อำเภอนาแห้ว", "ยังไม่เคยใช้", "บล็อกหรือไม่ได้เป็นเพื่อน"]
    for query, found in {
        "q=สมใจ": {"สมใจ"},
        "role=officer": {"สมใจ", "ไกล"},
        "role=officer&district=4206": {"ไกล"},
        "only=unreachable": {"ไกล"},
        "q=ไม่มีใคร": set(),
        "role=nonsense&page=9999999999": {"สมใจ", "ไกล", "มาลี"},
    }.items():
        page = text_of(desk.get(f"{PEOPLE}?{query}").text)
        assert (query, {name for name in ("สมใจ", "ไกล", "มาลี") if f"{name} ตัวอย่าง" in page}) == (query, found)
    own = office.signed_in(officer)
    assert "ไกล" not in own.get(PEOPLE).text
    assert own.get(f"{PEOPLE}/{number_of(office, 'ไกล ตัวอย่าง')}").status_code == 404
    assert "สิ้นสุดหน้าที่" not in own.get(f"{PEOPLE}/{number_of(office, 'สมใจ ตัวอย่าง')}").text


def test_a_duty_is_handed_on_with_the_draft_and_both_are_told(office: Office, staff: Phone, officer: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    successor = town.person("วิชัย ตัวอย่าง", "deputy", "4207")
    old, new = number_of(office, "สมใจ ตัวอย่าง"), number_of(office, "วิชัย ตัวอย่าง")
    officer.say("รายงาน")
    officer.say("21 15")
    (draft,) = rows(town, select(Draft))
    assert draft.updated_by == old
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Obligation).where(Obligation.id == draft.obligation_id).values(assigned_to=old))
    page = desk.get(f"{PEOPLE}/{old}").text
    assert f'<option value="{new}">วิชัย' in page
    path = duty_of(office, "สมใจ ตัวอย่าง")
    assert desk.post(f"{path}/hand-on", to=str(old)).status_code == 404
    me = number_of(office, "มาลี ตัวอย่าง")
    assert "แก่ตนเองไม่ได้" in desk.get(desk.post(f"{path}/hand-on", to=str(me)).location).text
    answer = desk.post(f"{path}/hand-on", to=str(new))
    assert answer.location.endswith(f"{PEOPLE}/{new}")
    assert "ย้ายหน้าที่แล้ว" in desk.get(answer.location).text
    (draft,) = rows(town, select(Draft))
    (obligation,) = rows(town, select(Obligation).where(Obligation.id == draft.obligation_id))
    assert (draft.updated_by, obligation.assigned_to) == (new, new)
    held = rows(town, select(Membership.person_id).where(Membership.role == "officer", Membership.ended_at.is_(None)))
    assert held == [new]
    town.work()
    pushed = str(town.line.pushes)
    assert "ต่อจาก สมใจ ตัวอย่าง" in pushed
    assert "ย้ายไปให้ วิชัย ตัวอย่าง" in pushed
    assert "เหลือ" in successor.say("รายงาน") or successor.heard
    (noted,) = rows(town, select(Audit).where(Audit.action == "role_handed_on"))
    assert (noted.area_code, noted.detail) == ("4207", {"role": "officer", "to": new})
    assert desk.post(f"{path}/hand-on", to=str(new)).status_code == 404


def test_a_duty_moves_to_another_area_or_ends_and_nobody_ends_their_own(
    office: Office, staff: Phone, officer: Phone
) -> None:
    town, desk, theirs = office.town, office.signed_in(staff), office.signed_in(officer)
    for wrong in ("", "42", "42070605", "4199"):
        path = duty_of(office, "สมใจ ตัวอย่าง")
        refused = desk.post(f"{path}/move", area=wrong)
        assert (wrong, refused.status_code, "ไม่พบพื้นที่ตามรหัสนั้น" in refused.text) == (wrong, 422, True)
    desk.post(f"{duty_of(office, 'สมใจ ตัวอย่าง')}/move", area="๔๒๐๖")
    assert "นาแห้ว" in theirs.get("/desk/settings").text
    desk.post(f"{duty_of(office, 'สมใจ ตัวอย่าง')}/end")
    assert theirs.get("/desk/settings").status_code == 401
    mine = duty_of(office, "มาลี ตัวอย่าง")
    assert "ของตนเองไม่ได้" in desk.get(desk.post(f"{mine}/end").location).text
    assert "แก่ตนเองไม่ได้" in desk.get(desk.post(f"{mine}/move", area="42").location).text
    town.person("ผู้ดูแล ตัวอย่าง", "admin", "42")
    admin = duty_of(office, "ผู้ดูแล ตัวอย่าง")
    for deed in ("end", "move", "hand-on", "new-phone"):
        assert (deed, desk.post(f"{admin}/{deed}", to="1", area="42").status_code) == (deed, 404)


def test_a_new_telephone_gets_a_code_once_and_the_earlier_code_ends(
    office: Office, staff: Phone, officer: Phone
) -> None:
    desk = office.signed_in(staff)
    path = duty_of(office, "สมใจ ตัวอย่าง")

    def code() -> str:
        page = desk.post(f"{path}/new-phone")
        assert page.headers["Cache-Control"] == "no-store"
        assert "<svg" in page.text
        found = re.search(r"<b>(4207-\w{4})</b>", page.text)
        assert found is not None
        return found[1]

    first, second = code(), code()
    stranger = office.town.stranger()
    assert "หมดอายุ" in stranger.say(first)
    assert "สมใจ ตัวอย่าง" in stranger.say(second)
    stranger.tap("ใช่ และรับทราบ")
    (account,) = rows(office.town, select(LineAccount).where(LineAccount.line_user_id == stranger.user_id))
    assert account.person_id == number_of(office, "สมใจ ตัวอย่าง")


def test_what_somebody_is_in_another_province_gives_them_no_power_here_and_is_taken_by_nobody_here(
    office: Office, officer: Phone
) -> None:
    town = office.town
    with town.runtime.sessions() as session, session.begin():
        session.add(Area(code="41", kind="province", name_th="อุดรธานี"))
    both, boss = town.person("สอง ตัวอย่าง", "staff", "42"), town.person("หลัก ตัวอย่าง", "admin", "42")
    numbers = {name: number_of(office, f"{name} ตัวอย่าง") for name in ("สอง", "สมใจ")}
    with town.runtime.sessions() as session, session.begin():
        for name in numbers.values():
            session.add(Membership(person_id=name, role="admin", area_code="41", since=town.clock.now()))
    desk = office.signed_in(both)
    given = desk.post(f"{PEOPLE}/{numbers['สมใจ']}/duties", role="admin", area="เลย")
    assert (given.status_code, "ไม่พบจังหวัด" in given.text) == (422, True)
    pasted = desk.post(f"{PEOPLE}/paste", rows="นายเก่ง ตัวอย่าง\tผู้ดูแลระบบ\tเลย").text
    assert ("หน้าที่นี้มีเพียงผู้ดูแลระบบ" in text_of(pasted), 'name="checked"' in pasted) == (True, False)
    assert desk.post(f"{duty_of(office, 'หลัก ตัวอย่าง')}/end").status_code == 404
    (there,) = rows(town, select(Membership).where(Membership.person_id == numbers["สมใจ"], Membership.role == "admin"))
    assert desk.post(f"{PEOPLE}/{there.person_id}/duties/{there.id}/move", area="42").status_code == 422
    theirs = select(Membership).where(Membership.person_id == numbers["สมใจ"], Membership.area_code == "4207")
    (here,) = rows(town, theirs)
    path = f"{PEOPLE}/{numbers['สมใจ']}/duties/{here.id}"
    # with the telephone would go what they are elsewhere; their duty here is ended here all the same
    for phone in (town.person("มาลี ตัวอย่าง", "staff", "42"), boss):
        refused = office.signed_in(phone).post(f"{path}/new-phone")
        assert (refused.status_code, rows(town, select(Invitation))) == (303, [])
    assert desk.post(f"{path}/end").status_code == 303
    (here,) = rows(town, theirs)
    assert here.ended_at is not None


def test_staff_sign_out_the_browser_of_somebody_else(office: Office, staff: Phone, officer: Phone) -> None:
    desk, theirs = office.signed_in(staff), office.signed_in(officer)
    person = number_of(office, "สมใจ ตัวอย่าง")
    form = re.search(rf'action="({PEOPLE}/{person}/devices/\d+/end)"', desk.get(f"{PEOPLE}/{person}").text)
    assert form is not None
    desk.post(form[1])
    assert theirs.get("/desk/settings").status_code == 401
    (noted,) = rows(office.town, select(Audit).where(Audit.action == "desk_ended"))
    assert (noted.person_id, noted.subject) == (number_of(office, "มาลี ตัวอย่าง"), f"person {person}")


def test_a_further_role_is_given_within_ones_own_province_and_the_person_is_told(
    office: Office, staff: Phone, officer: Phone
) -> None:
    town, desk = office.town, office.signed_in(staff)
    person = number_of(office, "สมใจ ตัวอย่าง")
    form = desk.get(f"{PEOPLE}/{person}").text
    assert 'value="ภูเรือ"' in form
    assert 'value="admin"' not in form

    def given(role: str, area: str) -> str:
        answer = desk.post(f"{PEOPLE}/{person}/duties", role=role, area=area)
        if answer.status_code == 422:  # what was typed stands there still
            assert f'<option value="{role}" selected>' in answer.text
            assert 'aria-invalid="true"' in answer.text
            return answer.text
        return desk.get(answer.location).text if answer.status_code == 303 else str(answer.status_code)

    for role, area, said in (
        ("head", "ไม่มี", "ไม่พบอำเภอ &#34;ไม่มี&#34;"),
        ("head", "4101", "ไม่พบอำเภอ"),
        ("head", "42070605", "ไม่พบอำเภอ"),
        ("leader", "อ.ภูเรือ", "ไม่พบหมู่บ้าน"),
        ("leader", "หมู่ 5", "มีหลายแห่ง"),
        ("staff", "อุดรธานี", "ไม่พบจังหวัด"),
        ("officer", "ภูเรือ", "อยู่แล้ว"),
        ("head", "1101700207366", "xxxxxxxxxxxxx"),
        ("admin", "", "404"),
        ("king", "", "404"),
        ("head", "อำเภอภูเรือ จังหวัดเลย", "ให้หน้าที่แล้ว"),
        ("leader", "ม.๕ต.สานตม อ.ภูเรือ", "ให้หน้าที่แล้ว"),
    ):
        assert (role, area, said in given(role, area)) == (role, area, True)
    held = select(Membership.role, Membership.area_code).where(Membership.person_id == person)
    with town.runtime.sessions() as session:
        assert {tuple(row) for row in session.execute(held)} == {
            ("officer", "4207"),
            ("head", "4207"),
            ("leader", "42070605"),
        }
    assert [row.area_code for row in rows(town, select(Audit).where(Audit.action == "role_given"))] == [
        "4207",
        "42070605",
    ]
    town.work()
    assert "ท่านได้รับหน้าที่เพิ่ม คือพัฒนาการ อำเภอภูเรือ" in str(town.line.pushes)
    mine = number_of(office, "มาลี ตัวอย่าง")
    assert "แก่ตนเองไม่ได้" in desk.get(desk.post(f"{PEOPLE}/{mine}/duties", role="head", area="ภูเรือ").location).text
    assert 'name="area" value="นาไกล"' in given("head", "นาไกล")
    # who reports for a district elsewhere is no staff there
    with town.runtime.sessions() as session, session.begin():
        session.add(Area(code="41", kind="province", name_th="อุดรธานี"))
        session.add(Area(code="4101", kind="district", parent_code="41", name_th="เมืองอุดรธานี"))
        session.flush()
        session.add(Membership(person_id=mine, role="officer", area_code="4101", since=town.clock.now()))
        elsewhere = Person(name="อยู่ไกล ตัวอย่าง", created_at=town.clock.now())
        session.add(elsewhere)
        session.flush()
        session.add(Membership(person_id=elsewhere.id, role="deputy", area_code="4101", since=town.clock.now()))
    assert "ไม่พบอำเภอ" in given("deputy", "4101")
    theirs = desk.get(f"{PEOPLE}/{number_of(office, 'อยู่ไกล ตัวอย่าง')}")
    assert (theirs.status_code, "/duties" in theirs.text) == (200, False)
    # who is staff of both provinces moves people within each
    with town.runtime.sessions() as session, session.begin():
        session.add(Area(code="4102", kind="district", parent_code="41", name_th="กุดจับ"))
        session.add(Membership(person_id=mine, role="staff", area_code="41", since=town.clock.now()))
    moving = desk.get(f"{PEOPLE}/{number_of(office, 'อยู่ไกล ตัวอย่าง')}").text
    assert re.findall(r'<option value="(\d{4})">', moving) == ["4102"]
    assert office.signed_in(officer).post(f"{PEOPLE}/{person}/duties", role="head", area="4207").status_code == 403
