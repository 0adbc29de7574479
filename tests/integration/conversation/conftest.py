"""Towns to chat in: with the register, and without; a file loaded once, a copy for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.chat import Phone, Town
from tests.support.databases import SqliteTemplate
from tests.support.loaded import LoadedFile


@pytest.fixture(scope="session")
def without_register(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> LoadedFile:
    return LoadedFile.make(sqlite_template, tmp_path_factory.mktemp("without"), register=False)


@pytest.fixture
def town(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    with loaded_sqlite.town() as town:
        yield town


@pytest.fixture
def bare_town(without_register: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    """A town of whose villages and households nothing is known."""
    with without_register.town() as town:
        yield town


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมใจ ตัวอย่าง", "officer", "4207")


@pytest.fixture
def deputy(town: Town) -> Phone:
    return town.person("วิชัย ตัวอย่าง", "deputy", "4207")


@pytest.fixture
def staff(town: Town) -> Phone:
    return town.person("นุช ตัวอย่าง", "staff", "42")


@pytest.fixture
def english_officer(town: Town) -> Phone:
    """An officer whose phone is set to English."""
    return town.person("Somjai Example", "officer", "4207", language="en")
