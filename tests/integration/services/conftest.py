"""Towns with a loaded campaign: quickly on SQLite, from a file loaded once, and on both databases."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.base import make_engine
from tests.integration.services.retention.leftovers import Place
from tests.support.chat import Town
from tests.support.databases import PostgresServer
from tests.support.loaded import LoadedFile, town_on


@pytest.fixture
def town(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    """A town of one's own on SQLite."""
    with loaded_sqlite.town() as town:
        yield town


@pytest.fixture(params=["sqlite", "postgresql"])
def town_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with the campaign in it, once on each engine."""
    if request.param == "sqlite":
        path: Path = request.getfixturevalue("tmp_path") / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(request.getfixturevalue("loaded_sqlite").path, path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database(request.getfixturevalue("loaded_postgres")) as url:
        yield url


@pytest.fixture
def either_town(town_url: str) -> Iterator[Town]:
    """The same on SQLite and on PostgreSQL, for what locks, conflicts or speaks a dialect."""
    engine = make_engine(town_url)
    yield town_on(engine)
    engine.dispose()


@pytest.fixture
def place(town_url: str, tmp_path: Path) -> Iterator[Place]:
    """On both databases, with photos in a real folder."""
    engine = make_engine(town_url)
    yield Place(town_on(engine), tmp_path, town_url)
    engine.dispose()
