from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from bot.wsgi import app_from_env
from tests.support.settings import environment


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in environment(Path("/nonexistent")):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_the_server_ends_with_a_sentence_for_each_missing_setting(given: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit) as ended:
        app_from_env()
    assert str(ended.value).startswith("DATABASE_URL is missing\nREDIS_URL is missing\n")


def test_the_server_answers_at_once(given: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path) -> None:
    for name, value in environment(tmp_path, DATABASE_URL=sqlite_url).items():
        given.setitem(os.environ, name, value)
    client = app_from_env().test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json == {"ready": True, "degraded": ["queue"]}


def test_a_database_that_is_away_is_said_and_may_come_back(
    given: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name, value in environment(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/no/folder.db").items():
        given.setenv(name, value)
    with caplog.at_level(logging.WARNING):
        client = app_from_env().test_client()
    assert "the database is away: OperationalError" in caplog.text
    assert client.get("/readyz").status_code == 503
