"""Processes of the product, started by tests as a user's machine would start them, and always ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds for what must come: a machine that stands still for twenty is no reason to fail."""
_INHERITED = ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_CONFIG")
"""The last lets coverage measure the children too."""


class NeverReadyError(AssertionError):
    pass


def wait_until(happened: Callable[[], bool], *, seconds: float = PATIENCE, what: str = "it") -> None:
    """Look every 20 ms until `happened`, for at most `seconds`."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise NeverReadyError(f"{what} did not happen within {seconds} s")
        time.sleep(0.02)


class Child:
    """One process with its output in a file. Leaving the `with` block ends its whole group."""

    def __init__(self, arguments: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        self.log = log
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                arguments, env=inherited | dict(env), cwd=ROOT, stdout=out, stderr=out, start_new_session=True
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, happened: Callable[[], bool], *, seconds: float = PATIENCE, what: str = "readiness") -> None:
        def happened_or_died() -> bool:
            if self.process.poll() is not None:
                raise NeverReadyError(f"ended with {self.process.returncode} before {what}:\n{self.output()[-3000:]}")
            return happened()

        try:
            wait_until(happened_or_died, seconds=seconds, what=what)
        except NeverReadyError as error:
            raise NeverReadyError(f"{error}\n{self.output()[-3000:]}") from None

    def kill(self) -> None:
        self._signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self, *, seconds: float = 30.0) -> int:
        """Ask to end; returns the exit code. KILL after `seconds`."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        self._signal(signal.SIGKILL)
        return self.process.wait(30)

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def python(*arguments: str) -> list[str]:
    """Return the command line of our own interpreter, warnings shown and output unbuffered."""
    return [sys.executable, "-u", *arguments]
