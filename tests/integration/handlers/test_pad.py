"""The signature page: what it shows, when it is used up, and whom it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from bot.app import create_app
from models.area import Household
from models.people import Membership
from models.signature import Signature
from models.work import Audit
from services.evidence.sign_links import GOOD_FOR
from tests.integration.services.towns import one, rows
from tests.support.chat import Phone, Town
from tests.support.loaded import LoadedFile

SIGNED = {"width": 320, "height": 240, "strokes": [[[20, 100], [120, 40], [200, 120]]]}
OTHER = {**SIGNED, "strokes": [[[10, 10], [200, 200]]]}
MOST_BYTES = 60_000
"""Of the whole page, with all that it loads."""


@pytest.fixture
def town(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    with loaded_sqlite.town() as made:
        yield made


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("บุญมี ตัวอย่าง", "leader", "42070605")


@pytest.fixture
def browser(town: Town) -> Iterator[FlaskClient]:
    app = create_app(town.runtime)
    yield app.test_client()
    app.extensions["chat_executor"].close()


def address(leader: Phone, words: str = "เซ็น 12/3") -> str:
    """The path behind the button that the chat answers with."""
    leader.say(words)
    (button,) = [action for action in leader.buttons() if action["type"] == "uri"]
    return "/sign/" + str(button["uri"]).rsplit("/", 1)[1]


def sign(browser: FlaskClient, path: str, drawn: object = SIGNED, role: str = "respondent") -> TestResponse:
    return browser.post(f"{path}?role={role}&lang=th", data=orjson.dumps(drawn))


def told(answer: TestResponse) -> str:
    return str(orjson.loads(answer.data)["told"])


def test_the_page_names_the_house_and_opening_it_again_and_again_changes_nothing(
    town: Town, leader: Phone, browser: FlaskClient
) -> None:
    path = address(leader)
    for _ in range(3):
        page = browser.get(path)
        assert page.status_code == 200
        assert "บ้านเลขที่ 12/3" in page.text
        assert "บุญมี ตัวอย่าง" in page.text
    assert rows(town, select(Signature)) == []


def test_a_signature_is_stored_once_and_the_answer_can_be_had_again(
    town: Town, leader: Phone, browser: FlaskClient
) -> None:
    path = address(leader)
    assert "ส่งแล้ว" in told(sign(browser, path))
    again = sign(browser, path)
    assert (again.status_code, "ส่งแล้ว" in told(again)) == (200, True)
    stored = one(town, select(Signature))
    assert (stored.role, stored.village_code, stored.signed_on) == ("respondent", "42070605", "screen")
    assert one(town, select(Household).where(Household.id == stored.household_id)).house_no == "12/3"
    assert town.media.stored[stored.storage_key].startswith(b"\x89PNG")
    assert [row.action for row in rows(town, select(Audit).where(Audit.action == "signed"))] == ["signed"]


def test_a_link_that_was_used_takes_no_other_signature(town: Town, leader: Phone, browser: FlaskClient) -> None:
    path = address(leader)
    sign(browser, path)
    refused = sign(browser, path, OTHER)
    assert (refused.status_code, "ลงชื่อไปแล้ว" in told(refused)) == (410, True)
    assert (browser.get(path).status_code, len(town.media.stored)) == (410, 1)


def test_the_witness_is_told_apart_from_the_respondent(town: Town, leader: Phone, browser: FlaskClient) -> None:
    sign(browser, address(leader), role="witness")
    assert one(town, select(Signature)).role == "witness"


def test_a_media_store_that_is_away_uses_nothing_up(
    town: Town, leader: Phone, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OSError("store away")

    path = address(leader)
    monkeypatch.setattr(type(town.media), "put", away)
    later = sign(browser, path)
    assert (later.status_code, "จะส่งให้เองอีกครั้ง" in told(later)) == (503, True)
    monkeypatch.undo()
    assert sign(browser, path).status_code == 200


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ({**SIGNED, "strokes": []}, "ยังไม่มีลายเซ็น"),
        ({**SIGNED, "strokes": [[[1, 1], [3, 3]]]}, "สั้นเกินไป"),
        ([], "อ่านลายเซ็นไม่ได้"),
    ],
)
def test_what_is_no_signature_is_answered_and_uses_nothing_up(
    leader: Phone, browser: FlaskClient, drawn: object, words: str
) -> None:
    path = address(leader)
    refused = sign(browser, path, drawn)
    assert (refused.status_code, words in told(refused)) == (422, True)
    assert sign(browser, path).status_code == 200


def test_a_link_ends_with_its_time_and_with_the_leaders_office(town: Town, leader: Phone, browser: FlaskClient) -> None:
    path, late = address(leader), address(leader)
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Membership).values(ended_at=town.runtime.clock.now()))
    refused = browser.get(path)
    assert (refused.status_code, "ไม่ได้ดูแลหมู่บ้านนี้แล้ว" in refused.text) == (403, True)
    assert sign(browser, path).status_code == 403
    town.clock.civil += GOOD_FOR
    assert (browser.get(late).status_code, "หมดเวลา" in browser.get(late).text) == (410, True)
    assert browser.get("/sign/nonsense").status_code == 404


def test_the_page_is_light_and_takes_nothing_from_elsewhere(leader: Phone, browser: FlaskClient) -> None:
    page = browser.get(address(leader))
    assets = [part.split('"', 1)[0] for part in page.text.split('="/sign/static/')[1:]]
    weight = len(page.data)
    for name in assets:
        with browser.get(f"/sign/static/{name}") as asset:
            assert asset.status_code == 200
            weight += len(asset.data)
    assert len(assets) == 3
    assert weight < MOST_BYTES
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    assert "://" not in page.text


def test_only_leaders_get_a_page_and_a_house_has_to_be_named(town: Town, leader: Phone) -> None:
    assert "ระบุเลขที่บ้าน" in leader.say("เซ็น")
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    officer.say("เซ็น 12/3")
    assert [action for action in officer.buttons() if action["type"] == "uri"] == []
    leader.photo()
    leader.say("12")
    assert "บ้านเลขที่ 12" in leader.tap("เซ็นบนจอ")
    assert [action["label"] for action in leader.buttons()] == ["เปิดหน้าลงชื่อ"]
