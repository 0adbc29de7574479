"""Programs that read a loaded town, each with a token of the desk's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.app import create_app
from tests.integration.handlers.desk.conftest import Office, other
from tests.support.chat import Phone
from tests.support.loaded import LoadedFile

__all__ = ["other"]
_TOKEN = re.compile(r'<code class="token">(tidtam_[\w-]+)</code>')


@pytest.fixture
def office(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Office]:
    with loaded_sqlite.town() as town:
        app = create_app(town.runtime)
        yield Office(town, app)
        app.extensions["chat_executor"].close()


@pytest.fixture
def staff(office: Office) -> Phone:
    return office.town.person("มาลี ตัวอย่าง", "staff", "42")


@dataclass
class Program:
    """Another program, with its token."""

    client: FlaskClient
    token: str

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers={"Authorization": f"Bearer {self.token}", **headers})


def program(office: Office, staff: Phone, area: str = "42") -> Program:
    """Made as staff make it: on the page, which shows the token once."""
    desk = office.signed_in(staff)
    made = desk.post("/desk/settings/tokens", name=f"test of {area}", area=area, days="365")
    found = _TOKEN.search(made.text)
    assert found is not None
    assert found[1] not in desk.get("/desk/settings/tokens").text
    return Program(app_client(office.app), found[1])


def app_client(app: Flask) -> FlaskClient:
    return app.test_client()
