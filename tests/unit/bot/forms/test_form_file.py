"""What an author of a form file is told, and what of the file is read."""

from __future__ import annotations

import csv
import io
from xml.etree.ElementTree import fromstring

import pytest
from openpyxl import Workbook

from bot.forms import workshop, xform, xlsform
from bot.forms.compiled import Kind
from bot.forms.environment import Known
from bot.forms.files import FILE_CAP
from bot.forms.load import compile_xform, compile_xlsform
from bot.forms.problems import FormError, FormProblem
from bot.forms.submission import to_xml
from bot.forms.values import answer, start
from tests.unit.bot.forms.sheets import (
    GROUP_END,
    KNOWN,
    MONDAY,
    YES_NO,
    Row,
    calculate,
    form_of,
    number,
    refused,
    text_of,
)

ROWS = [["type", "name", "label"], ["integer", "a", "Number of ${b}"], ["text", "b", "Place"]]


def workbook() -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "survey"
    for row in ROWS:
        page.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def comma_separated() -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([["survey", "", "", ""], *[["", *row] for row in ROWS]])
    return text.getvalue().encode()


@pytest.mark.parametrize(("data", "name"), [(workbook(), "f.xlsx"), (comma_separated(), "F.CSV")])
def test_spreadsheets_and_comma_separated_files_are_read(data: bytes, name: str) -> None:
    assert list(compile_xlsform(data, name).questions)[:2] == ["a", "b"]


def test_the_kept_xform_gives_the_same_form_again() -> None:
    form = form_of([number("a"), {"type": "text", "name": "b"}])
    again = compile_xform(form.xform)
    assert (again.content_hash, list(again.questions)) == (form.content_hash, list(form.questions))


def test_kinds_are_told_apart() -> None:
    form = form_of(
        [
            number("i"),
            {"type": "decimal", "name": "d"},
            {"type": "text", "name": "t"},
            {"type": "text", "name": "shown", "read_only": "yes", "default": "x"},
            {"type": "date", "name": "day"},
            {"type": "time", "name": "clock"},
            {"type": "dateTime", "name": "both"},
            {"type": "select_one yn", "name": "one"},
            {"type": "select_multiple yn", "name": "many"},
            {"type": "note", "name": "n"},
            {"type": "acknowledge", "name": "ok"},
            calculate("c", "1"),
            {"type": "hidden", "name": "h", "label": ""},
            {"type": "today", "name": "when", "label": ""},
        ],
        YES_NO,
    )
    kinds = {name: question.kind for name, question in form.questions.items() if name != "instanceID"}
    assert list(kinds.values()) == [
        Kind.INTEGER,
        Kind.DECIMAL,
        Kind.TEXT,
        Kind.TEXT,
        Kind.DATE,
        Kind.TIME,
        Kind.DATETIME,
        Kind.SELECT_ONE,
        Kind.SELECT_MULTIPLE,
        Kind.NOTE,
        Kind.ACKNOWLEDGE,
        Kind.CALCULATE,
        Kind.HIDDEN,
        Kind.META,
    ]
    assert [step.name for step in form.steps if step.asked] == [
        "i",
        "d",
        "t",
        "day",
        "clock",
        "both",
        "one",
        "many",
        "ok",
    ]


def only(problems: tuple[FormProblem, ...]) -> FormProblem:
    (problem,) = problems
    return problem


@pytest.mark.parametrize(
    ("rows", "what", "row", "args"),
    [
        ([number("a", constraint="frobnicate(.)")], "unsupported_function", 2, {"function": "frobnicate"}),
        ([number("a"), number("b", relevant="substr(${a})")], "wrong_arguments", 3, {"about": "substr"}),
        ([number("a", relevant="1 +")], "bad_expression", 2, {"column": "relevant"}),
        ([number("a", default="instance('towns')/root/x")], "unknown_instance", 2, {"about": "towns"}),
        ([{"type": "csv-external", "name": "towns"}, number("a")], "external_file", 2, {"name": "towns"}),
        ([number("a"), calculate("c", "${d}"), calculate("d", "${c} + 1")], "cycle", 3, {"names": "c, d"}),
        ([number("a", relevant="${a} > 1")], "cycle", 2, {"name": "a"}),
        ([number("a", relevant="(" * 70 + "1" + ")" * 70)], "expression_too_deep", 2, {}),
        ([number("a", relevant="1" + " + 1" * 6000)], "expression_too_long", 2, {}),
    ],
)
def test_faults_are_named_with_their_row(rows: list[Row], what: str, row: int | None, args: dict[str, str]) -> None:
    problem = only(refused(rows))
    assert (problem.what, problem.row) == (what, row)
    assert problem.sheet == ("survey" if row else "")
    assert args.items() <= problem.args.items()


def test_all_faults_are_told_at_once() -> None:
    problems = refused([number("a", constraint="f(.)"), number("b", relevant="g(.)")])
    assert [(problem.row, problem.args["function"]) for problem in problems] == [(2, "f"), (3, "g")]


