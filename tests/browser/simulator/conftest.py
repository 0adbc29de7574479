"""The page in a real browser, served by the real simulator, with a fake bot behind it."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from simulator.app import create_app
from simulator.settings import Settings
from tests.browser.simulator.fake_bot import FakeBot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OFFICER, LEADER, STAFF = (f"U{number:032x}" for number in (1, 2, 3))
PHONES = f"""
phones:
  - {{user_id: {OFFICER}, name: สมใจ ตัวอย่าง, language: th, role: officer, following: true, shown: true}}
  - {{user_id: {LEADER}, name: บุญมี ตัวอย่าง, language: th, role: leader, following: true, shown: true}}
  - {{user_id: {STAFF}, name: มาลี ตัวอย่าง, language: th, role: staff, following: true, shown: true}}
"""
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK: ViewportSize = {"width": 1440, "height": 900}
ACTION_MS = 8_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


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
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, open and showing its phones; a script error fails the test."""
    context = browser.new_context(viewport=DESK, locale="th-TH")
    context.set_default_timeout(ACTION_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.get_by_test_id("phone-staff").wait_for()
    yield page
    context.close()
    assert errors == []
