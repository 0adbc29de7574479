"""`make run` itself, on a data folder and ports of its own: from nothing to one address, twice, and gone afterwards."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.support.ports import free_port
from tests.support.processes import wait_until
from workers.local import __main__ as local
from workers.local.hold import hold


@pytest.fixture(autouse=True)
def signal_handlers() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def descendants(but: Iterable[int] = ()) -> dict[int, str]:
    """Process id and command line of every process below this one, but for those of `but` and all below them.

    Every system has its own `ps`.
    """
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout  # noqa: S607
    rows = [line.split(None, 2) for line in listed.splitlines()]
    found: dict[int, str] = {}
    wanted = {os.getpid()}
    while wanted:
        below = {
            int(pid): command
            for pid, parent, command in rows
            if int(parent) in wanted and int(pid) not in but and "ps -eo" not in command
        }
        found |= below
        wanted = set(below)
    return found


class Run:
    """One `make run` in this process; what is to happen meanwhile happens in a thread."""

    def __init__(self, data: Path, others: Iterable[int]) -> None:
        self.data = data
        self.others = others
        """Processes that were there before, as of an earlier test's browser: they come and go as they like."""
        self.out = io.StringIO()
        self.shell = {"PORT": str(free_port()), "SIMULATOR_PORT": str(free_port()), "PATH": os.environ["PATH"]}
        self.problems: list[BaseException] = []
        self.children: dict[int, str] = {}

    def until_ready_then(self, *meanwhile: str) -> None:

        def interrupt() -> None:
            try:
                wait_until(lambda: "is ready" in self.out.getvalue(), seconds=120, what="readiness")
                self.children = descendants(self.others)
                for name in meanwhile:
                    self.kill(name)
            except BaseException as problem:  # noqa: BLE001 - told to the test's own thread
                self.problems.append(problem)
            finally:
                os.kill(os.getpid(), signal.SIGINT)

        watcher = threading.Thread(target=interrupt)
        watcher.start()
        code = local.main(self.shell, self.out, self.data)
        watcher.join()
        assert (code, self.problems) == (0, []), self.out.getvalue()

    def kill(self, name: str) -> None:
        """Kill one process as a crash would and wait for its return."""
        os.kill(next(pid for pid, command in self.children.items() if f"workers.{name}" in command), signal.SIGKILL)
        wait_until(lambda: f"data/log/{name}.log" in self.out.getvalue(), what="the restart")


@pytest.mark.timeout(400)  # everything is started twice: a minute, on a machine that does nothing else half of it
def test_from_nothing_to_one_address_and_again_and_nothing_is_left(tmp_path: Path) -> None:
    data, others = tmp_path / "data", descendants()
    first = Run(data, others)
    first.until_ready_then("clock")
    assert f"http://127.0.0.1:{first.shell['SIMULATOR_PORT']}" in first.out.getvalue()
    assert "Stopped" in first.out.getvalue()
    again = Run(data, others)
    again.until_ready_then()
    for run in (first, again):
        assert len(run.children) >= 9, "supervisord, valkey, web twice, worker, media, hooks, clock, simulator twice"
    assert descendants(others) == {}
    with hold(data):
        assert (data / "tidtam.db").exists()
