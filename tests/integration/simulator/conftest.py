"""The simulator on a port, a bot on another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import urllib3
from werkzeug.serving import make_server

from simulator.app import create_app
from simulator.client import SimulatorClient
from simulator.settings import Settings
from tests.integration.simulator.bot import PATIENCE, TOKEN, Bot, Line

OFFICER, LEADER, STAFF = (f"U{number:032x}" for number in (1, 2, 3))
PHONES = """
phones:
  - {user_id: U00000000000000000000000000000001, name: Officer, language: th, role: officer, following: true}
  - {user_id: U00000000000000000000000000000002, name: Leader, language: th, role: leader, following: true}
  - {user_id: U00000000000000000000000000000003, name: Staff, language: en, role: staff, following: false}
"""

Start = Callable[[], str]


@pytest.fixture
def bot() -> Iterator[Bot]:
    bot = Bot()
    bot.start()
    yield bot
    bot.stop()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a page here, so a clock that a busy machine keeps waiting is waited for."""
    monkeypatch.setattr("simulator.clock.TIMEOUT", urllib3.Timeout(total=PATIENCE))
    monkeypatch.setattr("simulator.clock.JUMP_TIMEOUT", urllib3.Timeout(total=PATIENCE))


@pytest.fixture
def webhook_timeout() -> float:
    """Seconds the bot has: more than a busy machine needs. Tests of silence ask for fewer."""
    return PATIENCE


@pytest.fixture
def settings(bot: Bot, tmp_path: Path, webhook_timeout: float) -> Settings:
    phones = tmp_path / "phones.yaml"
    phones.write_text(PHONES, "utf-8")
    return Settings(
        data=tmp_path / "data",
        channel_secret="secret",
        access_token=TOKEN,
        webhook_url=f"{bot.url}/callback",
        clock_url=f"{bot.url}/clock",
        phones=phones,
        webhook_timeout=webhook_timeout,
        redelivery_delays=(0.01, 0.02, 0.03),
    )


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """A simulator with these settings; its address. Ends with all its threads."""
    app = create_app(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)
    app.extensions["simulator"].close()


@pytest.fixture
def start(settings: Settings) -> Iterator[Start]:
    """Start a simulator on the same data; called again, the one before is stopped first."""
    with ExitStack() as stack:

        def start() -> str:
            stack.close()
            return stack.enter_context(running(settings))

        yield start


@pytest.fixture
def simulator(start: Start) -> Iterator[SimulatorClient]:
    client = SimulatorClient(start())
    yield client
    client.close()


@pytest.fixture
def line(simulator: SimulatorClient) -> Iterator[Line]:
    line = Line(simulator.base_url)
    yield line
    line.close()
