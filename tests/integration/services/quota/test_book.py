"""The month's messages: what is left, and what gives way first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from models.chat import Notice
from models.line_limits import QuotaReading
from services.calendar import BANGKOK
from services.ports import Quota
from services.quota.book import Budget, Preview
from services.quota.forecast import expected
from services.quota.order import priority_of
from services.sending.outbox import queue_push
from tests.integration.services.towns import QUOTA_GONE, account_of, one, rows, states
from tests.support.chat import Phone, Town


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", "4207")


def push(town: Town, phone: Phone, times: int = 1) -> None:
    account = account_of(town, phone).id
    with town.runtime.sessions() as session, session.begin():
        for number in range(times):
            queue_push(session, 1, [account], [{"type": "text", "text": f"{number}"}], town.clock.real())


def read(town: Town, limit: int | None, used: int) -> Budget:
    """LINE is asked, a long time after the last look; what is left then."""
    town.line.quota_left = Quota(limit, used)
    town.clock.pass_seconds(3600)
    town.runtime.quota.refresh(1)
    return budget(town)


def budget(town: Town) -> Budget:
    with town.runtime.sessions() as session:
        return town.runtime.quota.budget(session, 1)


def room(town: Town, purpose: str) -> int | None:
    with town.runtime.sessions() as session:
        return town.runtime.quota.room(session, 1, purpose)


def test_before_line_was_asked_nothing_is_held_back(town: Town) -> None:
    assert budget(town) == Budget(None, 0, 0)
    assert room(town, "reminder:opening") is None


def test_what_stands_unsent_is_reserved_and_what_was_sent_is_used(town: Town, officer: Phone) -> None:
    assert read(town, 300, 20) == Budget(300, 20, 0)
    push(town, officer, 3)
    assert budget(town) == Budget(300, 20, 3)
    assert budget(town).left == 277
    town.runtime.send_due(1)
    assert budget(town) == Budget(300, 23, 0)


def test_line_is_asked_at_most_once_a_minute(town: Town) -> None:
    read(town, 300, 20)
    town.line.quota_left = Quota(300, 100)
    town.clock.pass_seconds(59)
    town.runtime.quota.refresh(1)
    assert budget(town).used == 20
    town.clock.pass_seconds(1)
    town.runtime.quota.refresh(1)
    assert budget(town).used == 100


def test_a_figure_of_lines_that_lags_behind_does_not_give_back_what_was_sent(town: Town, officer: Phone) -> None:
    read(town, 300, 20)
    push(town, officer, 5)
    town.runtime.send_due(1)
    town.clock.pass_seconds(120)
    town.runtime.quota.refresh(1)
    assert budget(town).used == 25
    town.clock.pass_seconds(1200)
    town.runtime.quota.refresh(1)
    assert budget(town).used == 20  # LINE has had the time: it did not count some of them


def test_an_answer_of_line_that_fails_leaves_the_reading_as_it_was(town: Town) -> None:
    read(town, 300, 20)
    town.line.quota_left = None
    town.clock.pass_seconds(600)
    town.runtime.quota.refresh(1)
    assert budget(town) == Budget(300, 20, 0)


def test_a_new_month_begins_at_nothing_used(town: Town) -> None:
    read(town, 300, 300)
    assert budget(town).left == 0
    town.clock.civil += dt.timedelta(days=30)
    assert budget(town).left == 300
    town.line.quota_left = Quota(300, 2)
    town.runtime.quota.refresh(1)
    assert budget(town).left == 298


def test_without_a_limit_everything_may_go(town: Town) -> None:
    assert read(town, None, 9000).left is None
    assert room(town, "reminder:staff_summary") is None


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("reminder:staff_summary", "reminder:opening"),
        ("reminder:opening", "broadcast"),
        ("broadcast", "reminder:day_before"),
        ("reminder:day_before", "reminder:overdue"),
        ("reminder:overdue", "reminder:asked"),
        ("reminder:asked", "reminder:returned"),
        ("reminder:returned", "reminder:due_day"),
        ("reminder:due_day", ""),
    ],
)
def test_the_order_in_which_words_give_way(low: str, high: str) -> None:
    assert priority_of(low) < priority_of(high)


def test_a_campaign_may_rank_its_entries_itself() -> None:
    plan: list[dict[str, Any]] = [{"key": "opening", "priority": 95}, {"key": "due_day"}]
    assert priority_of("reminder:opening", plan) == 95
    assert priority_of("reminder:due_day", plan) == priority_of("reminder:due_day")


def test_what_is_still_planned_this_month_is_counted_at_its_worst(town: Town, officer: Phone) -> None:
    """One officer, three rounds in June with opening, day before, due day and overdue each."""
    town.person("มาลี", "staff", "42")
    with town.runtime.sessions() as session:
        coming = expected(session, dt.datetime(2021, 6, 1, tzinfo=BANGKOK))
    in_june = [item for item in coming if item.planned_for < dt.datetime(2021, 7, 1, tzinfo=BANGKOK)]
    assert in_june == coming
    assert {item.purpose for item in coming} >= {"reminder:opening", "reminder:due_day", "reminder:staff_summary"}
    per_round = {item.messages for item in coming if item.purpose == "reminder:staff_summary"}
    assert per_round == {1}


def test_a_low_rank_keeps_what_higher_ranks_need_this_month(town: Town, officer: Phone) -> None:
    town.clock.civil = dt.datetime(2021, 6, 1, tzinfo=BANGKOK)
    with town.runtime.sessions() as session:
        coming = expected(session, town.clock.civil)
    for purpose in ("reminder:staff_summary", "reminder:opening", "reminder:due_day"):
        higher = sum(item.messages for item in coming if item.priority > priority_of(purpose))
        read(town, 1000, 1000 - higher - 1)
        assert room(town, purpose) == 1
        read(town, 1000, 1000 - higher)
        assert room(town, purpose) == 0
    assert room(town, "") is None


def test_the_preview_says_what_a_word_costs_and_what_would_be_dropped_for_it(town: Town, officer: Phone) -> None:
    town.person("มาลี", "staff", "42")
    town.clock.civil = dt.datetime(2021, 6, 1, tzinfo=BANGKOK)
    with town.runtime.sessions() as session:
        need = sum(item.messages for item in expected(session, town.clock.civil))
    read(town, 500, 500 - need - 10)
    with town.runtime.sessions() as session:
        fits = town.runtime.quota.preview(session, 1, "broadcast", 10)
        over = town.runtime.quota.preview(session, 1, "broadcast", 11)
    assert fits == Preview(10, 10, need + 10, 500, (), allowed=True)
    assert over == replace(fits, recipients=11, messages=11, dropped_first=("reminder:staff_summary",))


def test_with_the_quota_gone_a_word_has_failed_and_staff_learn_of_it_for_free(town: Town, officer: Phone) -> None:
    staff = town.person("มาลี", "staff", "42")
    read(town, 300, 299)
    push(town, officer, 3)
    town.line.results += [QUOTA_GONE] * 3
    town.runtime.send_due(1)
    assert states(town) == [("push", "failed")] * 3
    assert "3" in staff.say("เมนู").splitlines()[1]
    assert [body for body, _key in town.line.pushes if body["to"] == staff.user_id] == []


def test_staff_are_told_once_a_month(town: Town, officer: Phone) -> None:
    staff = town.person("มาลี", "staff", "42")
    read(town, 300, 299)
    for months in (0, 0, 1):
        town.clock.civil += dt.timedelta(days=30 * months)
        push(town, officer)
        town.line.results.append(QUOTA_GONE)
        town.clock.pass_seconds(120)
        town.runtime.send_due(1)
        staff.say("เมนู")
    assert len(rows(town, select(Notice).where(Notice.key == "notice.quota_gone"))) == 2


def test_after_a_refusal_for_the_quota_line_is_left_alone_for_a_minute(town: Town, officer: Phone) -> None:
    read(town, 300, 300)
    push(town, officer)
    town.line.results.append(QUOTA_GONE)
    town.runtime.send_due(1)
    push(town, officer, 4)
    town.runtime.send_due(1)
    assert len(town.line.pushes) == 1
    assert states(town) == [("push", "failed")] * 5
    town.line.quota_left = Quota(1000, 300)  # the plan was raised
    town.clock.pass_seconds(61)
    push(town, officer)
    town.runtime.send_due(1)
    assert states(town)[-1] == ("push", "sent")
    assert one(town, select(QuotaReading)).gone_at is None
