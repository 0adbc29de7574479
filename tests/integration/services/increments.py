"""One of several processes that count together in a chat's state: `python -m ... URL CHAT TIMES`."""

from __future__ import annotations

import datetime as dt
import sys
import time
import uuid

from sqlalchemy.orm import Session, sessionmaker

from models.all import Conversation
from models.base import make_engine, make_sessions
from services.chat import lease

LEASE = dt.timedelta(seconds=15)


def add_one(sessions: sessionmaker[Session], chat_id: int) -> None:
    """A machine that stands still for longer than the lease loses it, as the product may: then all is done anew."""
    while True:
        try:
            _try_to_add_one(sessions, chat_id)
        except lease.LeaseLostError:
            continue
        return


def _try_to_add_one(sessions: sessionmaker[Session], chat_id: int) -> None:
    owner = uuid.uuid4().hex
    while not _taken(sessions, chat_id, owner):
        time.sleep(0.01)
    with sessions() as session, session.begin():
        lease.renew(session, chat_id, owner, dt.datetime.now(dt.UTC) + LEASE)
        chat = session.get_one(Conversation, chat_id)
        chat.state = {"count": chat.state["count"] + 1}
    with sessions() as session, session.begin():
        lease.release(session, chat_id, owner)


def _taken(sessions: sessionmaker[Session], chat_id: int, owner: str) -> bool:
    now = dt.datetime.now(dt.UTC)
    with sessions() as session, session.begin():
        return lease.take(session, chat_id, owner, now, now + LEASE)


def main(url: str, chat_id: str, times: str) -> None:
    engine = make_engine(url)
    sessions = make_sessions(engine)
    for _ in range(int(times)):
        add_one(sessions, int(chat_id))
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
