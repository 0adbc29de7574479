"""A simulator without a bot: its webhook leads nowhere, its LINE side is called in process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from simulator.app import create_app
from simulator.settings import Settings
from simulator.world import World
from tests.unit.simulator.calls import LINE, Line

NOWHERE = "http://127.0.0.1:9/callback"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path,
        channel_secret=LINE.secret,
        access_token=LINE.token,
        webhook_url=NOWHERE,
        redelivery_delays=(),
        hang_seconds=0.01,
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    app.extensions["simulator"].close()


@pytest.fixture
def world(app: Flask) -> World:
    world: World = app.extensions["simulator"]
    for phone in world.phones.all():
        world.phones.set_following(phone.user_id, following=True)
    return world


@pytest.fixture
def line(app: Flask, world: World) -> Line:
    return Line(app, world)
