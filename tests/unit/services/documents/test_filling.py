import datetime as dt

import pytest

from services.documents.filling import DistrictRow, compiled_sheet, form_sheet
from services.documents.paper import Align, Cell, Column, Table
from services.documents.spec import compiled_spec, form_spec
from services.documents.templates import Printer
from services.documents.writers.heading import Title, head_rows

PRINTER = Printer(lambda day: day.isoformat())
FORM = form_spec(
    {
        "form": "f",
        "title": ["Form of {{ area }}"],
        "columns": [{"title": "a", "width": 1}, {"title": "b", "width": 2}],
        "sentences": {"both": "{{ one }} of {{ two }}"},
        "rows": [["1", "{{ both }}"]],
        "notes": ["{% if remark %}{{ remark }}{% endif %}"],
        "thai_digits": True,
    }
)
ROUND = compiled_spec(
    {
        "form": "f",
        "title": ["Round {{ round }}"],
        "first": "district",
        "missing": "not reported",
        "total": "{{ reports }} of {{ districts }}",
        "columns": [{"box": "one", "title": "One", "width": 5}, {"box": "day", "title": "Day", "width": 5}],
        "each": "{% if remark %}{{ area }}: {{ remark }}{% endif %}",
    }
)


def test_a_sentence_is_used_in_a_cell_and_digits_follow_the_switch() -> None:
    sheet = form_sheet(FORM, {"one": 3150, "two": 6240, "area": "X", "remark": None}, PRINTER, "no contract")

    assert sheet.table.rows == ((Cell("๑"), Cell("๓,๑๕๐ of ๖,๒๔๐")),)
    assert sheet.title == ("Form of X",)
    assert sheet.notes == ("no contract",)


def test_who_has_not_reported_stands_as_such_and_is_in_no_sum() -> None:
    rows = [
        DistrictRow("A", {"one": 5, "day": dt.date(2021, 6, 11), "remark": "rain"}),
        DistrictRow("B", None),
        DistrictRow("C", {"one": 0, "day": None, "remark": None}),
    ]

    sheet = compiled_sheet(
        ROUND, rows, {"round": 1, "reports": 2, "districts": 3, "due": "", "as_of": ""}, PRINTER, "d"
    )

    assert sheet.table.rows[1] == (Cell("B"), Cell("not reported", span=2))
    assert sheet.table.rows[2][1] == Cell("0", 0)
    assert sheet.table.rows[3] == (Cell("2 of 3", bold=True), Cell("5", 5, bold=True), Cell(bold=True))
    assert sheet.notes == ("A: rain", "d")
    assert [column.align for column in sheet.table.columns] == [Align.LEFT, Align.RIGHT, Align.LEFT]


def test_a_column_that_nobody_answered_has_no_sum() -> None:
    sheet = compiled_sheet(ROUND, [DistrictRow("A", None)], {"round": 1, "reports": 0, "districts": 1}, PRINTER, "")

    assert sheet.table.rows[-1][1] == Cell(bold=True)


def test_a_table_whose_rows_do_not_fit_its_columns_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="1 of 2"):
        Table((Column("a", 1), Column("b", 1)), ((Cell("x"),),))


def test_columns_of_one_group_stand_under_one_heading() -> None:
    table = Table((Column("a", 1), Column("b", 1, "g"), Column("c", 1, "g"), Column("d", 1)), ())

    assert head_rows(table) == (
        (Title("a", 0, down=2), Title("g", 1, across=2), Title("d", 3, down=2)),
        (Title("b", 1), Title("c", 2)),
    )
