"""A certificate's paper: what it says, that long villages fit, and that the same becomes the same file."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.conversation.household.checks import Case, VillageCounts
from bot.messages.catalogue import Catalogue
from models.certificate import Certificate
from services.calendar import BANGKOK
from services.evidence.certificates.paper import Paper, Signed, grouped, pdf
from services.evidence.certificates.reading import read_code
from services.evidence.certificates.signing import CODE_LENGTH, LETTERS, new_code
from services.evidence.strokes import Strokes, draw

NOW = dt.datetime(2021, 6, 16, 9, 5, tzinfo=BANGKOK)
DRAWN = draw(Strokes(320, 240, (((20.0, 100.0), (120.0, 40.0), (200.0, 120.0)),)))
ALSO_DRAWN = draw(Strokes(320, 240, (((10.0, 10.0), (200.0, 200.0)),)))
CASES = (Case("e31", "๓.๑", "*", "ไม่เซ็นชื่อ"), Case("e35", "๓.๕", "", "มีการแก้ไขข้อมูล"))
COUNTS = VillageCounts(
    total=121,
    added=1,
    checked=4,
    complete=1,
    by_case={"e31": 2},
    lacking=(("12", ("photo",)), ("~14", ("signature",)), ("15 (2)", ("photo", "signature"))),
    unchecked=("16",),
)


def paper(counts: VillageCounts = COUNTS, number: int = 1) -> Paper:
    row = Certificate(
        village_code="42070605",
        number=number,
        counts=counts.to_json(),
        as_of=NOW,
        certified_at=NOW,
        check_code="3F7KNM4A9CXT",
    )
    return Paper(
        row=row,
        areas={"village": "บ้านตัวอย่าง", "tambon": "สานตม", "district": "ภูเรือ", "province": "เลย", "moo": 5},
        cases=CASES,
        project="ติดตามความก้าวหน้า ปี 2563",
        disclaimer="มิได้เกี่ยวข้องกับการบริหารสัญญา",
        leader=Signed("บุญมี ตัวอย่าง", "ผู้ใหญ่บ้าน หมู่ 5", DRAWN),
        inspector=Signed("สมใจ ตัวอย่าง", "", ALSO_DRAWN),
        leader_signed=NOW - dt.timedelta(days=1),
        check_page="https://example.org/verify/3F7KNM4A9CXT",
        catalogue=Catalogue.load("th"),
    )


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def test_its_words_are_those_of_a_letter() -> None:
    said = paper().described()
    assert said["area"] == "หมู่ที่ ๕ บ้านตัวอย่าง ตำบลสานตม อำเภอภูเรือ จังหวัดเลย"
    assert said["as_of"] == "ข้อมูล ณ วันที่ ๑๖ มิถุนายน ๒๕๖๔ เวลา ๐๙.๐๕ น."
    assert said["counts"][0] == ["ครัวเรือนทั้งหมด", "๑๒๑"]
    assert said["counts"][1] == ["ในจำนวนนี้ไม่มีในทะเบียน", "๑"]
    assert said["cases"] == [["๓.๑", "*", "ไม่เซ็นชื่อ", "๒"], ["๓.๕", "-", "มีการแก้ไขข้อมูล", "๐"]]
    assert said["lacking"] == [
        ["๑", "๑๒", "รูปถ่าย"],
        ["๒", "ไม่มีเลขที่ ใกล้บ้าน ๑๔", "ลายมือชื่อ"],
        ["๓", "๑๕ ครัวเรือนที่ ๒", "รูปถ่ายและลายมือชื่อ"],
        ["๔", "๑๖", "ยังไม่ได้ตรวจทาน"],
    ]
    assert [who["position"] for who in said["signers"]] == ["ผู้ใหญ่บ้าน หมู่ ๕", ""]
    assert [who["date"] for who in said["signers"]] == ["วันที่ ๑๕ มิถุนายน ๒๕๖๔", "วันที่ ๑๖ มิถุนายน ๒๕๖๔"]
    assert (said["reference"], said["code"]) == ("42070605-1", "3F7K-NM4A-9CXT")


def test_a_further_certificate_says_that_it_is_one() -> None:
    assert paper().described()["further"] == ""
    assert paper(number=2).described()["further"] == "ฉบับเพิ่มเติม (ฉบับที่ ๒)"


def test_a_community_of_a_town_has_no_number() -> None:
    town = replace(paper(), areas={"village": "ตลาด", "tambon": "เมือง", "district": "เมืองเลย", "province": "เลย"})
    assert town.described()["area"] == "ชุมชนตลาด ตำบลเมือง อำเภอเมืองเลย จังหวัดเลย"


def test_an_independent_reader_finds_a4_both_drawings_and_what_is_typed_from_it() -> None:
    found = read(pdf(paper().described()))
    (page,) = found.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert len(page.images) == 2
    words = page.extract_text()
    assert "42070605-1" in words
    assert "3F7K-NM4A-9CXT" in words
    assert "https://example.org/verify/3F7KNM4A9CXT" in words
    fonts = {str(font["/BaseFont"]) for font in _fonts(found)}
    assert all("Sarabun" in font for font in fonts)


def _fonts(found: PdfReader) -> list[Any]:
    fonts: list[Any] = [page["/Resources"] for page in found.pages]
    return [font.get_object() for resources in fonts for font in resources["/Font"].values()]


@pytest.mark.parametrize("houses", [0, 299, 300])
def test_a_village_of_any_size_fits_with_its_signatures_on_the_last_page(houses: int) -> None:
    unchecked = tuple(f"{1000 + number}/12" for number in range(houses))
    found = read(pdf(paper(VillageCounts(total=houses, unchecked=unchecked)).described()))
    assert len(found.pages) == (1 if houses == 0 else 5)
    assert [len(page.images) for page in found.pages] == [0] * (len(found.pages) - 1) + [2]
    assert "3F7K-NM4A-9CXT" in found.pages[-1].extract_text()


def test_the_same_certificate_is_the_same_file() -> None:
    assert pdf(paper().described()) == pdf(paper().described())


@given(st.text(alphabet=LETTERS, min_size=CODE_LENGTH, max_size=CODE_LENGTH), st.sampled_from(["", " ", "-", " - "]))
def test_a_code_is_found_however_it_was_typed(code: str, between: str) -> None:
    assert read_code(grouped(code).replace("-", between).lower()) == code


@given(st.text(max_size=60))
def test_any_other_words_are_no_code(words: str) -> None:
    found = read_code(words)
    assert found is None or (len(found) == CODE_LENGTH and set(found) <= set(LETTERS))


def test_codes_have_no_letters_that_are_taken_for_others() -> None:
    assert not set(LETTERS) & set("0O1IL2Z5S8BUQ")
    assert len({new_code() for _ in range(100)}) == 100
