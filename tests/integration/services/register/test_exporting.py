from __future__ import annotations

import io

import openpyxl
import pytest
from sqlalchemy import select

from models.area import Area
from models.register import ImportRun
from tests.integration.services.register.conftest import NEIGHBOUR, VILLAGE, Office

HEADS = "village_code,house_no,near,position,head_name,volunteer_code,has_photo,survey_year,surveyed_on,members"
ROWS = (
    f"{VILLAGE},12,,5,=นายสูตร,A-01,มี,2563,16/3/2563,4",
    f"{VILLAGE},12,,5,=นายสูตร,A-01,มี,2562,16/3/2562,4",
    f"{VILLAGE},,วัดป่า,7,,A-01/A-02,ไม่มี,,,",
    f"{NEIGHBOUR},12/3,,1,+66,,,2563,,",
)


@pytest.fixture
def filled(office: Office) -> Office:
    office.load("villages", "code,name,households", f"{VILLAGE},บ้านห้า,2", f"{NEIGHBOUR},@บ้านหก,")
    office.load("volunteers", "volunteer_code,name,area_code", f"A-01,นางหนึ่ง,{VILLAGE}", "A-02,นางสอง,420706")
    office.load("households", HEADS, *ROWS)
    return office


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("locale", ["th", "en"])
@pytest.mark.parametrize("kind", ["villages", "households", "volunteers"])
def test_importing_an_export_changes_nothing(filled: Office, kind: str, form: str, locale: str) -> None:
    file = io.BytesIO(filled.exported(kind, form, locale=locale))
    done = filled.register.import_table(kind, file, f"{kind}.{form}")
    rows = {"villages": 2, "households": 4, "volunteers": 2}[kind]
    assert done.tally.figures() == {
        "rows_read": rows,
        "added": 0,
        "changed": 0,
        "same": rows,
        "refused": 0,
        "vanished": 0,
        "removed": 0,
    }
    assert done.left_out == ()


def test_no_cell_of_an_export_is_a_formula(filled: Office) -> None:
    text = filled.exported("households").decode("utf-8-sig")
    assert "'=นายสูตร" in text
    assert "'+66" in text
    book = openpyxl.load_workbook(io.BytesIO(filled.exported("households", "xlsx")))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert filled.exported("villages").startswith(b"\xef\xbb\xbf")


def test_an_export_of_an_area_holds_only_what_lies_in_it(filled: Office) -> None:
    whole, part = filled.exported("households").decode(), filled.exported("households", area=NEIGHBOUR).decode()
    assert (whole.count("\r\n"), part.count("\r\n")) == (5, 2)
    assert filled.exported("villages", area=VILLAGE).decode().count("\r\n") == 2
    assert filled.exported("volunteers", area="4207").decode().count("\r\n") == 3
    assert filled.exported("volunteers", area="4208").decode().count("\r\n") == 1


def test_the_rows_of_a_workbook_are_told_by_sheet_and_other_sheets_are_left_out(filled: Office) -> None:
    book = openpyxl.Workbook()
    book.active.title = "หน้าปก"
    book.active.append(["ทะเบียน"])
    for name, house in (("หมู่ 5", 14), ("หมู่ 6", 15)):
        sheet = book.create_sheet(name)
        sheet.append(["รหัสหมู่บ้าน", "บ้านเลขที่", "ปี"])
        sheet.append([int(VILLAGE), house, 2563])
        sheet.append([int(VILLAGE), None, 2563])
    file = io.BytesIO()
    book.save(file)
    done = filled.register.import_table("households", file, "book.xlsx")
    assert done.tally.counts.added == 2
    assert [(fault.sheet, fault.row, fault.what) for fault in done.faults] == [
        ("หมู่ 5", 3, "house_missing"),
        ("หมู่ 6", 3, "house_missing"),
    ]
    assert done.sheets_left_out == ("หน้าปก",)
    assert filled.rows(select(ImportRun.kind).order_by(ImportRun.id))[-1] == ("households",)
    assert filled.rows(select(Area.code).where(Area.kind == "village")) != []
