"""The whole product as processes, with the simulator in LINE's place: what end-to-end and fault tests hold."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import urllib3

from tests.support.ports import free_port
from tests.support.processes import PATIENCE, ROOT, Child, wait_until
from tests.support.settings import environment
from tests.support.simulator import PHONES, RunningSimulator, running_simulator
from workers.local.programs import from_procfile

PROCESSES = ("web", "worker", "media", "clock")
"""All but `hooks`: no test of the whole subscribes anybody."""


@dataclass
class System:
    """Starts, kills and restarts the processes of the Procfile by name. Their logs lie in `folder`."""

    folder: Path
    env: dict[str, str]
    simulator: RunningSimulator
    children: dict[str, Child] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.env["PUBLIC_URL"]

    def start(self, *names: str, **env: str) -> None:
        """Start processes, `env` (such as FAULT_POINT) on top of the usual; returns when `web`, if named, is ready."""
        for name in names:
            self.stop(name)
            self.children[name] = self._child(name, name, env)
        if "web" in names:
            self.wait_for_web()

    def start_another(self, name: str, called: str) -> None:
        """One more process of a kind; `called` is its name from now on."""
        self.children[called] = self._child(name, called, {})

    def _child(self, name: str, called: str, env: dict[str, str]) -> Child:
        programs = {each.name: each for each in from_procfile((ROOT / "Procfile").read_text(), self.env)}
        return Child(programs[name].command, self.env | env, self.folder / f"{called}.log")

    def start_web_again(self, **env: str) -> None:
        """As a supervisor does after the process's end: at once, and without waiting for it."""
        self.stop("web")
        self.children["web"] = self._child("web", "web", env)

    def wait_for_web(self) -> None:
        self.children["web"].wait_for(self.is_ready, seconds=120, what="/readyz")

    def is_running(self, name: str) -> bool:
        return name in self.children and not self.has_ended(name)

    def is_ready(self) -> bool:
        with urllib3.PoolManager(timeout=2, retries=False) as pool:
            try:
                return pool.request("GET", f"{self.url}/readyz").status == 200
            except urllib3.exceptions.HTTPError:
                return False

    def has_ended(self, name: str) -> bool:
        """Whether the process has ended by itself, as at a fault point."""
        return self.children[name].process.poll() is not None

    def wait_for_end(self, name: str, *, seconds: float = PATIENCE) -> None:
        wait_until(lambda: self.has_ended(name), seconds=seconds, what=f"the end of {name}")

    def kill(self, name: str) -> None:
        self.children[name].kill()

    def stop(self, *names: str) -> None:
        for name in names:
            if name in self.children:
                self.children.pop(name).stop()

    def tidtam(self, *arguments: str) -> str:
        """Run a command as an operator would; returns what it printed. Raises AssertionError when it failed."""
        done = subprocess.run(
            [str(Path(sys.executable).parent / "tidtam"), *arguments],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | self.env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def running_system(
    folder: Path,
    *,
    database_url: str,
    redis_url: str,
    media_url: str = "",
    phones: str = PHONES,
    start: tuple[str, ...] = PROCESSES,
    **env: str,
) -> Iterator[System]:
    """Start simulator and processes on free ports, with a simulated clock; all are gone afterwards.

    The database has been migrated (`database_url` of conftest.py is) and is otherwise empty.
    """
    web_port, simulator_port = free_port(), free_port()
    web, line = (f"http://127.0.0.1:{port}" for port in (web_port, simulator_port))
    given = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "MEDIA_URL": media_url or f"file://{folder}/media",
        "PUBLIC_URL": web,
        "LINE_API_URL": line,
        "LINE_DATA_API_URL": line,
        "HOST": "127.0.0.1",
        "PORT": str(web_port),
        "SIMULATOR_PORT": str(simulator_port),
        "CLOCK": "simulated",
    }
    callback, clock = f"{web}/callback", f"{web}/clock"
    with running_simulator(folder, webhook_url=callback, clock_url=clock, phones=phones, port=simulator_port) as line_:
        system = System(folder, environment(folder, **(given | env)), line_)
        try:
            system.start(*start)
            yield system
        finally:
            system.stop(*list(system.children))
