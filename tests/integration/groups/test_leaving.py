"""How the account comes out of a group again: not wanted, not linked, asked to go, or removed."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.campaign import Campaign
from models.work import OwedJob
from services.ports import SendOutcome, SendResult
from services.sending.outbox import GroupPushError, queue_push
from tests.integration.services.towns import outbox
from tests.support.chat import Phone, Town
from tests.support.groups import Group
from workers.clock import tick


def setting(town: Town, **groups: object) -> None:
    with town.runtime.sessions() as session, session.begin():
        campaign = session.scalars(select(Campaign)).one()
        campaign.settings = {**campaign.settings, "groups": groups}


def pass_days(town: Town, days: float) -> None:
    town.clock.civil += dt.timedelta(days=days)
    town.clock.pass_seconds(10)


def clock_ticks(town: Town) -> None:
    tick(town.runtime)
    town.work()


@pytest.fixture
def forbidden(town: Town) -> None:
    setting(town, allowed=False)


@pytest.mark.usefixtures("forbidden")
def test_where_groups_are_not_allowed_it_says_goodbye_and_leaves(town: Town, group: Group) -> None:
    assert "ขอออกจากกลุ่มนี้" in group.invite()
    assert town.line.left == []
    town.work()
    assert town.line.left == [group.group_id]
    assert group.row().left_at is not None


def test_a_room_is_left_as_well(town: Town, officer: Phone) -> None:
    room = Group(town, "R" + "1" * 32)
    assert "ขอออกจากกลุ่มนี้" in room.invite()
    assert room.mention(officer, "ผูกกลุ่ม") == ""
    town.work()
    assert town.line.left == [room.group_id]


def test_a_group_that_nobody_links_hears_goodbye_when_it_calls(town: Town, group: Group) -> None:
    setting(town, link_within_days=2)
    group.invite()
    pass_days(town, 2.5)
    clock_ticks(town)
    assert town.line.left == []
    assert "ภายใน 2 วัน" in group.mention(town.stranger(), "เมนู")
    town.work()
    assert town.line.left == [group.group_id]


def test_a_group_that_never_calls_is_left_without_a_word_a_day_later(town: Town, group: Group) -> None:
    group.invite()
    said = len(town.line.replies)
    pass_days(town, 3.9)
    clock_ticks(town)
    assert town.line.left == []
    pass_days(town, 0.2)
    clock_ticks(town)
    clock_ticks(town)
    assert town.line.left == [group.group_id]
    assert len(town.line.replies) == said
    assert town.line.pushes == []


def test_a_group_is_left_when_the_campaign_allows_it_no_more(town: Town, linked: Group, officer: Phone) -> None:
    other = Group(town)
    other.invite()
    other.mention(officer, "ผูกกลุ่ม")
    setting(town, allowed=False)
    assert "ไม่ได้เปิดใช้ในกลุ่ม" in linked.mention(officer, "สรุป")
    town.work()
    assert town.line.left == [linked.group_id]
    pass_days(town, 2)
    clock_ticks(town)
    assert town.line.left == [linked.group_id, other.group_id]


def test_a_linked_group_is_never_left_by_the_clock(town: Town, linked: Group) -> None:
    pass_days(town, 90)
    clock_ticks(town)
    assert town.line.left == []


def test_it_goes_when_its_people_ask_it_to(town: Town, linked: Group, officer: Phone) -> None:
    linked.mention(town.stranger(), "ออกจากกลุ่ม")
    town.work()
    assert town.line.left == []
    assert "ขอออกจากกลุ่มนี้" in linked.mention(officer, "ออกจากกลุ่ม")
    town.work()
    assert town.line.left == [linked.group_id]


def test_line_is_asked_again_until_it_lets_us_go(town: Town, linked: Group, officer: Phone) -> None:
    town.line.leaving_works = False
    linked.mention(officer, "ออกจากกลุ่ม")
    town.work()
    town.line.leaving_works = True
    town.clock.pass_seconds(10)
    clock_ticks(town)
    assert town.line.left == [linked.group_id]


def test_it_waits_for_its_goodbye_to_be_out(town: Town, linked: Group, officer: Phone) -> None:
    town.line.results.append(SendResult(SendOutcome.UNCLEAR))
    linked.mention(officer, "ออกจากกลุ่ม")
    town.work()
    assert town.line.left == []
    town.clock.pass_seconds(6)
    clock_ticks(town)
    clock_ticks(town)
    town.clock.pass_seconds(6)
    clock_ticks(town)
    assert town.line.left == [linked.group_id]
    assert outbox(town)[-1].state == "sent"


def test_after_being_removed_it_begins_anew_when_it_is_invited_again(town: Town, linked: Group, officer: Phone) -> None:
    linked.remove()
    assert linked.row().left_at is not None
    pass_days(town, 30)
    assert "ผูกกลุ่ม" in linked.invite()
    row = linked.row()
    assert (row.area_code, row.left_at) == (None, None)
    clock_ticks(town)
    assert town.line.left == []
    assert "อำเภอภูเรือ" in linked.mention(officer, "ผูกกลุ่ม")


def test_an_invitation_after_the_goodbye_undoes_the_leaving(town: Town, linked: Group, officer: Phone) -> None:
    linked.mention(officer, "ออกจากกลุ่ม")
    linked.remove()
    linked.invite()
    town.work()
    assert town.line.left == []
    with town.runtime.sessions() as session:
        assert session.scalars(select(OwedJob).where(OwedJob.job == "leave_group")).one().done_at is not None


def test_an_old_removal_that_comes_late_does_not_undo_a_newer_invitation(town: Town, group: Group) -> None:
    group.invite()
    phone = town.stranger()
    phone.send({"type": "leave"}, source=group.source(), timestamp=5)
    assert group.row().left_at is None


def test_an_answer_whose_token_has_gone_is_dropped_and_never_pushed(town: Town, linked: Group, officer: Phone) -> None:
    town.line.results.append(SendResult(SendOutcome.TOKEN_GONE, 400))
    linked.mention(officer, "สรุป")
    assert outbox(town)[-1].state == "withdrawn"
    assert town.line.pushes == []
    assert "อยู่แล้ว" in linked.mention(officer, "ผูกกลุ่ม")
    assert len(town.line.replies[-1]["messages"]) == 1


def test_a_push_into_a_group_is_refused(town: Town, linked: Group) -> None:
    chat = linked.row().conversation_id
    with pytest.raises(GroupPushError), town.runtime.sessions() as session, session.begin():
        queue_push(session, 1, [1], [{"type": "text", "text": "ก"}], town.clock.real(), conversation_id=chat)
