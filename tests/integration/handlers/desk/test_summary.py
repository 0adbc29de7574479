"""สรุปผู้บริหาร: the five lines, each with its rows, to print and to paste into a group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import create_app
from tests.integration.handlers.desk.conftest import Office
from tests.support.reported import reported_town


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with reported_town(tmp_path) as town:
        app = create_app(town.runtime)
        yield Office(town, app)
        app.extensions["chat_executor"].close()


def test_the_page_says_what_the_chat_says_and_every_line_opens_its_rows(office: Office) -> None:
    staff = office.town.person("มาลี ตัวอย่าง", "staff", "42")
    said = staff.say("สรุป").split("\n")
    desk = office.signed_in(staff)
    page = desk.get("/desk/reports/summary").text
    for line in said[1:5]:
        assert line in page
    rows = sorted(set(re.findall(r'href="(/desk/reports/summary/rows/[^"]+)"', page)))
    assert len(rows) >= 4
    for address in rows:
        answer = desk.get(address.replace("&amp;", "&"))
        assert (address, answer.status_code) == (address, 200)
        assert "ภูเรือ" in answer.text
    # the sum under the rows is the figure in the line
    total = re.search(r"ตรวจทานแล้ว ([0-9,]+) จาก", page)
    assert total is not None
    figures = desk.get("/desk/reports/summary/rows/figure-1").text
    assert f"<b>{total[1]}</b>" in figures
    file = desk.get("/desk/reports/summary/file")
    assert (file.status_code, file.data[:5]) == (200, b"%PDF-")
    assert desk.get("/desk/reports/summary/rows/figure-9").status_code == 404
