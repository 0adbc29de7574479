"""A town that is loaded once for all tests that run services in process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.base import make_engine
from tests.support.chat import open_town
from tests.support.databases import PostgresServer, SqliteTemplate
from tests.support.loaded import LoadedFile


@pytest.fixture(scope="session")
def loaded_sqlite(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> LoadedFile:
    return LoadedFile.make(sqlite_template, tmp_path_factory.mktemp("loaded"))


@pytest.fixture(scope="session")
def loaded_postgres(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a database with the campaign in it, and nobody using it."""
    with postgres_server.database() as url:
        engine = make_engine(url)
        open_town(engine)
        engine.dispose()
        yield engine.url.database or ""
