from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.facts import AreaFacts, PersonFacts
from bot.conversation.group.inputs import GroupKind, GroupSaid, group_said
from bot.conversation.group.turn import LeaveGroup, LinkGroup, NoteJoined, NoteRemoved
from bot.conversation.state import IDLE, State
from bot.messages.bubbles import text
from tests.unit.bot.conversation.group.groups import (
    DAN_SAI,
    NAME,
    OFFICER,
    PHU_RUEA,
    PROVINCE,
    STAFF,
    VILLAGE,
    GroupChat,
    due,
    somebody,
)

JOINED, REMOVED = GroupSaid(GroupKind.JOINED), GroupSaid(GroupKind.REMOVED)
HELP = "@ติดตาม ใครยังไม่ส่ง"


def test_an_invitation_is_answered_with_how_to_link() -> None:
    chat = GroupChat(area=None, person=None)
    assert "@ติดตาม ผูกกลุ่ม" in chat.take(JOINED)
    assert chat.effects == [NoteJoined()]


def test_where_groups_are_not_offered_it_says_goodbye_and_goes() -> None:
    chat = GroupChat(area=None, person=None, allowed=False)
    assert "ขอออกจากกลุ่มนี้" in chat.take(JOINED)
    assert chat.effects == [NoteJoined(), LeaveGroup()]
    assert chat.call("เมนู") == ""
    assert GroupChat(allowed=False).call("สรุป").startswith("ขออภัย")


def test_being_removed_is_noted_without_a_word() -> None:
    chat = GroupChat(state=State("leaving"))
    assert chat.take(REMOVED) == ""
    assert (chat.effects, chat.state) == ([NoteRemoved()], IDLE)


@pytest.mark.parametrize("said", ["สวัสดี", "ขอบคุณค่ะ", "เมนู"])
def test_what_is_not_meant_for_us_is_met_with_silence(said: str) -> None:
    assert GroupChat().take(GroupSaid(GroupKind.SILENT, said)) == ""


def test_an_officer_links_the_group_with_their_own_district() -> None:
    chat = GroupChat(area=None)
    assert "อำเภอภูเรือ" in chat.call("ผูกกลุ่ม")
    assert chat.effects == [LinkGroup("4207")]


@pytest.mark.parametrize("role", ["officer", "deputy", "head"])
def test_each_of_the_districts_own_people_may_link(role: str) -> None:
    chat = GroupChat(area=None, person=somebody(role, PHU_RUEA))
    chat.call("ผูกกลุ่ม อำเภอภูเรือ")
    assert chat.effects == [LinkGroup("4207")]


@pytest.mark.parametrize("person", [None, somebody("leader", VILLAGE)])
def test_others_may_not_link(person: PersonFacts | None) -> None:
    chat = GroupChat(area=None, person=person)
    assert "ผูกกลุ่มได้เฉพาะเจ้าหน้าที่" in chat.call("ผูกกลุ่ม อำเภอภูเรือ")
    assert chat.effects == []


def test_staff_name_the_district_and_a_slip_is_read_back() -> None:
    chat = GroupChat(area=None, person=STAFF)
    assert "กรุณาพิมพ์ชื่ออำเภอด้วย" in chat.call("ผูกกลุ่ม")
    assert 'ไม่พบอำเภอ "กรุงเทพ"' in chat.call("ผูกกลุ่ม กรุงเทพ")
    assert "อำเภอด่านซ้าย" in chat.call("ผูกกลุ่ม อ.ด่านซาย")
    assert chat.effects == [LinkGroup("4205")]


def test_an_officer_cannot_link_with_another_district() -> None:
    chat = GroupChat(area=None)
    assert "(ภูเรือ)" in chat.call("ผูกกลุ่ม อำเภอด่านซ้าย")
    assert chat.effects == []


def test_who_reports_for_two_districts_says_which() -> None:
    chat = GroupChat(area=None, person=somebody("officer", PHU_RUEA, DAN_SAI))
    assert "กรุณาพิมพ์ชื่ออำเภอด้วย" in chat.call("ผูกกลุ่ม")
    chat.call("ผูกกลุ่ม ด่านซ้าย")
    assert chat.effects == [LinkGroup("4205")]


