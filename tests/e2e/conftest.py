"""The whole product, started once for each test process, as on Monday 7 June 2564 at 08.30 before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support import databases
from tests.support.people import BOONMEE, MALEE, SOMJAI, Someone
from tests.support.stage import Stage, running_stage


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory, sqlite_template: databases.SqliteTemplate) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("product")
    with running_stage(folder, sqlite_template.copy(folder)) as stage:
        yield stage


@pytest.fixture
def stage(running: Stage) -> Iterator[Stage]:
    running.reset()
    yield running
    assert running.tracebacks() == []


@pytest.fixture
def officer(stage: Stage) -> Someone:
    return stage.someone(SOMJAI)


@pytest.fixture
def leader(stage: Stage) -> Someone:
    return stage.someone(BOONMEE)


@pytest.fixture
def staff(stage: Stage) -> Someone:
    return stage.someone(MALEE)
