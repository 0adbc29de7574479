"""The process that sends to many is killed in the middle of a batch: another sends the rest, and nobody hears twice."""

from __future__ import annotations

import datetime as dt
import signal
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.faults import IN_A_BATCH
from models.base import make_engine, make_sessions
from models.channel import Channel
from models.chat import OutboxRequest
from models.people import LineAccount
from services.sending.outbox import Recipient, Word, queue_many
from tests.support.ports import free_port
from tests.support.processes import Child, python
from tests.support.settings import environment
from tests.support.simulator import ACCESS_TOKEN, running_simulator

PEOPLE = 250
TRIES = 3
"""For the second process one is enough, unless an answer of LINE came too late."""
SEND = """
import os
from bot.runtime import build
from bot.settings import from_env
build(from_env(os.environ)).send_due(1)
"""


def user(number: int) -> str:
    return f"U{number:032x}"


def phones() -> str:
    common = "language: th, role: officer, following: true, shown: false"
    return "phones:\n" + "".join(f"  - {{user_id: {user(n)}, name: n{n}, {common}}}\n" for n in range(PEOPLE))


def queue(sessions: sessionmaker[Session]) -> None:
    now = dt.datetime.now(dt.UTC)
    with sessions() as session, session.begin():
        session.add(Channel(id=1, name="LINE", bot_user_id=""))
        accounts = [LineAccount(channel_id=1, line_user_id=user(number), created_at=now) for number in range(PEOPLE)]
        session.add_all(accounts)
        session.flush()
        words = [
            Word([Recipient(account.id)], [{"type": "text", "text": account.line_user_id}]) for account in accounts
        ]
        queue_many(session, 1, words, now, purpose="reminder:opening")


def time_passes(sessions: sessionmaker[Session]) -> None:
    """What the dead process had in its hands is due again."""
    with sessions() as session, session.begin():
        session.execute(update(OutboxRequest).values(next_try_at=dt.datetime.now(dt.UTC)))


def states(sessions: sessionmaker[Session]) -> dict[str, int]:
    """How many requests there are in each state."""
    with sessions() as session:
        found = session.execute(select(OutboxRequest.state, func.count()).group_by(OutboxRequest.state))
        return dict(row for row in found)


@pytest.mark.parametrize("visit", [1, 60, 237])
def test_everybody_hears_once_though_the_sender_is_killed_in_a_batch(
    database_url: str, tmp_path: Path, visit: int
) -> None:
    engine = make_engine(database_url)
    sessions = make_sessions(engine)
    queue(sessions)
    port = free_port()
    line = f"http://127.0.0.1:{port}"
    given = {"DATABASE_URL": database_url, "LINE_API_URL": line, "LINE_DATA_API_URL": line}
    env = environment(tmp_path, **given, LINE_CHANNEL_ACCESS_TOKEN=ACCESS_TOKEN)
    with running_simulator(tmp_path, phones=phones(), port=port) as simulator:
        with Child(
            python("-c", SEND), env | {"FAULT_POINT": f"{IN_A_BATCH}:{visit}"}, tmp_path / "killed.log"
        ) as killed:
            assert killed.process.wait(120) == -signal.SIGKILL
        for _ in range(TRIES):
            if states(sessions).keys() == {"sent"}:
                break
            time_passes(sessions)
            with Child(python("-c", SEND), env, tmp_path / "second.log") as second:
                assert second.process.wait(120) == 0
        chats = simulator.transcript()
    assert states(sessions) == {"sent": PEOPLE}
    engine.dispose()
    assert {name: len(seen) for name, seen in chats.seen().items() if seen} == {user(n): 1 for n in range(PEOPLE)}