def test_only_staff_give_a_linked_group_to_another_district() -> None:
    officer = GroupChat(area=DAN_SAI)
    assert "กรุณาแจ้งเจ้าหน้าที่จังหวัด" in officer.call("ผูกกลุ่ม")
    staff = GroupChat(area=DAN_SAI, person=STAFF)
    staff.call("ผูกกลุ่ม ภูเรือ")
    assert (officer.effects, staff.effects) == ([], [LinkGroup("4207")])
    assert "อยู่แล้ว" in GroupChat().call("ผูกกลุ่ม")


def test_an_unlinked_group_is_told_how_to_link_once_a_day() -> None:
    chat = GroupChat(area=None)
    assert "ผูกกลุ่ม" in chat.call("ฝนตกไหม")
    assert chat.call("ฝนตกไหม") == ""
    chat.now += dt.timedelta(days=1)
    assert "ผูกกลุ่ม" in chat.call("ฝนตกไหม")


def test_who_asks_is_told_how_to_link_each_time() -> None:
    chat = GroupChat(area=None)
    assert chat.call("เมนู") == chat.call("สรุป") != ""


def test_after_its_days_an_unlinked_group_hears_goodbye_unless_it_is_linked_now() -> None:
    chat = GroupChat(area=None, overdue=True)
    assert "ภายใน 3 วัน" in chat.call("เมนู")
    assert chat.effects == [LeaveGroup()]
    late = GroupChat(area=None, overdue=True)
    late.call("ผูกกลุ่ม")
    assert late.effects == [LinkGroup("4207")]


def test_a_linked_group_hears_what_is_still_owed_by_round_and_date() -> None:
    assert GroupChat().call("ใครยังไม่ส่ง") == "อำเภอภูเรือ ยังค้าง\nครั้งที่ 2 เหลือ 3 คำถาม (ถึง 18 มิ.ย. 64)"


def test_a_round_whose_day_is_over_is_said_to_be_so() -> None:
    chat = GroupChat(rounds=(due(1, 11), due(2, 18, "asked"), due(3, 25, "returned")))
    assert chat.call("ค้างอะไร").splitlines()[1:] == [
        "ครั้งที่ 1 ยังไม่เริ่ม (เลยกำหนด 11 มิ.ย. 64)",
        "ครั้งที่ 2 รอพัฒนาการอำเภอเห็นชอบ (ถึง 18 มิ.ย. 64)",
        "ครั้งที่ 3 ส่งคืนให้แก้ (ถึง 25 มิ.ย. 64)",
    ]


def test_when_nothing_is_owed_it_says_so() -> None:
    assert "ส่งครบ" in GroupChat(rounds=(due(1, 11, "sent"), due(2, 18, "waived"))).call("ใครยังไม่ส่ง")
    assert "ยังไม่มีรายงานที่เปิดรับ" in GroupChat(rounds=(due(3, 25, opened=False),)).call("ใครยังไม่ส่ง")
    assert "ไม่มีกำหนดส่งถัดไป" in GroupChat(rounds=(due(1, 11),)).call("กำหนดส่ง")


def test_a_closed_round_is_not_asked_for_any_more() -> None:
    chat = GroupChat(rounds=(due(1, 11, "closed"), due(2, 18, "sent"), due(3, 20, "waived")))
    assert "ส่งครบ" not in chat.call("สรุป")
    assert chat.call("สรุป").startswith("อำเภอภูเรือ ส่งแล้ว 1 จาก 2 ครั้ง")


def test_a_duty_is_owed_beside_the_rounds_and_not_counted_among_them() -> None:
    weekly = text("word.duty_round", title="รายงานประจำสัปดาห์", day="14 มิ.ย.")
    chat = GroupChat(rounds=(due(1, 11, "sent"), due(weekly, 14)))
    assert "รายงานประจำสัปดาห์" in chat.call("ใครยังไม่ส่ง")
    assert "ส่งแล้ว 1 จาก 1 ครั้ง" in chat.call("สรุป")


def test_many_rounds_are_cut_short() -> None:
    said = GroupChat(rounds=tuple(due(number, 11) for number in range(1, 9))).call("ค้างอะไร")
    assert said.splitlines()[-1] == "และอีก 4 ครั้ง"


