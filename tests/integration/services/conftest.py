"""Towns with a loaded campaign: quickly on SQLite, from a file loaded once, and on both databases."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.base import make_engine
from tests.support.chat import Town, open_town
from tests.support.databases import PostgresServer
from tests.support.loaded import LoadedFile, town_on


@pytest.fixture
def town(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    """A town of one's own on SQLite."""
    with loaded_sqlite.town(tmp_path) as town:
        yield town


@pytest.fixture(scope="session")
def loaded_postgres(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a database with the campaign in it, and nobody using it."""
    with postgres_server.database() as url:
        engine = make_engine(url)
        open_town(engine)
        engine.dispose()
        yield engine.url.database or ""


@pytest.fixture(params=["sqlite", "postgresql"])
def town_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with the campaign in it, once on each engine."""
    if request.param == "sqlite":
        path: Path = request.getfixturevalue("tmp_path") / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(request.getfixturevalue("loaded_sqlite").path, path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"test_{uuid.uuid4().hex}"
    server._execute(f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('loaded_postgres')}")
    yield server._url(name)
    server._execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def either_town(town_url: str) -> Iterator[Town]:
    """The same on SQLite and on PostgreSQL, for what locks, conflicts or speaks a dialect."""
    engine = make_engine(town_url)
    yield town_on(engine)
    engine.dispose()
