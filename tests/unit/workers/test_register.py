from __future__ import annotations

import importlib
import inspect

import pytest

from tests.support.processes import ROOT
from workers.queues import JOBS, QUEUES

PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


def test_the_procfile_names_exactly_these_processes() -> None:
    assert list(PROCFILE) == ["web", "worker", "media", "hooks", "clock", "release"]


@pytest.mark.parametrize("name", JOBS)
def test_each_job_is_a_function_that_takes_one_id(name: str) -> None:
    module, _, function = JOBS[name].path.rpartition(".")
    parameters = inspect.signature(getattr(importlib.import_module(module), function)).parameters
    assert [parameter.annotation for parameter in parameters.values()] in ([int], ["int"])


@pytest.mark.parametrize("queue", QUEUES)
def test_each_queue_has_a_process_of_its_own(queue: str) -> None:
    listening = [command for command in PROCFILE.values() if command.startswith("python -m workers.run")]
    assert [command.removeprefix("python -m workers.run").strip() or "default" for command in listening].count(
        queue
    ) == 1


@pytest.mark.parametrize("name", JOBS)
def test_each_job_goes_to_a_queue_that_is_served_and_ends_in_time(name: str) -> None:
    assert JOBS[name].queue in QUEUES
    assert 0 < JOBS[name].timeout <= 120
