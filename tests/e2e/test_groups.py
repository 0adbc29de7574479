"""A district's LINE group, from the invitation to the goodbye, with all processes running."""

from __future__ import annotations

import datetime as dt

import pytest

from simulator.client_answers import Seen
from tests.support.people import Someone
from tests.support.processes import wait_until
from tests.support.stage import MONDAY, Stage

SECRET = "เรื่องลับของคนในกลุ่ม"


class GroupOnStage:
    """A group with the account in it; what people write is answered before the next line."""

    def __init__(self, stage: Stage, *people: Someone) -> None:
        self.stage = stage
        self.simulator = stage.simulator
        members = [person.user_id for person in people]
        self.group_id = self.simulator.groups.create("งานอำเภอภูเรือ", members).group_id
        self.seq = self.simulator.groups.invite_bot(self.group_id).seq

    def heard(self) -> str:
        """The bot's next bubble."""
        (bubble,) = self.simulator.wait_for(self.group_id, self.seq)
        assert bubble.via == "reply"
        return str(bubble.message["text"])

    def mention(self, person: Someone, words: str) -> str:
        self.seq = self.simulator.groups.mention(self.group_id, person.user_id, words).seq
        return self.heard()

    def say(self, person: Someone, words: str) -> None:
        self.simulator.groups.say(self.group_id, person.user_id, words, wait=True)

    def bubbles(self) -> list[Seen]:
        return [each for each in self.simulator.messages(self.group_id) if each.side == "bot"]

    def left(self) -> bool:
        return not self.simulator.groups.get(self.group_id).bot


@pytest.fixture
def group(stage: Stage, officer: Someone, leader: Someone, staff: Someone) -> GroupOnStage:
    return GroupOnStage(stage, officer, leader, staff)


def test_a_district_uses_its_group(stage: Stage, group: GroupOnStage, officer: Someone, staff: Someone) -> None:
    assert "@ติดตาม ผูกกลุ่ม" in group.heard()
    assert "ผูกกลุ่มนี้กับอำเภอภูเรือแล้ว" in group.mention(officer, "ผูกกลุ่ม")
    assert "ครั้งที่ 1" in group.mention(staff, "ใครยังไม่ส่ง")
    assert "11 มิ.ย. 64" in group.mention(officer, "กำหนดส่ง")
    assert "แชตส่วนตัว" in group.mention(officer, "รายงาน")
    assert "รายงานครั้งที่ 1" in officer.say("รายงาน")
    counted = stage.transcript()
    assert (counted.pushes, counted.billed) == (0, 0)


def test_what_people_say_to_each_other_is_neither_answered_nor_kept(
    stage: Stage, group: GroupOnStage, officer: Someone, leader: Someone
) -> None:
    group.heard()
    before = len(group.bubbles())
    for words in (SECRET, f"รายงาน {SECRET}", f"ติดตาม {SECRET}", f"@สมใจ {SECRET}", "ใครยังไม่ส่ง"):
        group.say(officer, words)
        group.say(leader, words)
    stage.settle()
    assert len(group.bubbles()) == before
    assert stage.tables_with(SECRET) == []
    assert not any(SECRET in child.output() for child in stage.system.children.values())


def test_a_group_that_nobody_links_is_left_in_the_end(stage: Stage, group: GroupOnStage, leader: Someone) -> None:
    group.heard()
    stage.move_clock(MONDAY + dt.timedelta(days=3, hours=12))
    assert "ติดตามขอออกจากกลุ่ม" in group.mention(leader, "เมนู")
    wait_until(group.left, what="the account's leaving")
    stage.settle()


def test_a_silent_group_is_left_without_a_word(stage: Stage, group: GroupOnStage) -> None:
    group.heard()
    stage.move_clock(MONDAY + dt.timedelta(days=4, hours=12))
    wait_until(group.left, what="the account's leaving")
    stage.settle()
    assert len(group.bubbles()) == 1


def test_removed_and_invited_again_it_asks_anew(stage: Stage, group: GroupOnStage, officer: Someone) -> None:
    group.heard()
    group.mention(officer, "ผูกกลุ่ม")
    stage.simulator.groups.remove_bot(group.group_id, wait=True)
    stage.settle()
    group.seq = stage.simulator.groups.invite_bot(group.group_id).seq
    assert "@ติดตาม ผูกกลุ่ม" in group.heard()
    assert "ยังไม่ได้ผูกกับอำเภอ" in group.mention(officer, "สรุป")
