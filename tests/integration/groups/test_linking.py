"""From the invitation to the answers about the linked district's reports."""

from __future__ import annotations

from sqlalchemy import func, select

from models.chat import Conversation, Notice, OutboxRequest
from models.work import Audit
from tests.integration.conversation.reports import CASES, go_to, send
from tests.integration.conversation.test_duties import load_nan
from tests.integration.services.towns import account_of
from tests.support.chat import Phone, Town
from tests.support.groups import Group


def test_a_group_is_linked_and_asked(town: Town, group: Group, officer: Phone) -> None:
    assert "@ติดตาม ผูกกลุ่ม" in group.invite()
    assert "ผูกกลุ่มนี้กับอำเภอภูเรือแล้ว" in group.mention(officer, "ผูกกลุ่ม")
    assert group.row().area_code == "4207"
    assert "ครั้งที่ 1 ยังไม่เริ่ม" in group.mention(officer, "ใครยังไม่ส่ง")
    with town.runtime.sessions() as session:
        audit = session.scalars(select(Audit).where(Audit.action == "group_linked")).one()
    assert audit.detail == {"area": "4207"}


def test_the_name_typed_by_hand_calls_as_a_mention_does(group: Group, officer: Phone) -> None:
    group.invite()
    assert "อำเภอภูเรือ" in group.say(officer, "ติดตาม ผูกกลุ่ม")
    assert "ครั้งที่ 1" in group.say(officer, "@ติดตาม สรุป")


def test_what_is_begun_in_private_shows_as_questions_left_and_what_is_sent_as_sent(
    linked: Group, officer: Phone, staff: Phone
) -> None:
    go_to(officer, CASES)
    assert "คำถาม" in linked.mention(staff, "ใครยังไม่ส่ง")
    officer.say("ยกเลิก")
    send(officer)
    assert "ส่งครบ" in linked.mention(staff, "ใครยังไม่ส่ง")
    assert "ส่งแล้ว 1 จาก 1 ครั้ง" in linked.mention(staff, "สรุป")


def test_a_report_under_way_in_the_private_chat_is_not_disturbed(linked: Group, officer: Phone) -> None:
    asked = officer.say("รายงาน")
    assert "แชตส่วนตัว" in linked.mention(officer, "รายงาน")
    linked.mention(officer, "3150 3040")
    assert officer.say("รายงาน").splitlines()[-2:] == asked.splitlines()[-2:]


def test_notices_wait_for_the_private_chat(linked: Group, town: Town, officer: Phone) -> None:
    person = account_of(town, officer).person_id
    with town.runtime.sessions() as session, session.begin():
        words = {"words": "คำขอของนางสาวลับ"}
        session.add(
            Notice(person_id=person, key="notice.words", values=words, subject="x", created_at=town.clock.now())
        )
    assert "ลับ" not in linked.mention(officer, "สรุป")
    assert "ลับ" in officer.say("เมนู")


def test_nothing_is_ever_pushed_or_given_a_button(town: Town, linked: Group, officer: Phone) -> None:
    for words in ("ใครยังไม่ส่ง", "กำหนดส่ง", "สรุป", "เมนู", "รายงาน", "ฝนตกไหม"):
        linked.mention(officer, words)
    town.work()
    assert town.line.pushes == []
    assert all(len(body["messages"]) == 1 for body in town.line.replies)
    assert {body["messages"][0]["type"] for body in town.line.replies} == {"text"}


def test_each_group_is_of_one_district_and_a_district_may_have_several(
    town: Town, linked: Group, officer: Phone
) -> None:
    other = Group(town)
    other.invite()
    assert "ยังไม่ได้ผูกกับอำเภอ" in other.mention(officer, "สรุป")
    other.mention(officer, "ผูกกลุ่ม")
    assert (linked.row().area_code, other.row().area_code) == ("4207", "4207")
    with town.runtime.sessions() as session:
        chats = select(func.count(Conversation.id)).where(Conversation.group_key.is_not(None))
        assert session.scalar(chats) == 2
        replies = select(func.count(OutboxRequest.id)).where(OutboxRequest.state == "sent")
        assert session.scalar(replies) == len(town.line.replies)


def test_staff_of_another_province_are_strangers_and_their_own_groups_are_theirs(town: Town, linked: Group) -> None:
    load_nan(town)
    nan, officer = town.person("วิมล ตัวอย่าง", "staff", "55"), town.person("ชัย ตัวอย่าง", "officer", "5501")
    told = linked.mention(nan, "ใครยังไม่ส่ง")
    assert told
    assert "ครั้งที่ 1" not in told
    linked.mention(nan, "ผูกกลุ่ม ด่านซ้าย")
    for stranger in (nan, officer):
        assert "ขอออกจากกลุ่มนี้" not in linked.mention(stranger, "ออกจากกลุ่ม")
    assert linked.row().area_code == "4207"
    fresh = Group(town)
    fresh.invite()
    assert "อำเภอเมืองน่านแล้ว" in fresh.mention(nan, "ผูกกลุ่ม เมืองน่าน")
    other = Group(town)
    other.invite()
    staff = town.person("นุช ตัวอย่าง", "staff", "42")  # of the campaign that was loaded earlier
    assert "อำเภอด่านซ้ายแล้ว" in other.mention(staff, "ผูกกลุ่ม ด่านซ้าย")
