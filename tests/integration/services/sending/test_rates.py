"""How fast LINE's endpoints are called, over all processes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from models.chat import OutboxRequest
from models.line_limits import RateWindow
from services.sending.outbox import Recipient, Word, queue_many, queue_words
from services.sending.rates import LIMITS, PAUSE, SAFETY
from tests.integration.services.towns import RATE_LIMITED, account_of, one, outbox, rows
from tests.support.chat import Phone, Town
from tests.support.loaded import town_on

HELLO = [{"type": "text", "text": "hello"}]


def two_people(town: Town) -> list[int]:
    return [account_of(town, town.person("สมศรี", "officer", area)).id for area in ("4207", "4203")]


def multicasts(town: Town, count: int) -> None:
    recipients = [Recipient(account) for account in two_people(town)]
    with town.runtime.sessions() as session, session.begin():
        words = [Word(recipients, HELLO)] * count
        queue_many(session, 1, words, town.clock.real(), purpose="broadcast")


def share(endpoint: str) -> int:
    return int(LIMITS[endpoint].calls * SAFETY)


def test_no_more_than_the_safe_share_of_an_endpoints_limit_is_called_in_a_second(either_town: Town) -> None:
    town = either_town
    multicasts(town, share("multicast") + 7)
    town.runtime.send_due(1)
    assert len(town.line.pushes) == share("multicast")
    waiting = [row for row in outbox(town) if row.state == "pending"]
    assert [row.attempts for row in waiting] == [0] * 7
    assert {row.next_try_at - town.clock.real() for row in waiting} == {dt.timedelta(seconds=1)}
    town.clock.pass_seconds(1)
    town.runtime.send_due(1)
    assert len(town.line.pushes) == share("multicast") + 7


def test_two_processes_share_one_window(either_town: Town) -> None:
    other = town_on(either_town.runtime.engine)
    other.clock.mechanical = either_town.clock.mechanical
    multicasts(either_town, share("multicast") - 1)
    either_town.runtime.send_due(1)
    with other.runtime.sessions() as session, session.begin():
        recipients = [Recipient(account) for account in two_people(either_town)]
        queue_many(session, 1, [Word(recipients, HELLO)] * 3, other.clock.real(), purpose="broadcast")
    other.runtime.send_due(1)
    assert len(other.line.pushes) == 1


def test_endpoints_are_counted_apart(town: Town) -> None:
    multicasts(town, share("multicast"))
    (account, _other) = two_people(town)
    with town.runtime.sessions() as session, session.begin():
        queue_words(session, 1, [Recipient(account)], HELLO, town.clock.real(), purpose="broadcast")
    town.runtime.send_due(1)
    assert {row.state for row in outbox(town)} == {"sent"}
    counted = {row.endpoint: row.calls for row in rows(town, select(RateWindow))}
    assert counted == {"multicast": share("multicast"), "push": 1}


def test_after_line_says_too_fast_nobody_calls_that_endpoint_for_a_moment(town: Town) -> None:
    multicasts(town, 1)
    town.line.results.append(RATE_LIMITED)
    town.runtime.send_due(1)
    multicasts(town, 1)
    town.runtime.send_due(1)
    assert len(town.line.pushes) == 1
    assert [row.attempts for row in outbox(town)] == [0, 0]
    town.clock.pass_seconds(PAUSE.total_seconds())
    town.runtime.send_due(1)
    assert {row.state for row in outbox(town)} == {"sent"}


def test_answers_are_neither_counted_nor_held_up(town: Town) -> None:
    officer: Phone = town.person("สมศรี", "officer", "4207")
    with town.runtime.sessions() as session, session.begin():
        session.add(
            RateWindow(
                channel_id=1,
                endpoint="push",
                window_start=town.clock.real(),
                calls=0,
                paused_until=town.clock.real() + dt.timedelta(hours=1),
            )
        )
    assert officer.say("เมนู")
    assert one(town, select(OutboxRequest)).state == "sent"
    assert one(town, select(RateWindow)).calls == 0
