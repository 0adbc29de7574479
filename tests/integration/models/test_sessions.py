from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import IntegrityError

from models.base import Sessions, make_engine
from models.channel import Channel
from models.people import LineAccount
from models.upsert import insert_or_ignore


def test_a_writing_transaction_takes_sqlites_lock_at_its_beginning_and_a_reading_one_never(
    engine: Engine, sessions: Sessions
) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    with sessions() as session:
        session.scalars(select(Channel)).all()
    assert "BEGIN IMMEDIATE" not in statements
    with sessions() as session, session.begin():
        session.scalars(select(Channel)).all()
    assert ("BEGIN IMMEDIATE" in statements) is (engine.dialect.name == "sqlite")


def test_a_second_row_with_the_same_key_is_ignored(sessions: Sessions) -> None:
    row = {"id": 1, "name": "LINE", "bot_user_id": ""}
    with sessions() as session, session.begin():
        assert insert_or_ignore(session, Channel, row)
        assert not insert_or_ignore(session, Channel, row)


def test_foreign_keys_are_kept(sessions: Sessions) -> None:
    stranger = LineAccount(channel_id=424242, line_user_id="U", created_at=dt.datetime.now(dt.UTC))
    with pytest.raises(IntegrityError), sessions() as session, session.begin():
        session.add(stranger)


def test_statements_have_a_time_limit_on_postgresql(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.execute(text("SHOW statement_timeout")).scalar() == "15s"
    engine.dispose()
