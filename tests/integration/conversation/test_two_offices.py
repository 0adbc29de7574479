"""People with several duties: in the one area they may do nothing that only their duty in another permits."""

from __future__ import annotations

from sqlalchemy import select

from models.area import Area, AreaKind, Household
from models.campaign import Round
from models.certificate import Certificate
from models.household_case import HouseholdCase
from models.media import Media
from models.obligation import Obligation
from models.people import LineAccount, Membership, Role
from services.people import invitations
from services.people.duties import Duties
from tests.integration.conversation.test_duties import load_nan
from tests.integration.services.towns import account_of, report, rows
from tests.support.chat import Phone, Town

PHU_RUEA, MUEANG_NAN = "4207", "5501"
VILLAGE, NEXT_VILLAGE = "42070605", "42070606"


def also(town: Town, phone: Phone, role: Role, area: str) -> None:
    """A second duty of the same person."""
    person = account_of(town, phone).person_id
    with town.runtime.sessions() as session, session.begin():
        session.add(Membership(person_id=person, role=role.value, area_code=area, since=town.clock.now()))


def test_staff_of_one_province_are_none_of_another_where_they_report(town: Town) -> None:
    report(town.person("สมศรี ใจดี", "officer", PHU_RUEA))
    load_nan(town)  # loaded last: the newest campaign of all
    both = town.person("นุช ตัวอย่าง", "staff", "42")
    also(town, both, Role.OFFICER, MUEANG_NAN)
    assert "อำเภอภูเรือ" in both.say("ประวัติ ภูเรือ")
    assert "เมืองน่าน" not in both.say("ใครยังไม่ส่ง")
    both.say("ปิดรับครั้งที่ 1")
    both.say("ยืนยัน")
    assert [row.campaign_id for row in rows(town, select(Round).where(Round.closes_at.is_not(None)))] == [1]
    assert "เมืองน่าน" not in both.say("ประกาศ")
    both.say("ยกเลิก")
    assert "อำเภอเมืองน่าน" in both.say("รายงาน")  # their own report of the district is theirs all the same


def test_staff_of_a_province_without_a_campaign_see_no_other_ones(town: Town) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.add(Area(code="56", kind=AreaKind.PROVINCE.value, name_th="พะเยา", name_en="Phayao"))
    away = town.person("นุช ตัวอย่าง", "staff", "56")
    assert "ภูเรือ" not in away.say("ใครยังไม่ส่ง")
    assert "ไม่พบอำเภอ" in away.say("ประวัติ ภูเรือ")


def moved(town: Town, phone: Phone, area: str) -> None:
    """The person's only duty is in another area from now on."""
    with town.runtime.sessions() as session, session.begin():
        account = session.get_one(LineAccount, account_of(town, phone).id)
        duty = session.scalars(select(Membership).where(Membership.person_id == account.person_id)).one()
        Duties(session, town.clock, town.runtime.texts, duty.person_id).move(duty, area)


def test_what_a_leader_sent_of_a_village_stays_there_when_the_duty_moves(town: Town) -> None:
    leader = town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)
    leader.photo()
    leader.say("12")
    photo = leader.bubble()
    leader.say("14 ****")
    leader.say("ใช่")
    case = leader.bubble()
    moved(town, leader, NEXT_VILLAGE)
    leader.say("15", quoting=photo)
    leader.say("ลบรูปล่าสุด")
    leader.say("ยกเลิก", quoting=case)
    (media,) = rows(town, select(Media))
    (house,) = rows(town, select(Household).where(Household.id == media.household_id))
    assert (media.state, media.village_code, house.house_no) == ("wanted", VILLAGE, "12")
    assert len(rows(town, select(HouseholdCase))) == 1


def test_what_somebody_sent_is_not_changed_from_the_phone_that_they_gave_away(town: Town) -> None:
    leader = town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)
    leader.photo()
    leader.say("12")
    person = account_of(town, leader).person_id
    with town.runtime.sessions() as session, session.begin():
        phone = invitations.invite(session, Role.LEADER, VILLAGE, town.clock.now(), person_id=person)
        other = invitations.invite(session, Role.LEADER, NEXT_VILLAGE, town.clock.now(), name="คำ ตัวอย่าง")
    for who, code in ((town.stranger(), phone), (leader, other)):
        who.say(code)
        who.tap("ใช่ และรับทราบ")
    leader.say("ลบรูปล่าสุด")
    (media,) = rows(town, select(Media))
    assert (media.state, media.village_code, media.household_id is not None) == ("wanted", VILLAGE, True)


def test_what_a_card_offered_is_over_with_the_duty_that_it_was_shown_for(town: Town) -> None:
    report(town.person("สมศรี ใจดี", "officer", PHU_RUEA))
    load_nan(town)
    staff = town.person("นุช ตัวอย่าง", "staff", "42")
    staff.say("รับรอง ภูเรือ")
    yes = next(item for item in staff.buttons() if "ยืนยัน" in item["label"])
    moved(town, staff, "55")
    staff.say("ยืนยัน")
    staff.touch(yes)
    first = select(Obligation.state).where(Obligation.area_code == PHU_RUEA).order_by(Obligation.id).limit(1)
    assert rows(town, first) == ["submitted"]


def test_a_house_that_was_asked_about_is_forgotten_with_its_village(town: Town) -> None:
    leader = town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)
    leader.say("14 ****")
    moved(town, leader, NEXT_VILLAGE)
    leader.say("ใช่")
    assert rows(town, select(HouseholdCase)) == []


def test_a_photo_of_a_house_waits_on_whatever_becomes_of_one_in_a_report(town: Town) -> None:
    both = town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)
    also(town, both, Role.OFFICER, PHU_RUEA)
    for settled in ("เก็บรูปเป็นเอกสารแนบ", "ไม่ใช้รูปนี้"):
        both.photo()
        both.say("รายงาน")
        both.photo()
        both.tap(settled)
        both.say("ยกเลิก")
    found = rows(town, select(Media).order_by(Media.id))
    assert [(row.village_code, row.state, row.obligation_id is not None) for row in found] == [
        (VILLAGE, "wanted", False),
        (None, "wanted", True),
        (VILLAGE, "wanted", False),
        (None, "unsent", False),
    ]


def test_a_village_is_closed_for_the_campaign_of_its_own_province(town: Town) -> None:
    load_nan(town)  # its households have no exceptional cases
    both = town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)
    also(town, both, Role.OFFICER, MUEANG_NAN)
    assert "ใช่หรือไม่" in both.say("14 ****")
    both.say("ใช่")
    both.say("ปิดหมู่บ้าน")
    (shown,) = rows(town, select(Certificate))
    assert (shown.village_code, shown.campaign_id) == (VILLAGE, 1)
