"""A cursor misses nothing, although two transactions may be committed in another order than their ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models.base import make_engine, make_sessions
from models.obligation import Obligation, ObligationChange, ObligationState
from models.work import Audit
from services.ledger import ledger
from services.settled import adding, settled
from tests.support.databases import PostgresServer
from tests.support.loaded import town_on


def _step(session: Session) -> int:
    row = Audit(at=dt.datetime.now(dt.UTC), person_id=None, action="x", subject="x", detail={})
    adding(session, Audit)
    session.add(row)
    session.flush()
    return row.id


def _seen(engine: Engine) -> list[int]:
    with make_sessions(engine)() as session:
        return list(session.scalars(select(Audit.id).where(settled(session, Audit)).order_by(Audit.id)))


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Engine]:
    engine = make_engine(postgres_url)
    yield engine
    engine.dispose()


def test_a_row_waits_until_no_earlier_one_can_come(postgres: Engine) -> None:
    sessions = make_sessions(postgres)
    with sessions() as slow:
        slow.begin()
        first = _step(slow)
        with sessions() as quick, quick.begin():
            second = _step(quick)
        assert first < second
        assert _seen(postgres) == []
        slow.commit()
    assert _seen(postgres) == [first, second]


def test_it_waits_too_for_an_earlier_one_whose_transaction_began_later(postgres: Engine) -> None:
    sessions = make_sessions(postgres)
    with sessions() as quick, sessions() as slow:
        for session in (quick, slow):
            session.begin()
            session.execute(select(func.pg_current_xact_id()))  # each has its number, before either takes an id
        first, second = _step(slow), _step(quick)
        quick.commit()
        assert first < second
        assert _seen(postgres) == []
        slow.commit()
    assert _seen(postgres) == [first, second]


def test_a_step_of_the_ledger_holds_back_those_with_later_ids(
    postgres_server: PostgresServer, loaded_postgres: str
) -> None:
    with postgres_server.database(loaded_postgres) as url:
        town = town_on(make_engine(url))
        with town.runtime.sessions() as session:
            first, second = session.scalars(select(Obligation.id).order_by(Obligation.id).limit(2))

        def waive(session: Session, obligation: int) -> None:
            assert ledger.move(session, obligation, ObligationState.WAIVED, now=town.clock.now())
            session.flush()

        def seen() -> list[int]:
            with town.runtime.sessions() as session:
                wanted = select(ObligationChange.obligation_id).where(settled(session, ObligationChange))
                return list(session.scalars(wanted.order_by(ObligationChange.id)))

        with town.runtime.sessions() as quick, town.runtime.sessions() as slow:
            for session in (quick, slow):
                session.begin()
                session.execute(select(func.pg_current_xact_id()))
            waive(slow, first)
            waive(quick, second)
            quick.commit()
            assert seen() == []
            slow.commit()
        assert seen() == [first, second]
        town.runtime.engine.dispose()


def test_nobody_else_s_transaction_holds_a_row_back(postgres: Engine) -> None:
    sessions = make_sessions(postgres)
    with sessions() as other:
        other.begin()
        other.execute(select(func.pg_current_xact_id()))
        with sessions() as session, session.begin():
            row = _step(session)
        assert _seen(postgres) == [row]
