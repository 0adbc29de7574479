"""A town that is loaded once for all tests that run services in process."""

from __future__ import annotations

import pytest

from tests.support.databases import SqliteTemplate
from tests.support.loaded import LoadedFile


@pytest.fixture(scope="session")
def loaded_sqlite(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> LoadedFile:
    return LoadedFile.make(sqlite_template, tmp_path_factory.mktemp("loaded"))
