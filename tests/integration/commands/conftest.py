"""Running `tidtam` in an environment of its own, on an empty or a loaded database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from bot.cli import main
from models.base import make_engine, make_sessions
from tests.support.databases import SqliteTemplate
from tests.support.settings import environment
from tests.unit.campaigns.files import LOEI

Tidtam = Callable[..., Result]


def tidtam_on(url: str, folder: Path) -> Tidtam:
    """`tidtam(*arguments, NAME=value)`: runs the command with that environment on top of the usual."""

    def run(*arguments: object, **env: str) -> Result:
        given = environment(folder, **{"DATABASE_URL": url, **env})
        return CliRunner().invoke(main, [str(argument) for argument in arguments], env=given)

    return run


@pytest.fixture
def tidtam(sqlite_url: str, tmp_path: Path) -> Tidtam:
    return tidtam_on(sqlite_url, tmp_path)


@pytest.fixture(scope="session")
def loaded_file(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file into which the shipped campaign was loaded by the command."""
    folder = tmp_path_factory.mktemp("loaded")
    url = sqlite_template.copy(folder)
    result = tidtam_on(url, folder)("campaign", "load", LOEI)
    assert result.output == "loei_2564: 3 rounds, 2 forms, 861 villages\n"
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def loaded_url(loaded_file: Path, tmp_path: Path) -> str:
    path = tmp_path / "loaded.db"
    shutil.copyfile(loaded_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def loaded(loaded_url: str, tmp_path: Path) -> Tidtam:
    return tidtam_on(loaded_url, tmp_path)


@pytest.fixture
def session(loaded_url: str) -> Iterator[Session]:
    """Looks into the loaded database."""
    engine = make_engine(loaded_url)
    with make_sessions(engine)() as session:
        yield session
    engine.dispose()
