"""The web application on a database of its own, with the doors to the outside replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.runtime import Runtime
from handlers.executor import ChatExecutor
from handlers.line_webhook import signature
from models.base import make_engine
from tests.support.fake_line import FakeLine, FakeMedia, FakeQueue
from tests.support.loaded import share
from tests.support.processes import wait_until
from tests.support.settings import settings


@dataclass
class Web:
    """What LINE, a probe or the simulator sees of us."""

    app: Flask
    runtime: Runtime
    line: FakeLine
    media: FakeMedia
    queue: FakeQueue

    def post(self, body: bytes, **headers: str) -> TestResponse:
        """Deliver as LINE would, signed."""
        signed = {"x-line-signature": signature(self.runtime.settings.line_channel_secret, body)}
        return self.app.test_client().post("/callback", data=body, headers={**signed, **headers})

    def deliver(self, *events: dict[str, Any]) -> TestResponse:
        return self.post(orjson.dumps({"destination": "U" + "0" * 32, "events": list(events)}))

    def close(self) -> None:
        """Wait until every chat is answered: what no thread has begun yet, closing would leave to the sweep."""
        executor: ChatExecutor = self.app.extensions["chat_executor"]
        wait_until(lambda: not executor._busy, seconds=60, what="the answer of every chat")
        executor.close()


def open_web(url: str, **given: str) -> Web:
    line, media, queue = FakeLine(), FakeMedia(), FakeQueue()
    runtime = Runtime(
        settings=settings(Path("/nonexistent"), DATABASE_URL=url, **given),
        engine=make_engine(url),
        line=line,
        media=media,
        queue=queue,
    )
    share(runtime)
    return Web(create_app(runtime), runtime, line, media, queue)


@pytest.fixture
def web(sqlite_url: str) -> Iterator[Web]:
    opened = open_web(sqlite_url)
    opened.runtime.ensure_channel()
    yield opened
    opened.close()
    opened.runtime.engine.dispose()


@pytest.fixture
def demo(sqlite_url: str) -> Iterator[Web]:
    """With the demonstration's clock."""
    opened = open_web(sqlite_url, CLOCK="simulated")
    opened.runtime.ensure_channel()
    yield opened
    opened.close()
    opened.runtime.engine.dispose()


@pytest.fixture
def without_database(tmp_path: Path) -> Iterator[Web]:
    opened = open_web(f"sqlite:///{tmp_path}/no/folder/at/all.db")
    yield opened
    opened.close()
