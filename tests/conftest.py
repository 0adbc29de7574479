"""Fixtures for everything that leaves the process: real servers, started once, clean for each test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from models.base import make_engine, make_sessions
from tests.support import databases
from tests.support.ports import free_port as find_free_port
from tests.support.s3 import S3Server
from tests.support.valkey import ValkeyServer

databases.give_runtime_folder()
# how long an example takes says how busy the machine is: timings live in benchmarks
settings.register_profile("no timings", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# before a change is taken the same examples are drawn on every machine; everyday runs draw new ones each time
settings.register_profile("same examples", settings.get_profile("no timings"), derandomize=True, database=None)
settings.load_profile("no timings")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--races", type=int, default=20, metavar="N", help="how often each race is run (make faults: 200)")


def pytest_configure() -> None:
    """What is imported and collected stays: looking through it for garbage took a sixth of the processor's time."""
    gc.disable()


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture
def free_port() -> int:
    return find_free_port()


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[ValkeyServer]:
    server = ValkeyServer()
    server.start()
    yield server
    server.close()


@pytest.fixture
def valkey(valkey_server: ValkeyServer) -> ValkeyServer:
    """A running, empty Valkey. Tests that stop or kill one make a `ValkeyServer` of their own."""
    valkey_server.clear()
    return valkey_server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> databases.SqliteTemplate:
    return databases.SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server(testrun_uid: str) -> Iterator[databases.PostgresServer]:
    server = databases.PostgresServer(testrun_uid)
    yield server
    server.close()


@pytest.fixture
def sqlite_url(sqlite_template: databases.SqliteTemplate, tmp_path: Path) -> str:
    return sqlite_template.copy(tmp_path)


@pytest.fixture
def postgres_url(postgres_server: databases.PostgresServer) -> Iterator[str]:
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database, once on each engine."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return make_sessions(engine)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    server = S3Server()
    yield server
    server.close()


@pytest.fixture
def s3_url(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    return s3_server.new_store()


@pytest.fixture
def folder_url(tmp_path: Path) -> str:
    return f"file://{tmp_path}/media"


@pytest.fixture(params=["folder", "s3"])
def media_url(request: pytest.FixtureRequest) -> str:
    """An empty media store, once of each kind."""
    url: str = request.getfixturevalue("folder_url" if request.param == "folder" else "s3_url")
    return url
