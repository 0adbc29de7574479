"""A check that fails is told of in the log by its place alone: an address that it quotes may hold a password."""

from __future__ import annotations

import logging

import pytest

from services.doctor import Finding
from services.probes import Probes

ADDRESS = "redis://:secret@queue/0"


def test_what_a_failed_check_quotes_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    def look() -> Finding:
        raise ValueError(ADDRESS)

    with caplog.at_level(logging.ERROR):
        assert Probes({"queue": look}).ask(20) == {"queue": None}
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
