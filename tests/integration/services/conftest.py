"""Towns with a loaded campaign: quickly on SQLite, from a file loaded once, and on both databases."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.base import make_engine
from tests.integration.services.towns import share, town_on
from tests.support.chat import Town, open_town
from tests.support.databases import SqliteTemplate


@pytest.fixture(scope="session")
def loaded_sqlite(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the campaign in it, and nobody using it."""
    url = sqlite_template.copy(tmp_path_factory.mktemp("loaded"))
    engine = make_engine(url)
    open_town(engine)
    engine.dispose()
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def town(loaded_sqlite: Path, tmp_path: Path) -> Iterator[Town]:
    """A town of one's own on SQLite."""
    path = tmp_path / f"{uuid.uuid4().hex}.db"
    shutil.copyfile(loaded_sqlite, path)
    engine = make_engine(f"sqlite:///{path}")
    yield town_on(engine)
    engine.dispose()


@pytest.fixture
def either_town(engine: Engine) -> Town:
    """The same on SQLite and on PostgreSQL, for what locks, conflicts or speaks a dialect."""
    opened = open_town(engine)
    share(opened.runtime)
    return opened
