"""ตั้งค่า: a form is downloaded, changed in Excel, refused by sheet and row, compared, tried out and published."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import openpyxl
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from models.campaign import Form, FormVersion
from models.obligation import Draft, Report
from services.campaigns.folder import config_of, written
from services.campaigns.form_uploads import with_form
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.support.chat import Phone

FORM = "/desk/settings/campaigns/loei_2564/forms/followup"
_SO_FAR = re.compile(r'name="so_far" value="([^"]*)"')


def current(desk: Desk) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(desk.get(f"{FORM}/file").data))


def packed(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(desk: Desk, content: bytes, name: str = "followup.xlsx") -> TestResponse:
    return desk.post(FORM, file=(io.BytesIO(content), name))


def column(book: openpyxl.Workbook, title: str) -> int:
    return next(int(cell.column) for cell in book["survey"][1] if cell.value == title)


def row_of(book: openpyxl.Workbook, name: str) -> int:
    names = column(book, "name")
    return next(int(row[0].row) for row in book["survey"].iter_rows() if row[names - 1].value == name)


def versions(office: Office) -> int:
    with office.town.runtime.sessions() as session:
        found = select(func.count(FormVersion.id)).join(Form, Form.id == FormVersion.form_id)
        return session.scalar(found.where(Form.key == "followup")) or 0


def test_a_form_is_changed_compared_tried_out_and_published(office: Office, staff: Phone, officer: Phone) -> None:
    desk = office.signed_in(staff)
    book = current(desk)
    label = column(book, "label::ไทย (th)")
    book["survey"].cell(row_of(book, "problem_kinds"), label).value = "มีอุปสรรคใดบ้าง"
    answer = upload(desk, packed(book))
    assert answer.status_code == 303
    page = desk.get(answer.location).text
    assert "ช่องที่เปลี่ยน (1)" in page
    assert "มีอุปสรรคใดบ้าง" in page
    played = desk.get(f"{FORM}/play?of=upload").text
    for words in ("2", "1", "21 15 9"):
        played = on(desk, f"{FORM}/play?of=upload", played, words=words)
    assert "ได้รับ" not in played
    assert "ครัวเรือน" in played
    tapped = on(desk, f"{FORM}/play?of=upload", desk.get(f"{FORM}/play?of=upload").text, tap="0")
    assert "รับแล้ว: แล้วเสร็จ" in tapped
    # the wheel of a telephone is a field in which a day is typed
    playing = desk.get(f"{FORM}/play").text
    for words in ("2", "1", "21 15 9", "3150 3040 3000", "40 35 12 38 9"):
        playing = on(desk, f"{FORM}/play", playing, words=words)
    assert 'name="picked_0" value="7 มิ.ย. 64"' in playing
    wheel = {"tap": "0", "picks_0": "date"}
    assert (
        "30 มิ.ย. 64" in on(desk, f"{FORM}/play", playing, **wheel, picked_0="๓๐ มิ.ย. ๒๕๖๔").split('class="bubble"')[-1]
    )
    assert "กรุณาพิมพ์วันที่" in on(desk, f"{FORM}/play", playing, **wheel, picked_0="สักวัน")
    with office.town.runtime.sessions() as session:
        assert session.scalar(select(func.count(Draft.id))) == 0
        assert session.scalar(select(func.count(Report.id))) == 0
    assert versions(office) == 1
    assert "โดย มาลี ตัวอย่าง" in page
    desk.post(f"{FORM}/upload/publish", upload=waiting(page))
    assert versions(office) == 2
    page = desk.get(FORM).text
    assert "รุ่นที่ 2 · ใช้อยู่" in page
    assert "มาลี ตัวอย่าง" in page
    assert current(desk)["survey"].cell(row_of(book, "problem_kinds"), label).value == "มีอุปสรรคใดบ้าง"
    officer.say("รายงาน")
    with office.town.runtime.sessions() as session:
        assert session.scalar(select(FormVersion.loaded_by).order_by(FormVersion.id.desc())) is not None


def waiting(page: str) -> str:
    """The upload that a page shows."""
    found = re.search(r'name="upload" value="([0-9]+)"', page)
    assert found is not None
    return found[1]


def test_what_a_colleague_brought_meanwhile_is_neither_published_nor_dropped(office: Office, staff: Phone) -> None:
    desk, colleague = office.signed_in(staff), office.signed_in(office.town.person("วิชัย ตัวอย่าง", "staff", "42"))
    book = current(desk)
    label = column(book, "label::ไทย (th)")
    for who, words in ((desk, "มีอุปสรรคใดบ้าง"), (colleague, "พบปัญหาใด")):
        book["survey"].cell(row_of(book, "problem_kinds"), label).value = words
        upload(who, packed(book))
        if who is desk:
            shown = waiting(desk.get(f"{FORM}/upload").text)
    for deed in ("publish", "drop"):
        answer = desk.post(f"{FORM}/upload/{deed}", upload=shown)
        page = desk.get(answer.location).text
        assert "มีแบบที่ใหม่กว่านำเข้ามาแทนแล้ว" in page
        assert "โดย วิชัย ตัวอย่าง" in page
    assert versions(office) == 1
    colleague.post(f"{FORM}/upload/drop", upload=waiting(page))
    assert "มีผู้เปิดใช้หรือยกเลิกไปแล้ว" in desk.get(desk.post(f"{FORM}/upload/drop", upload=shown).location).text


def test_a_form_never_takes_the_file_of_another(office: Office) -> None:
    files = office.town.runtime.campaigns.files("loei_2564")
    config = config_of(files)
    config["forms"]["province"]["file"] = "followup.xlsx"
    taken = {**files, "followup.xlsx": b"the province's", "campaign.yaml": written(config)}
    new = with_form(taken, "followup", "mine.xlsx", b"new")
    assert new["followup.xlsx"] == b"the province's"
    assert new[config_of(new)["forms"]["followup"]["file"]] == b"new"
    assert new.keys() - taken.keys() == {"followup_2.xlsx"}


def on(desk: Desk, path: str, page: str, **fields: str) -> str:
    so_far = _SO_FAR.search(page)
    assert so_far is not None
    return desk.post(path, so_far=unescape(so_far[1]), **fields).text


def test_a_file_that_cannot_be_used_is_told_by_sheet_and_row_and_changes_nothing(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    book = current(desk)
    row = row_of(book, "problem_kinds")
    book["survey"].cell(row, column(book, "type")).value = "intger"
    wrong = upload(desk, packed(book))
    assert wrong.status_code == 422
    assert f"แถว {row}" in wrong.text
    assert "intger" in wrong.text
    macros = io.BytesIO(packed(current(desk)))
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    for content, name, told in (
        (b"%PDF-1.4", "letter.pdf", "ไฟล์ต้องเป็น Excel"),
        (b"not a workbook", "followup.xlsx", "เปิดไฟล์ไม่ได้"),
        (macros.getvalue(), "followup.xlsx", "มาโคร"),
    ):
        assert told in upload(desk, content, name).text
    large = desk.client.post(FORM, data=b"x" * 6_000_000, content_type="multipart/form-data; boundary=x")
    assert large.status_code == 413
    assert "ใหญ่เกินกำหนด" in large.text
    without = current(desk)
    without["survey"].delete_rows(row_of(without, "t3_hh_checked"))
    assert upload(desk, packed(without)).status_code == 422
    without = current(desk)
    without["survey"].cell(row_of(without, "t4_fix_dup_names"), column(without, "name")).value = "doubles"
    page = desk.get(upload(desk, packed(without)).location).text
    assert "แบบรายงานไม่มีช่อง t4_fix_dup_names" in page
    assert 'lang="en"' not in page.split("<main")[1]
    desk.post(f"{FORM}/upload/drop", upload=waiting(page))
    assert versions(office) == 1
    assert desk.get(f"{FORM}/upload").status_code == 303