def test_boxes_of_one_name_in_different_groups_are_told_apart_by_their_paths() -> None:
    rows: list[Row] = [
        {"type": "begin_group", "name": "mother"},
        number("age"),
        {"type": "begin_group", "name": "home"},
        number("rooms"),
        GROUP_END,
        GROUP_END,
        {"type": "begin_group", "name": "father"},
        number("age", constraint=". > 12"),
        {"type": "begin_group", "name": "home"},
        number("beds"),
        GROUP_END,
        GROUP_END,
        number("mother_age"),
    ]
    form = form_of(rows)
    assert list(form.questions)[:5] == ["mother/age", "rooms", "father/age", "beds", "mother_age"]
    assert list(form.groups) == ["mother", "mother/home", "father", "father/home"]
    values = answer(start(form, Known(), MONDAY, "s"), {"mother/age": "3", "father/age": "9", "rooms": "1"})
    assert [problem.name for problem in values.problems()] == ["father/age"]
    root = fromstring(to_xml(values, "uuid:1"))  # noqa: S314 - our own text
    assert [root.findtext(path) for path in ("mother/age", "father/age", "mother/home/rooms")] == ["3", "9", "1"]


def test_a_form_that_asks_nothing_is_a_form() -> None:
    form = form_of([calculate("c", "1 + 1")])
    values = start(form, Known(), MONDAY, "s")
    assert (values.get("c"), values.due(), form.asked_steps) == ("2", (), ())


def test_what_pyxform_refuses_comes_with_its_words_and_row() -> None:
    problem = only(refused([number("a"), {"type": "frobnicate", "name": "b"}]))
    assert (problem.what, problem.sheet, problem.row) == ("pyxform", "survey", 3)
    assert "frobnicate" in problem.args["message"]
    assert "survey row 3: pyxform" in str(FormError([problem]))


def test_entities_are_kept_in_the_submission() -> None:
    rows: list[Row] = [{**number("height"), "save_to": "height"}]
    text = text_of(rows) + b"| entities |\n| | list_name | label |\n| | trees | concat('tree ', ${height}) |\n"
    form = compile_xlsform(text, "form.md")
    assert b"entities:saveto" in form.xform
    values = answer(start(form, Known(), MONDAY, "s"), {"height": "12"})
    root = fromstring(to_xml(values, "uuid:1"))  # noqa: S314 - our own text
    entity = root.find("meta/entity")
    assert entity is not None
    assert (entity.get("dataset"), entity.get("create"), entity.findtext("label")) == ("trees", "1", "tree 12")
    assert len(entity.get("id", "")) == 36


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"", "form.pdf", "file_type"),
        (b"not a zip", "form.xlsx", "unreadable"),
        (b"\0\1\2", "form.xls", "unreadable"),
        (b"\xff\xfe", "form.md", "unreadable"),
        (b" " * (FILE_CAP + 1), "form.md", "too_big"),
    ],
)
def test_files_that_are_no_forms_are_refused(data: bytes, name: str, what: str) -> None:
    with pytest.raises(FormError) as caught:
        compile_xlsform(data, name)
    assert caught.value.problems[0].what in {what, "pyxform"}


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsform, "UNPACKED_CAP", 1000)
    with pytest.raises(FormError) as caught:
        compile_xlsform(workbook(), "form.xlsx")
    assert caught.value.problems[0].what == "too_big"


@pytest.mark.parametrize(
    "xml",
    [
        b"<oops",
        b"<html/>",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
    ],
)
def test_a_document_that_is_no_xform_is_refused(xml: bytes) -> None:
    with pytest.raises(FormError) as caught:
        compile_xform(xml)
    assert caught.value.problems[0].what == "not_a_form"
    assert "not_a_form" in str(caught.value)


def test_sizes_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    xml = form_of([number("a"), number("b")]).xform
    monkeypatch.setattr(workshop, "NODE_CAP", 2)
    with pytest.raises(FormError, match="too_big"):
        compile_xform(xml)
    monkeypatch.setattr(xform, "SIZE_CAP", 10)
    with pytest.raises(FormError, match="too_big"):
        compile_xform(xml)


def test_too_many_choices_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "CHOICE_CAP", 1)
    assert only(refused([{"type": "select_one yn", "name": "a"}], YES_NO)).what == "too_many_choices"


def test_a_form_that_never_ends_is_refused() -> None:
    rows = [number(f"n{index}") for index in range(60)]
    slow = calculate("slow", "count(//*[count(//*[count(//*) > 0]) > 0])")
    problem = only(refused([*rows, slow]))
    assert (problem.what, problem.row, problem.args["name"]) == ("too_much_work", 62, "slow")


def test_the_known_instance_needs_no_file() -> None:
    form = form_of([KNOWN, number("a", default="instance('known')/root/x")])
    assert form.questions["a"].known == ("x",)
