"""A group's way through the services on both databases."""

from __future__ import annotations

import datetime as dt

from tests.support.chat import Town
from tests.support.groups import Group


def test_a_group_is_joined_linked_asked_and_left_on_each_database(either_town: Town) -> None:
    town, group = either_town, Group(either_town)
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    assert "ผูกกลุ่ม" in group.invite()
    assert "อำเภอภูเรือ" in group.mention(officer, "ผูกกลุ่ม")
    assert "ครั้งที่ 1" in group.mention(officer, "ใครยังไม่ส่ง")
    assert group.say(officer, "ใครยังไม่ส่ง") == ""
    assert "ขอออกจากกลุ่มนี้" in group.mention(officer, "ออกจากกลุ่ม")
    town.work()
    assert town.line.left == [group.group_id]


def test_a_group_that_nobody_linked_is_left_on_each_database(either_town: Town) -> None:
    group = Group(either_town)
    group.invite()
    either_town.clock.civil += dt.timedelta(days=5)
    assert len(either_town.runtime.group_leaving.plan()) == 1
    assert either_town.runtime.group_leaving.plan() == []
    either_town.clock.pass_seconds(10)
    either_town.runtime.sweep.run()
    either_town.work()
    assert either_town.line.left == [group.group_id]
