from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.runtime
from bot.settings import Settings
from tests.support.settings import settings
from workers import context


class Built:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.closed = False

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Built]]:
    made: list[Built] = []

    def build(settings: Settings) -> Built:
        made.append(Built(settings))
        return made[-1]

    monkeypatch.setattr(bot.runtime, "build", build)
    context.stop()
    yield made
    context.stop()


def test_a_job_outside_a_worker_is_told_plainly(built: list[Built]) -> None:
    with pytest.raises(context.NotStartedError):
        context.runtime()


def test_the_runtime_is_built_at_the_first_job_and_closed_at_the_end(built: list[Built], tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    context.start(chosen)
    assert built == []
    assert context.runtime() is context.runtime()
    assert [each.settings for each in built] == [chosen]
    context.stop()
    assert built[0].closed


def test_a_forked_child_builds_its_own_and_leaves_the_parents_alone(
    built: list[Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context.start(settings(tmp_path))
    context.runtime()
    with monkeypatch.context() as child:
        child.setattr(os, "getpid", lambda: -1)
        context.runtime()
        context.stop()
    assert [each.closed for each in built] == [False, True]


def test_a_runtime_that_was_handed_in_is_used_and_left_open(built: list[Built], tmp_path: Path) -> None:
    ready = Built(settings(tmp_path))
    context.use(ready)  # type: ignore[arg-type]
    assert context.runtime() is ready  # type: ignore[comparison-overlap]
    context.stop()
    assert not ready.closed
    assert built == []


def test_the_work_of_one_job_loads_nothing_that_another_needs(sqlite_url: str, tmp_path: Path) -> None:
    runtime = bot.runtime.build(settings(tmp_path, DATABASE_URL=sqlite_url))
    runtime.work["forget_media"](424242)
    assert not {"dialogue", "reader", "texts"} & vars(runtime).keys()
    runtime.close()