def test_due_dates_are_for_everybody() -> None:
    chat = GroupChat(person=None)
    assert "ครั้งที่ 2 ภายใน ศุกร์ที่ 18 มิ.ย. 64" in chat.call("กำหนดส่ง")
    assert "ผู้ที่เข้าร่วมแล้ว" in chat.call("สรุป")
    assert "ผู้ที่เข้าร่วมแล้ว" in GroupChat(person=somebody("officer", DAN_SAI)).call("ใครยังไม่ส่ง")


@pytest.mark.parametrize("person", [somebody("leader", VILLAGE), STAFF, somebody("head", PHU_RUEA)])
def test_who_works_there_hears_the_state(person: PersonFacts) -> None:
    assert "ครั้งที่ 2" in GroupChat(person=person).call("สรุป")


def test_the_summary_is_five_lines_at_most() -> None:
    rounds = (due(1, 11), due(2, 18, "half", 9), due(3, 20), due(4, 25, opened=False))
    lines = GroupChat(rounds=rounds).call("สรุป").splitlines()
    assert lines[0] == "อำเภอภูเรือ ส่งแล้ว 0 จาก 3 ครั้ง"
    assert len(lines) == 5


def test_reporting_is_sent_to_the_private_chat() -> None:
    assert GroupChat().call("รายงาน").startswith("กรุณารายงานในแชตส่วนตัว")
    assert "แชตส่วนตัว" in GroupChat().call("มอบหมายผู้แทน")


def test_what_is_not_understood_is_helped_once_and_then_left_alone() -> None:
    chat = GroupChat()
    assert HELP in chat.call("ฝนตกไหม")
    assert chat.call("แดดออกไหม") == ""
    assert "ครั้งที่" in chat.call("สรุป")
    assert HELP in chat.call("ฝนตกไหม")


def test_thanks_need_no_answer() -> None:
    assert GroupChat().call("ขอบคุณครับ") == ""


def test_its_people_can_send_it_away_and_strangers_cannot() -> None:
    chat, stranger = GroupChat(), GroupChat(person=None)
    assert "ขอออกจากกลุ่มนี้" in chat.call("ออกจากกลุ่ม")
    stranger.call("ออกจากกลุ่ม")
    assert (chat.effects, stranger.effects) == ([LeaveGroup()], [])


PEOPLE = st.sampled_from([None, OFFICER, STAFF, somebody("leader", VILLAGE), somebody("officer", DAN_SAI)])
AREAS = st.sampled_from([None, PHU_RUEA])
COMMANDS = ["ผูกกลุ่ม", "ใครยังไม่ส่ง", "กำหนดส่ง", "สรุป", "เมนู", "รายงาน", "who owes", "แก้ 8=3510", "ออกจากกลุ่ม"]


@given(st.lists(st.one_of(st.sampled_from(COMMANDS), st.text(max_size=40)), max_size=5), PEOPLE, AREAS, st.booleans())
def test_no_answer_names_a_person_and_none_is_longer_than_a_bubble(
    words: list[str],
    person: PersonFacts | None,
    area: AreaFacts | None,
    english: bool,
) -> None:
    chat = GroupChat(area=area, person=person, locale="en" if english else "th")
    for each in words:
        said = chat.call(each)
        assert NAME not in said
        assert PROVINCE.name not in said
        assert len(said.splitlines()) <= 6


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": "message"},
        {"type": "message", "message": {"type": "text", "text": "เมนู"}},
        {"type": "message", "called": True, "message": 5},
        {"type": "join", "mode": "standby"},
        {"type": "memberJoined"},
        {"type": "memberLeft"},
        {"type": "postback", "postback": {"data": "do=menu"}},
        {"type": "unsend"},
    ],
)
def test_events_that_are_no_calls_are_silent(payload: dict[str, object]) -> None:
    assert group_said(payload).kind is GroupKind.SILENT


def test_coming_going_and_calls_are_told_apart() -> None:
    assert group_said({"type": "join"}) == JOINED
    assert group_said({"type": "leave"}) == REMOVED
    called = {"type": "message", "called": True, "message": {"text": "เมนู"}}
    assert group_said(called) == GroupSaid(GroupKind.CALLED, "เมนู")
