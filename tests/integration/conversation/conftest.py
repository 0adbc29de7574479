"""Towns to chat in: with the register, and without; a file loaded once, a copy for each test."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.base import make_engine
from tests.integration.services.towns import town_on
from tests.support.chat import Phone, Town, open_town
from tests.support.databases import SqliteTemplate


def _loaded(template: SqliteTemplate, folder: Path, *, register: bool) -> Path:
    url = template.copy(folder)
    engine = make_engine(url)
    open_town(engine, register=register)
    engine.dispose()
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture(scope="session")
def with_register(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _loaded(sqlite_template, tmp_path_factory.mktemp("with"), register=True)


@pytest.fixture(scope="session")
def without_register(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _loaded(sqlite_template, tmp_path_factory.mktemp("without"), register=False)


def _copied(loaded: Path, folder: Path) -> Iterator[Town]:
    path = folder / f"{uuid.uuid4().hex}.db"
    shutil.copyfile(loaded, path)
    engine = make_engine(f"sqlite:///{path}")
    yield town_on(engine)
    engine.dispose()


@pytest.fixture
def town(with_register: Path, tmp_path: Path) -> Iterator[Town]:
    yield from _copied(with_register, tmp_path)


@pytest.fixture
def bare_town(without_register: Path, tmp_path: Path) -> Iterator[Town]:
    """A town of whose villages and households nothing is known."""
    yield from _copied(without_register, tmp_path)


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมใจ ตัวอย่าง", "officer", "4207")


@pytest.fixture
def deputy(town: Town) -> Phone:
    return town.person("วิชัย ตัวอย่าง", "deputy", "4207")


@pytest.fixture
def staff(town: Town) -> Phone:
    return town.person("นุช ตัวอย่าง", "staff", "42")
