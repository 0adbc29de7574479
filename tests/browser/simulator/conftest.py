"""The page in a real browser, served by the real simulator, with a fake bot behind it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from simulator.app import create_app
from simulator.settings import Settings
from tests.browser.simulator.fake_bot import TIMEOUT, FakeBot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

OFFICER, LEADER, STAFF = (f"U{number:032x}" for number in (1, 2, 3))
PHONES = f"""
phones:
  - {{user_id: {OFFICER}, name: สมใจ ตัวอย่าง, language: th, role: officer, following: true, shown: true}}
  - {{user_id: {LEADER}, name: บุญมี ตัวอย่าง, language: th, role: leader, following: true, shown: true}}
  - {{user_id: {STAFF}, name: มาลี ตัวอย่าง, language: th, role: staff, following: true, shown: true}}
"""


@pytest.fixture
def bot() -> Iterator[FakeBot]:
    bot = FakeBot()
    yield bot
    bot.close()


@pytest.fixture
def address(bot: FakeBot, tmp_path: Path) -> Iterator[str]:
    """Where the simulator's page is."""
    phones = tmp_path / "phones.yaml"
    phones.write_text(PHONES, "utf-8")
    app = create_app(
        Settings(
            data=tmp_path / "data",
            channel_secret="secret",
            access_token="token",
            webhook_url=f"{bot.address}/callback",
            clock_url=f"{bot.address}/clock",
            phones=phones,
            webhook_timeout=TIMEOUT,
        )
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    bot.simulator_port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join(5)
    app.extensions["simulator"].close()


@pytest.fixture
def page(open_page: Callable[[str], Page], address: str) -> Iterator[Page]:
    """Closed before the simulator is: its polling of a server on its way out would count as a script error."""
    page = open_page(address)
    yield page
    page.close()
