from __future__ import annotations

import pytest
from flask import Flask

from tests.integration.handlers.conftest import Web

SIGNED = {"/callback"}
HEALTH = {"/healthz", "/readyz"}
BY_LINK = {"/sign/<token>", "/sign/static/<path:filename>"}
DEMO_CLOCK = {"/clock"}


def routes(app: Flask) -> set[str]:
    return {str(rule) for rule in app.url_map.iter_rules()}


def test_every_route_is_signed_tells_of_health_or_is_opened_by_a_signed_link(web: Web) -> None:
    assert routes(web.app) == SIGNED | HEALTH | BY_LINK


def test_a_demonstration_has_its_clock_and_nothing_else_more(demo: Web) -> None:
    assert routes(demo.app) == SIGNED | HEALTH | BY_LINK | DEMO_CLOCK


def test_an_unsigned_call_of_a_signed_route_is_refused(web: Web) -> None:
    for path in SIGNED:
        assert web.app.test_client().post(path, data=b'{"events": []}').status_code == 401


def test_an_unexpected_error_tells_the_outside_and_the_log_nothing_of_its_words(
    web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    words = "words of a person"

    @web.app.get("/broken")
    def broken() -> str:
        raise ValueError(words)

    answer = web.app.test_client().get("/broken")
    assert (answer.status_code, answer.text) == (500, "trouble")
    assert words not in caplog.text
    assert "ValueError" in caplog.text


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/callback", 405)])
def test_what_flask_refuses_stays_refused(web: Web, method: str, path: str, status: int) -> None:
    assert web.app.test_client().open(path, method=method).status_code == status
