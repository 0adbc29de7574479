"""ดูแบบที่กรอก: the draft on the official form as a picture, before anything is sent."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from PIL import Image

from bot.app import create_app
from services.documents.pictures import LARGEST
from services.links import SignedLinks
from tests.support.chat import Town
from tests.support.loaded import LoadedFile


@pytest.fixture
def town(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    with loaded_sqlite.town() as town:
        # LINE takes pictures from https alone
        runtime = town.runtime
        vars(runtime)["links"] = SignedLinks("https://desk.example", runtime.settings.secret_key)
        yield town


@pytest.fixture
def app(town: Town) -> Iterator[Flask]:
    app = create_app(town.runtime)
    yield app
    app.extensions["chat_executor"].close()


def test_the_filled_form_comes_as_a_picture_of_what_would_be_sent_and_of_nothing_else(town: Town, app: Flask) -> None:
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    officer.say("รายงาน")
    for words in ("อยู่ระหว่างการจัดทำรายงาน", "ทำแล้วทั้งสองอย่าง", "20 5", "3150 3040"):
        officer.say(words)
    officer.say("ดูแบบที่กรอก")
    picture = officer.heard[0]
    assert picture["type"] == "image"
    assert len(officer.heard) > 1  # the open question stands under it again
    opened = {}
    for size, key in (("large", "originalContentUrl"), ("small", "previewImageUrl")):
        answer = app.test_client().get(urlsplit(picture[key]).path)
        assert (answer.status_code, answer.content_type) == (200, "image/png")
        assert len(answer.data) < LARGEST[size] / 4
        opened[size] = Image.open(io.BytesIO(answer.data))
    assert opened["small"].width < opened["large"].width
    # a changed draft is another form: the old picture must not be taken for it
    officer.say("8=3200")
    stale = app.test_client().get(urlsplit(picture["originalContentUrl"]).path)
    assert (stale.status_code, "ดูแบบที่กรอก" in stale.text) == (410, True)


def test_leaders_are_sent_no_picture(town: Town) -> None:
    leader = town.person("บุญมี ตัวอย่าง", "leader", "42070605")
    leader.say("ดูแบบที่กรอก")
    assert [message["type"] for message in leader.heard if message["type"] == "image"] == []
