from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.base import make_engine, make_sessions
from models.channel import Channel
from models.chat import Conversation
from services.chat import lease
from tests.support.processes import ROOT

NOW = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)
UNTIL = NOW + dt.timedelta(seconds=15)


def make_chat(url: str) -> int:
    engine = make_engine(url)
    with make_sessions(engine)() as session, session.begin():
        session.add(Channel(id=1, name="LINE"))
        session.flush()
        chat = Conversation(channel_id=1, group_key="C1", state={"count": 0})
        session.add(chat)
        session.flush()
        chat_id = chat.id
    engine.dispose()
    return chat_id


def test_three_processes_times_300_increments_through_the_lease_give_900(database_url: str, tmp_path: Path) -> None:
    """Read, add one and write back, only ever while holding the chat: nothing is lost between processes."""
    chat = make_chat(database_url)
    command = [sys.executable, "-m", "tests.integration.services.increments", database_url, str(chat), "300"]
    children = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(3)]
    outputs = [child.communicate(timeout=110)[0] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0], outputs
    engine = make_engine(database_url)
    with make_sessions(engine)() as session:
        stored = session.scalars(select(Conversation)).one()
    engine.dispose()
    assert stored.state == {"count": 900}
    assert stored.lease_owner is None


@pytest.fixture
def chat(database_url: str) -> tuple[str, int]:
    return database_url, make_chat(database_url)


def test_a_chat_belongs_to_one_owner_until_its_lease_runs_out(chat: tuple[str, int]) -> None:
    engine = make_engine(chat[0])
    with make_sessions(engine)() as session, session.begin():
        assert lease.take(session, chat[1], "one", NOW, UNTIL)
        assert lease.take(session, chat[1], "one", NOW, UNTIL)
        assert not lease.take(session, chat[1], "two", NOW, UNTIL)
        assert not lease.take(session, chat[1], "two", UNTIL, UNTIL)
        late = UNTIL + dt.timedelta(seconds=1)
        assert lease.take(session, chat[1], "two", late, late + dt.timedelta(seconds=15))
        with pytest.raises(lease.LeaseLostError):
            lease.renew(session, chat[1], "one", late)
        lease.release(session, chat[1], "one")
        lease.renew(session, chat[1], "two", late)
        lease.release(session, chat[1], "two")
        assert lease.take(session, chat[1], "three", NOW, UNTIL)
    engine.dispose()


def test_a_lease_that_ran_out_but_that_nobody_took_goes_on(chat: tuple[str, int]) -> None:
    engine = make_engine(chat[0])
    with make_sessions(engine)() as session, session.begin():
        lease.take(session, chat[1], "one", NOW, UNTIL)
        lease.renew(session, chat[1], "one", UNTIL + dt.timedelta(minutes=1))
        session.execute(update(Conversation).values(lease_owner=None))
        with pytest.raises(lease.LeaseLostError):
            lease.renew(session, chat[1], "one", UNTIL)
    engine.dispose()
