"""Runs programs under supervisord until told to stop, and says in a few lines what happens to them."""

from __future__ import annotations

import ctypes
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import IO, TextIO

import urllib3

from workers.local.programs import STOP_SECONDS, Program, configuration

Say = Callable[..., None]
"""Writes one of the texts of deploy/local.yaml, by name, with what it needs filled in."""

_ENDED = re.compile(r"exited: (\w+) \(.*not expected\)")
_GAVE_UP = re.compile(r"gave up: (\w+) entered FATAL state")
_TIMES_TOLD = 3
_LAST_WORDS = 12
"""Lines of a log that are shown when a program does not start."""


@dataclass
class Supervised:
    """`programs`, kept running. `answering` are URLs that answer 200 once all is ready."""

    programs: Sequence[Program]
    answering: Sequence[str]
    root: Path
    data: Path
    env: Mapping[str, str]
    say: Say
    patience: float = 90.0
    """Seconds after which a start counts as late. It is only said."""
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self, held: TextIO, url: str) -> None:
        """Start, say `url` when ready, and wait for `stopping`, INT, TERM or HUP; then end everything.

        `held` is the lock on the data folder, which supervisord inherits.
        """
        for name in ("log", "valkey"):
            (self.data / name).mkdir(exist_ok=True)
        file = self.data / "supervisord.conf"
        file.write_text(configuration(self.programs, self.root, self.data))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        # a session of its own, so that Ctrl-C and a closed terminal reach it through us alone and once
        with subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-c", str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=dict(self.env),
            cwd=self.root,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - no other thread runs yet
            pass_fds=[held.fileno()],
        ) as supervisor:
            reader = threading.Thread(target=self._retell, args=(supervisor.stdout or (),), daemon=True)
            reader.start()
            try:
                self._attend(supervisor, url)
            finally:
                self._end(supervisor)
                reader.join(2)

    def _attend(self, supervisor: subprocess.Popen[str], url: str) -> None:
        start = time.monotonic()
        late = False
        while not self._ready() and not self.stopping.is_set() and supervisor.poll() is None:
            if not late and time.monotonic() - start > self.patience:
                late = True
                self.say("late", seconds=int(self.patience))
            self.stopping.wait(0.2)
        if not self.stopping.is_set() and supervisor.poll() is None:
            self.say("ready", url=url)
        while supervisor.poll() is None and not self.stopping.wait(0.5):
            pass

    def _ready(self) -> bool:
        timeout = urllib3.Timeout(connect=1.0, read=2.0)
        with urllib3.PoolManager(retries=False, timeout=timeout) as pool:
            try:
                return all(pool.request("GET", url).status == HTTPStatus.OK for url in self.answering)
            except urllib3.exceptions.HTTPError:
                return False

    def _retell(self, lines: Iterable[str]) -> None:
        ends: Counter[str] = Counter()
        for line in lines:
            if self.stopping.is_set():
                continue
            if ended := _ENDED.search(line):
                self._tell_of_an_end(ended[1], ends)
            elif gave_up := _GAVE_UP.search(line):
                self.say("gave_up", name=gave_up[1], tail=_tail(self.data / "log" / f"{gave_up[1]}.log"))

    def _tell_of_an_end(self, name: str, ends: Counter[str]) -> None:
        """Say it plainly the first times, then show why, then be quiet: it will go on every two seconds."""
        ends[name] += 1
        if ends[name] < _TIMES_TOLD:
            self.say("restarted", name=name)
        elif ends[name] == _TIMES_TOLD:
            self.say("keeps_ending", name=name, tail=_tail(self.data / "log" / f"{name}.log"))

    def _end(self, supervisor: subprocess.Popen[str]) -> None:
        """Let supervisord end its children: ours together, Valkey after them. Kill it only if it hangs."""
        self.stopping.set()
        if supervisor.poll() is None:
            self.say("stopping")
            supervisor.terminate()
        try:
            supervisor.wait(STOP_SECONDS * 2)
        except subprocess.TimeoutExpired:
            supervisor.kill()
            supervisor.wait()
        self.say("stopped")


def _end_with_parent() -> None:
    """Have the kernel send TERM to supervisord should the console be killed outright (Linux; elsewhere nothing)."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def _tail(log: Path) -> str:
    if not log.exists():
        return ""
    return "\n".join(f"    {line}" for line in log.read_text(errors="replace").splitlines()[-_LAST_WORDS:])


def run_step(command: Sequence[str], root: Path, env: Mapping[str, str], log: IO[str]) -> bool:
    """Run one preparing command to its end, its words into `log`; True when it succeeded."""
    done = subprocess.run(
        command, cwd=root, env=dict(env), stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False, timeout=120
    )
    return done.returncode == 0
