"""A day of the province: a report arrives, a box goes back and comes again, and the compiled report is made."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.product.conftest import NA_HAEO
from tests.e2e.rounds import AGREE, NONE, SEND, report
from tests.support.people import SOMJAI, officer_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.support.people import Someone
    from tests.support.stage import Stage

DAN_SAI, PHU_LUANG, ERAWAN = (officer_of(code) for code in ("4205", "4211", "4213"))
QUICK_POLL = "const wait = window.setInterval; window.setInterval = (work, time) => wait(work, time / 30);"


def finish(officer: Someone) -> str:
    """The report of ด่านซ้าย, of which the demonstration has left three questions open."""
    officer.say("รายงาน")
    officer.say("0")
    officer.tap(AGREE)
    officer.tap(NONE)
    return officer.tap(SEND)


@pytest.fixture
def thirteen(stage: Stage) -> None:
    """All but ปากชม have reported; ภูเรือ follows in the test itself."""
    for user in (NA_HAEO, PHU_LUANG, ERAWAN):
        report(stage.someone(user))
    finish(stage.someone(DAN_SAI))
    stage.settle()


@pytest.mark.usefixtures("thirteen")
def test_a_report_arrives_a_box_goes_back_and_comes_again_and_thirteen_of_fourteen_are_compiled(
    stage: Stage, signed_in: Page, tmp_path: Path
) -> None:
    desk, officer = signed_in, stage.someone(SOMJAI)
    desk.add_init_script(QUICK_POLL)
    desk.goto(desk.url)
    row = desk.get_by_role("row", name=re.compile("^ภูเรือ"))
    expect(row).to_contain_text("ยังไม่เริ่ม")
    report(officer)
    expect(row).to_contain_text("ส่งแล้ว")
    row.get_by_role("link").first.click()

    # three clicks: the cell, a ready reason, send
    desk.get_by_role("link", name=re.compile("^3,040")).click()
    desk.get_by_role("radio").first.check()
    before = officer.last_seq()
    desk.get_by_role("button", name="ส่งคืน").click()
    expect(desk.get_by_role("status")).to_be_visible()
    officer.waits_for("ช่อง 9", before)
    officer.say("2990")
    officer.tap("ยืนยันส่งอีกครั้ง")
    stage.settle()

    # what was given back here comes first
    desk.get_by_role("link", name="รายงาน", exact=True).click()
    first = desk.get_by_role("row").nth(1)
    expect(first).to_contain_text("ภูเรือ")
    first.get_by_role("link", name="ภูเรือ").click()
    expect(desk.get_by_role("link", name=re.compile("^2,990"))).to_be_visible()
    desk.get_by_role("button", name="รับรอง", exact=True).click()
    expect(desk.get_by_text("รับรองแล้ว").first).to_be_visible()

    # two clicks: the round, and the three formats that are ticked
    desk.get_by_role("link", name="รายงาน", exact=True).click()
    desk.get_by_role("link", name="ออกรายงานรวมครั้งที่ 1").click()
    expect(desk.get_by_text("13 จาก 14")).to_be_visible()
    with desk.expect_download() as made:
        desk.get_by_role("button", name="ออกเอกสาร").click()
    made.value.save_as(tmp_path / "compiled.zip")
    with zipfile.ZipFile(tmp_path / "compiled.zip") as files:
        assert {name.rpartition(".")[2] for name in files.namelist()} == {"xlsx", "docx", "pdf"}
        book = next(name for name in files.namelist() if name.endswith("xlsx"))
        sheet = openpyxl.load_workbook(io.BytesIO(files.read(book))).active
        words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("13 จาก 14" in text for text in words)
    assert sum("ยังไม่รายงาน" in text for text in words) >= 1
