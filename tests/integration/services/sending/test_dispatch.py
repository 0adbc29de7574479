"""Sending in batches: few transactions, nobody twice, nobody left out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from models.people import LineAccount
from services.sending.dispatch import BATCH
from services.sending.outbox import Recipient, Word, queue_many
from services.sending.under_way import START_WITHIN
from tests.integration.services.towns import NOT_LET_IN, REFUSED, UNCLEAR, outbox
from tests.support.chat import Town
from tests.support.loaded import town_on


def queue(town: Town, count: int) -> list[str]:
    """A word for each of so many people; returns their LINE user ids."""
    with town.runtime.sessions() as session, session.begin():
        accounts = [
            LineAccount(channel_id=1, line_user_id=f"U{number:032x}", created_at=town.clock.now())
            for number in range(count)
        ]
        session.add_all(accounts)
        session.flush()
        words = [
            Word([Recipient(account.id)], [{"type": "text", "text": account.line_user_id}]) for account in accounts
        ]
        queue_many(session, 1, words, town.clock.real(), purpose="reminder:opening")
    return [account.line_user_id for account in accounts]


def heard(town: Town) -> list[str]:
    return [body["to"] for body, _key in town.line.pushes]


@contextmanager
def commits(town: Town) -> Iterator[list[int]]:
    counted = [0]

    def count(_connection: object) -> None:
        counted[0] += 1

    event.listen(town.runtime.engine, "commit", count)
    yield counted
    event.remove(town.runtime.engine, "commit", count)


def test_each_gets_their_own_word_once_in_few_transactions(either_town: Town) -> None:
    people = queue(either_town, 2 * BATCH + 10)
    with commits(either_town) as counted:
        either_town.runtime.send_due(1)
    assert sorted(heard(either_town)) == people
    assert all(body["messages"][0]["text"] == body["to"] for body, _key in either_town.line.pushes)
    assert {row.state for row in outbox(either_town)} == {"sent"}
    assert counted[0] <= 3 * 2 + 1, "two for each batch, and one for the quota's reading"


def test_two_processes_at_once_send_nothing_twice(either_town: Town) -> None:
    people = queue(either_town, 3 * BATCH)
    other = town_on(either_town.runtime.engine)
    other.clock.mechanical = either_town.clock.mechanical
    sides = [threading.Thread(target=town.runtime.send_due, args=(1,)) for town in (either_town, other)]
    for side in sides:
        side.start()
    for side in sides:
        side.join()
    assert sorted(heard(either_town) + heard(other)) == people
    assert {row.state for row in outbox(either_town)} == {"sent"}


def test_each_answer_of_line_counts_for_its_own_row(town: Town) -> None:
    queue(town, 4)
    town.line.results += [UNCLEAR, REFUSED, NOT_LET_IN]
    town.runtime.send_due(1)
    assert sorted(row.state for row in outbox(town)) == ["failed", "pending", "pending", "sent"]
    town.clock.pass_seconds(5)
    town.runtime.send_due(1)
    assert sorted(row.state for row in outbox(town)) == ["failed", "sent", "sent", "sent"]


def test_a_request_whose_turn_comes_too_late_is_decided_anew(town: Town) -> None:
    """LINE hangs; what has not begun within the time for it is given back, unfrozen and uncounted."""
    people = queue(town, BATCH)
    late = START_WITHIN.total_seconds() + 1
    town.line.before_send = lambda: town.clock.pass_seconds(late)
    town.runtime.send_due(1)
    town.line.before_send = lambda: None
    town.clock.pass_seconds(60)
    town.runtime.send_due(1)
    assert sorted(heard(town)) == people
    assert {row.attempts for row in outbox(town)} == {1}


def test_a_process_that_died_in_the_middle_leaves_rows_that_are_sent_again_with_their_keys(town: Town) -> None:
    people = queue(town, 3)

    def die() -> None:
        if len(town.line.pushes) == 2:
            raise _DiedError

    town.line.before_send = die
    with pytest.raises(_DiedError):
        town.runtime.send_due(1)
    town.line.before_send = lambda: None
    before = {body["to"]: key for body, key in town.line.pushes}
    town.line.pushes.clear()
    town.runtime.send_due(1)
    assert town.line.pushes == [], "another process waits until the request cannot be on its way any more"
    town.clock.pass_seconds(60)
    town.runtime.send_due(1)
    after = {body["to"]: key for body, key in town.line.pushes}
    assert sorted(after) == people
    assert {user: after[user] for user in before} == before


class _DiedError(Exception):
    pass


def test_one_run_ends_in_time_for_a_workers_other_jobs(town: Town) -> None:
    queue(town, 2 * BATCH)
    town.line.before_send = lambda: town.clock.pass_seconds(0.5)
    town.runtime.send_due(1)
    assert {row.state for row in outbox(town)} == {"sent", "pending"}
