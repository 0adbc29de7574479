"""The printed paper, read back by another program: every row once, in the chat's order, in whole Thai."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from sqlalchemy import delete

from models.area import Household
from services.evidence.households import house_facts
from services.people.people import Areas
from tests.support.chat import Town

VILLAGE = "42070605"


def pages(pdf: bytes) -> list[str]:
    """Each page's words, spaces between them taken out: where a line ends is not asked here."""
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(document[place].get_textpage().get_text_range().split()) for place in range(len(document))]


def houses(town: Town, *rows: dict[str, object]) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.execute(delete(Household).where(Household.village_code == VILLAGE))
        for place, row in enumerate(rows):
            session.add(Household(**{"village_code": VILLAGE, "house_no": "", "position": place, **row}))


def test_every_registered_house_stands_once_in_the_order_of_the_chat(town: Town) -> None:
    read = pages(town.runtime.sheets.draw(VILLAGE, "th"))
    with town.runtime.sessions() as session:
        catalogue = town.runtime.texts.catalogue("th")
        rows = house_facts(session, VILLAGE, town.clock.now(), Areas(session, catalogue)).rows
    assert len(rows) > 100
    words = "".join(page.partition("หมายเหตุ")[2] for page in read)
    place = -1
    for number, house in enumerate(rows, 1):
        found = words.find(f"{number}{house}", place + 1)
        assert found > place, (number, house)
        place = found
    assert "ขออนุญาตถ่ายรูปบ้านและขอลายเซ็น" in read[0]
    for number, page in enumerate(read, 1):
        assert f"{number}/{len(read)}" in page
        assert "หมู่5บ้าน" in page
        assert "****ไม่อยู่ไม่มีกำหนดกลับ" in page
        assert "พิมพ์เมื่อจันทร์ที่7มิ.ย.64" in page


def test_heads_houses_without_number_and_second_households_are_named(town: Town) -> None:
    houses(
        town,
        {"house_no": "12/1", "head_name": "นางผ่องศรี น้ำใจดี"},
        {"house_no": "12/1", "ordinal": 2, "head_name": "นายกำพล รุ่งเรือง"},
        {"near": "14"},
        {"house_no": "88", "registered": False},
    )
    (page,) = pages(town.runtime.sheets.draw(VILLAGE, "th"))
    body = page.partition("หมายเหตุ")[2]
    for row in ("112/1นางผ่องศรีน้ำใจดี", "212/1ครัวเรือนที่2นายกำพลรุ่งเรือง", "3ไม่มีเลขที่ใกล้บ้าน14"):
        assert row in body
    assert "88" not in body
    assert "บ้านที่ไม่มีในรายการ" in body


def test_a_district_is_one_file_in_which_every_village_counts_its_own_pages(town: Town) -> None:
    done: list[int] = []
    read = pages(town.runtime.sheets.draw("4207", "th", progress=done.append))
    assert done == list(range(1, 48))
    places = [found[0] for page in read if (found := re.search(r"เข้าร่วม4207\d{4}", page))]
    assert len(places) == len(set(places)) == 47
    assert sum("1/1" in page[:200] for page in read) == 46


def test_signs_name_every_village_and_how_its_leader_joins(town: Town) -> None:
    read = pages(town.runtime.sheets.draw("4207", "th", signs=True))
    words = "".join(read)
    assert len(read) == 6
    assert len(set(re.findall(r"เข้าร่วม(4207\d{4})", words))) == 47
    assert words.count("@tidtam") == 47


def test_where_lines_account_is_not_known_the_paper_says_what_to_type(town: Town) -> None:
    town.line.account = None
    assert "@" not in "".join(pages(town.runtime.sheets.draw("4207", "th", signs=True)))
    assert f"เข้าร่วม{VILLAGE}" in pages(town.runtime.sheets.draw(VILLAGE, "th"))[0]


def test_paper_in_english(town: Town) -> None:
    read = pages(town.runtime.sheets.draw(VILLAGE, "en"))
    assert "Headofhousehold" in read[0]
    assert "***Notfoundontheweb" in read[0]


@pytest.mark.parametrize("area", ["42", "420706", "99", "42999999"])
def test_only_villages_and_districts_have_paper(town: Town, area: str) -> None:
    with pytest.raises(LookupError):
        town.runtime.sheets.draw(area, "th")
