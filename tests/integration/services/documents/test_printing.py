"""Official documents of a round that is under way, opened by readers that are not ours."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx
import openpyxl
import pypdfium2 as pdfium
import pytest
from PIL import Image
from sqlalchemy import func, select

from models.campaign import Campaign, Round
from models.obligation import Answer, Obligation, Report
from services.documents.paper import Cell, Column, Document, Sheet, Table
from services.documents.printing import Documents
from services.documents.writers.docx import write_docx
from services.documents.writers.pdf import write_pages, write_pdf
from services.documents.writers.xlsx import write_xlsx
from tests.support.chat import Town
from tests.support.reported import reported_town

MUEANG = "4201"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Eight of fourteen districts have reported round 1."""
    with reported_town(tmp_path_factory.mktemp("documents")) as town:
        yield town


def _documents(town: Town, area: str | None) -> Document:
    runtime = town.runtime
    with runtime.sessions() as session:
        campaign = session.scalars(select(Campaign)).one()
        printed = Documents(session, runtime.forms, runtime.texts.catalogue("th", campaign), town.clock.now())
        if area is None:
            rnd = session.scalars(select(Round.id).where(Round.number == 1, Round.duty == "")).one()
            return printed.of_round(rnd, "followup")
        found = select(Report.id).join(Obligation).where(Obligation.area_code == area)
        return printed.of_report(session.scalars(found).one())


def _sums(town: Town) -> dict[str, int]:
    """Of the districts' boxes, as the database has them."""
    with town.runtime.sessions() as session:
        rows = session.execute(
            select(Answer.box, func.sum(Answer.number))
            .join(Report, Report.id == Answer.report_id)
            .join(Obligation, Obligation.id == Report.obligation_id)
            .where(func.length(Obligation.area_code) == len(MUEANG), Answer.number.is_not(None))
            .group_by(Answer.box)
        )
        return {box: int(total or 0) for box, total in rows}


def test_the_spreadsheet_of_a_round_holds_the_numbers_of_the_database_and_no_zero_for_silence(town: Town) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(_documents(town, None))))
    (page,) = book.worksheets
    rows = {str(row[0].value): row for row in page.iter_rows() if row[0].value}
    total = next(row for name, row in rows.items() if name.startswith("รวม 8 จาก 14"))

    sums = _sums(town)
    wanted = ("t3_villages_total", "t3_villages_checked", "t3_certificates", "t3_hh_target", "t3_hh_checked")
    assert [cell.value for cell in total[2:7]] == [sums[box] for box in wanted]
    assert rows["ภูเรือ"][1].value == "ยังไม่รายงาน"
    assert all(cell.value is None for cell in rows["ภูเรือ"][2:])
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows is not None
    assert any("มิได้เกี่ยวข้องกับการบริหารสัญญา" in str(row[0].value) for row in page.iter_rows())


def test_every_number_of_a_district_stands_in_the_spreadsheet_as_a_number(town: Town) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(_documents(town, MUEANG))))
    boxes = {row[0].value: row[2].value for row in book.worksheets[1].iter_rows()}

    with town.runtime.sessions() as session:
        report = session.scalars(select(Report).join(Obligation).where(Obligation.area_code == MUEANG)).one()
        stored = session.execute(
            select(Answer.name, Answer.number).where(Answer.report_id == report.id, Answer.number.is_not(None))
        ).all()
        form = town.runtime.forms.get(session, report.form_version_id)
    numbered = {form.questions[name].box: int(number or 0) for name, number in stored if form.questions[name].box}
    assert len(numbered) > 15
    assert {box: boxes[str(box)] for box in numbered} == numbered


def test_the_word_file_has_thai_in_the_offices_font_and_a_heading_that_repeats(town: Town) -> None:
    word = docx.Document(io.BytesIO(write_docx(_documents(town, MUEANG))))
    cells = [cell.text for row in word.tables[1].rows for cell in row.cells]

    assert any("ตรวจทานแล้ว ๑๕,๗๔๒ จาก ๒๗,๗๐๘ ครัวเรือน" in text for text in cells)
    assert any("๑๒,๕๐๖,๒๔๐" in text for text in cells)
    xml = word.element.xml
    assert 'w:cs="TH Sarabun New"' in word.styles.element.xml
    assert xml.count("w:tblHeader") >= 2
    assert (word.sections[1].page_width or 0) > (word.sections[1].page_height or 0) > 0


def test_the_pdf_has_every_district_once_on_numbered_pages(town: Town) -> None:
    pdf = pdfium.PdfDocument(write_pdf(_documents(town, None)))
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)

    assert "93,582" in text
    assert f"{len(pdf)}/{len(pdf)}" in text
    assert len(re.findall("ยังไม่รายงาน", text)) == 6
    assert "มิได้เกี่ยวข้องกับการบริหารสัญญา" in text


def test_a_page_can_be_looked_at_as_a_picture(town: Town) -> None:
    pages = [Image.open(io.BytesIO(page)) for page in write_pages(_documents(town, MUEANG))]

    letter, form, boxes = pages[0], pages[1], pages[-1]
    assert letter.height > letter.width > 600
    assert form.width > form.height
    assert boxes.height > boxes.width


def test_the_letter_stands_before_the_form_in_the_offices_order_with_blanks_for_number_and_name(town: Town) -> None:
    word = docx.Document(io.BytesIO(write_docx(_documents(town, MUEANG))))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    parts = [
        "ด่วนที่สุด",
        "มิถุนายน ๒๕๖๔",
        "เรื่อง",
        "เรียน",
        "อ้างถึง",
        "สิ่งที่ส่งมาด้วย",
        "จึงเรียนมาเพื่อโปรดทราบ",
        "ขอแสดงความนับถือ",
        "นายอำเภอเมืองเลย",
    ]

    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "(....." in text
    assert "ลย ............/............" in word.tables[0].cell(0, 0).text
    assert (word.sections[0].page_width or 0) < (word.sections[0].page_height or 0)


def test_the_compiled_letter_says_of_how_many_districts_it_speaks(town: Town) -> None:
    letter = _documents(town, None).letter

    assert letter is not None
    assert any("๘ จาก ๑๔ อำเภอ" in line for line in letter.body)
    assert letter.to == "อธิบดีกรมการพัฒนาชุมชน"


def test_words_that_no_file_can_carry_spoil_no_document() -> None:
    table = Table((Column("ก", 10),), ((Cell("ถนน\x0bขาด\x01"),),))
    document = Document("x", (Sheet("x", (), (), table),))

    assert docx.Document(io.BytesIO(write_docx(document))).tables[0].cell(1, 0).text == "ถนน\nขาด"
    assert openpyxl.load_workbook(io.BytesIO(write_xlsx(document))).worksheets[0].cell(2, 1).value == "ถนน\nขาด"
