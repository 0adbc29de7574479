from __future__ import annotations

import datetime as dt

import pytest
from werkzeug.test import TestResponse

from services.clock import SimulatedClock
from tests.integration.handlers.conftest import Web

TUESDAY = "2021-06-08T09:00:00+07:00"


def move(web: Web, body: object) -> TestResponse:
    return web.app.test_client().post("/clock", json=body)


@pytest.fixture
def monday(demo: Web) -> Web:
    assert isinstance(demo.runtime.clock, SimulatedClock)
    demo.runtime.clock.start_at(dt.datetime.fromisoformat("2021-06-07T08:30:00+07:00"))
    return demo


def test_the_clock_is_read_and_moved(monday: Web) -> None:
    read = monday.app.test_client().get("/clock")
    assert read.json is not None
    assert dt.datetime.fromisoformat(read.json["now"]).date() == dt.date(2021, 6, 7)
    moved = move(monday, {"to": TUESDAY})
    assert moved.json is not None
    assert moved.status_code == 200
    assert dt.datetime.fromisoformat(moved.json["now"]) >= dt.datetime.fromisoformat(TUESDAY)
    assert monday.runtime.clock.now() >= dt.datetime.fromisoformat(TUESDAY)


def test_it_never_moves_back(monday: Web) -> None:
    move(monday, {"to": TUESDAY})
    assert move(monday, {"to": "2021-06-08T08:00:00+07:00"}).status_code == 409
    assert monday.runtime.clock.now() >= dt.datetime.fromisoformat(TUESDAY)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        ["to"],
        {},
        {"to": None},
        {"to": "tomorrow"},
        {"to": "2021-06-08T09:00:00"},
        {"to": "9999-12-31T23:59:59+00:00"},
    ],
)
def test_anything_but_an_instant_is_refused_with_a_sentence(monday: Web, body: object) -> None:
    answer = move(monday, body)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["message"].startswith("to: ")


def test_a_real_installation_has_no_such_route(web: Web) -> None:
    assert web.app.test_client().get("/clock").status_code == 404
    assert move(web, {"to": TUESDAY}).status_code == 404
