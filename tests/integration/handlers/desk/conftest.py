"""The desk's pages over a loaded town, opened with links from its chats."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from bot.app import create_app
from models.area import Area
from models.campaign import Campaign
from models.export import Export
from models.media import Media, MediaState
from models.people import LineAccount, Person
from models.reconciliation import ReconciliationStep
from services.evidence.checks import household_id
from tests.support.chat import Phone, Town
from tests.support.loaded import LoadedFile

VILLAGE = "42070605"
OTHER = "42060101"
"""In another district."""
FAR = "บ้านไกล"
"""Its name, which no other page says."""
_KEY = re.compile(r'name="form_key" value="([0-9a-f]+)"')


def address(phone: Phone) -> str:
    """The path behind the button that แดชบอร์ด is answered with."""
    phone.say("แดชบอร์ด")
    (button,) = [action for action in phone.buttons() if action["type"] == "uri"]
    return urlsplit(str(button["uri"])).path


def hidden_mark(page: str) -> str:
    """Under which a page shows what it changes."""
    found = re.search(r'name="seen" value="([0-9a-f]*)"', page)
    assert found is not None
    return found[1]


@dataclass
class Desk:
    """One browser."""

    client: FlaskClient

    def enter(self, phone: Phone) -> TestResponse:
        return self.client.post(address(phone))

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers=headers)

    def post(self, path: str, **fields: str | list[str] | tuple[io.BytesIO, str]) -> TestResponse:
        """As a form of ours would: with the key that a page was given."""
        key = _KEY.search(self.get("/desk/settings/devices").text)
        assert key is not None
        return self.client.post(path, data={"form_key": key[1], **fields})


@dataclass
class Office:
    """A town and browsers that look at it."""

    town: Town
    app: Flask

    def browser(self) -> Desk:
        return Desk(self.app.test_client())

    def signed_in(self, phone: Phone) -> Desk:
        desk = self.browser()
        assert desk.enter(phone).status_code == 303
        return desk


@pytest.fixture
def office(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Office]:
    with loaded_sqlite.town() as town:
        app = create_app(town.runtime)
        yield Office(town, app)
        app.extensions["chat_executor"].close()


@pytest.fixture
def staff(office: Office) -> Phone:
    return office.town.person("มาลี ตัวอย่าง", "staff", "42")


@pytest.fixture
def officer(office: Office) -> Phone:
    return office.town.person("สมใจ ตัวอย่าง", "officer", "4207")


def photo_of(town: Town, village: str, house_no: str, *, name: str = "", sha: str = "", at: int = 0) -> int:
    """A stored photo of a house, sent by a leader of the village; returns its id. `house_no` "": of no house yet."""
    with town.runtime.sessions() as session, session.begin():
        account = LineAccount(channel_id=1, line_user_id=f"U{uuid.uuid4().hex}", created_at=town.clock.now())
        session.add(account)
        session.flush()
        house = household_id(session, village, house_no) if house_no else None
        number = uuid.uuid4().hex
        media = Media(
            account_id=account.id,
            line_message_id=number,
            state=MediaState.STORED.value,
            sent_at=town.clock.now() + dt.timedelta(minutes=at),
            content_type="image/jpeg",
            sha256=sha or number,
            storage_key=f"photos/{number}.jpg",
            thumbnail_key=f"photos/{number}.small.jpg",
            village_code=village,
            household_id=house,
        )
        session.add(media)
        session.flush()
    town.media.stored[media.storage_key] = b"large " + name.encode()
    town.media.stored[media.thumbnail_key] = b"small " + name.encode()
    return media.id


@pytest.fixture
def other(office: Office) -> str:
    """A village of the neighbouring district, with a household."""
    with office.town.runtime.sessions() as session, session.begin():
        if session.get(Area, OTHER) is None:
            session.add(Area(code=OTHER, kind="village", parent_code=OTHER[:6], name_th=FAR, moo=1))
            session.flush()
        household_id(session, OTHER, "1")
    return OTHER


def export_of(town: Town, number: int, area: str, name: str = "") -> None:
    """A file of that number that was made for an area; `name` stands in it."""
    key = f"exports/{number}/1.csv"
    with town.runtime.sessions() as session, session.begin():
        part = {"key": key, "name": f"{area}.csv", "rows": 1, "size": 1, "last": 0}
        wanted = {"form": "followup", "format": "csv", "versions": False, "rounds": []}
        now = town.clock.now()
        row = Export(id=number, area_code=area, kind="reports", wanted=wanted, state="ready", parts=[part])
        row.campaign_id, row.created_at = session.scalars(select(Campaign.id)).one(), now
        row.expires_at = now + dt.timedelta(days=1)
        session.add(row)
    town.media.stored[key] = name.encode()


def frozen_of(town: Town, area: str, name: str = "") -> int:
    """Reconciled figures of an area that were frozen, with `name` in them; returns the step's number."""
    state = {"measure": "households", "labels": {"th": "ครัวเรือน"}, "boxes": [], "round": 1, "explained": []}
    with town.runtime.sessions() as session, session.begin():
        row = ReconciliationStep(measure="households", area_code=area, number=1, kind="frozen", at=town.clock.now())
        row.campaign_id = session.scalars(select(Campaign.id)).one()
        row.person_id = session.scalars(select(Person.id)).first() or 0
        row.state = {**state, "lines": [[area, name, {"dashboard": [1, 1, 1]}]]}
        session.add(row)
        session.flush()
        return row.id
