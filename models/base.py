"""The declarative base: one naming convention for constraints, one type for instants, one engine set-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Double,
    Engine,
    Integer,
    MetaData,
    String,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction, sessionmaker
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware UTC instant. SQLite would give it back naive; a naive value never goes in or comes out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


BigId = BigInteger().with_variant(Integer(), "sqlite")
Json = JSON().with_variant(postgresql.JSONB(), "postgresql")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dt.datetime: UtcDateTime(),
        int: BigId,
        float: Double(),
        dict[str, Any]: Json,
        list[Any]: Json,
        str: String(),
    }


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        # SQLAlchemy, not the driver, decides when a transaction begins (see on_begin)
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        # a deferred BEGIN loses updates: two readers both think that they may write
        options = connection.get_execution_options()
        connection.exec_driver_sql("BEGIN" if options.get("read_only") else "BEGIN IMMEDIATE")


def make_engine(database_url: str, *, pooled: bool = True) -> Engine:
    """An engine with the settings every process needs. `pooled=False` for parents of forking workers."""
    sqlite_url = database_url.startswith("sqlite")
    arguments: dict[str, Any] = {"pool_pre_ping": True}
    if sqlite_url:
        arguments = {"connect_args": {"timeout": 10, "check_same_thread": False}, "pool_size": 8, "max_overflow": 80}
    else:
        arguments["connect_args"] = {"connect_timeout": 5, "options": "-c statement_timeout=15000"}
    if not pooled:
        arguments = {"connect_args": arguments["connect_args"], "poolclass": NullPool}
    elif not sqlite_url:
        arguments |= {"pool_size": 8, "max_overflow": 32, "pool_timeout": 10}
    # errors would quote the parameters of their statement, which are what people wrote
    engine = create_engine(database_url, hide_parameters=True, **arguments)
    if sqlite_url:
        _prepare_sqlite(engine)
    return engine


Sessions = Callable[[], Session]
"""Opens a session; whoever calls it also begins, commits and closes: `with sessions() as s, s.begin():`."""


class ReadOrWriteSession(Session):
    """Takes SQLite's write lock only when a transaction was asked for by `begin()`.

    `with sessions() as s, s.begin():` writes; `with sessions() as s:` reads, and never waits for a writer: not even
    for the one further up the same call stack.
    """

    def begin(self, nested: bool = False) -> SessionTransaction:  # noqa: FBT001, FBT002 - SQLAlchemy's signature
        self.info["writes"] = True
        return super().begin(nested)

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        bind = super().get_bind(*args, **options)
        if isinstance(bind, Engine) and not self.info.get("writes"):
            # one object for the whole session: it asks for a connection by the engine's identity
            if "reads" not in self.info:
                self.info["reads"] = bind.execution_options(read_only=True)
            return cast("Engine", self.info["reads"])
        return bind


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, class_=ReadOrWriteSession, expire_on_commit=False)


def keep_loaded(session: Session) -> None:
    """Hold every row that the session reads until it ends, so that a second look at one by its key asks nothing.

    Sessions hold rows weakly. Only for short units of work: what is streamed would pile up.
    """
    kept: list[object] = []

    def keep(_session: Session, row: object) -> None:
        kept.append(row)

    event.listen(session, "loaded_as_persistent", keep)
