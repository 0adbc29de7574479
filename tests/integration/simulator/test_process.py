"""python -m simulator as a process: many callers at once, answers lost on the wire, a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from simulator.client import SimulatorClient
from tests.integration.simulator.bot import PATIENCE, TOKEN, Bot, Line
from tests.integration.simulator.conftest import OFFICER

HELLO = {"type": "text", "text": "hello"}


@pytest.fixture
def process(bot: Bot, tmp_path: Path, free_port: int) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    env = {
        **os.environ,
        "SIMULATOR_PORT": str(free_port),
        "SIMULATOR_DATA": str(tmp_path),
        "WEBHOOK_URL": f"{bot.url}/callback",
        "LINE_CHANNEL_SECRET": "secret",
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
    }
    process = subprocess.Popen([sys.executable, "-m", "simulator"], env=env)
    base = f"http://127.0.0.1:{free_port}"
    wait_until_it_answers(base)
    yield process, base
    process.kill()
    process.wait(PATIENCE)


def wait_until_it_answers(base: str) -> None:
    deadline = time.monotonic() + 3 * PATIENCE
    with urllib3.PoolManager(retries=False, timeout=1.0) as http:
        while time.monotonic() < deadline:
            try:
                if http.request("GET", f"{base}/healthz").status == 200:
                    return
            except urllib3.exceptions.HTTPError:
                time.sleep(0.05)
    raise TimeoutError(base)


def test_it_serves_many_at_once_loses_answers_when_told_and_ends_when_asked(
    bot: Bot, process: tuple[subprocess.Popen[bytes], str]
) -> None:
    simulator, line = SimulatorClient(process[1]), Line(process[1])
    assert simulator.follow(OFFICER, wait=True).delivered is True

    simulator.fault("drop_after_send", path="push")
    with pytest.raises(urllib3.exceptions.HTTPError):
        line.push(OFFICER, HELLO)
    assert len(simulator.wait_for(OFFICER, 0)) == 1

    threads = [threading.Thread(target=lambda: [line.push(OFFICER, HELLO) for _ in range(10)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert simulator.transcript().billed == 81
    assert len(simulator.messages(OFFICER)) == 82

    simulator.close()
    line.close()
    process[0].send_signal(signal.SIGTERM)
    assert process[0].wait(PATIENCE) == 0


def test_a_missing_secret_is_named() -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("LINE_")}
    ended = subprocess.run([sys.executable, "-m", "simulator"], env=env, capture_output=True, check=False, timeout=120)
    assert ended.returncode == 1
    assert b"LINE_CHANNEL_SECRET" in ended.stderr
    assert b"Traceback" not in ended.stderr
