"""Reports as data, read back with other people's libraries."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from sqlalchemy import delete, select

from models.campaign import Campaign
from models.obligation import Answer, Obligation, Report
from services.exports.files import WITH_XML, WRITERS
from services.exports.reports import COLUMNS, ReportRow, Wanted, boxes_of, report_rows
from tests.support.chat import Town
from tests.support.reported import reported_town

NOTE = "นอกเหนือจากการบริหารสัญญา"
REPORTED = 8
"""Districts of the demonstration that have sent round 1."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with reported_town(tmp_path_factory.mktemp("exports")) as town:
        yield town


def _written(town: Town, kind: str, **changes: object) -> bytes:
    with town.runtime.sessions() as session:
        campaign = session.scalars(select(Campaign.id)).one()
        wanted = Wanted(campaign, "followup", xml=kind in WITH_XML, **changes)  # type: ignore[arg-type]  # names are Wanted's own
        out = io.BytesIO()
        forms = town.runtime.forms
        WRITERS[kind](out, report_rows(session, forms, wanted), boxes_of(session, forms, wanted), NOTE)
        return out.getvalue()


def _reports(town: Town, **changes: object) -> list[dict[str, Any]]:
    found = json.loads(_written(town, "json", **changes))
    assert found["note"] == NOTE
    return list(found["reports"])


def _stored(town: Town, area: str) -> dict[str, float]:
    with town.runtime.sessions() as session:
        rows = session.execute(
            select(Answer.name, Answer.number)
            .join(Report, Report.id == Answer.report_id)
            .join(Obligation, Obligation.id == Report.obligation_id)
            .where(Obligation.area_code == area, Answer.number.is_not(None))
        )
        return {name: number for name, number in rows if number is not None}


def test_the_csv_opens_in_excel_and_holds_every_number(town: Town) -> None:
    raw = _written(town, "csv")
    *rows, _note = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))

    assert raw.startswith(b"\xef\xbb\xbf")
    assert (len(rows), raw.decode("utf-8-sig").splitlines()[-1]) == (REPORTED, NOTE)
    for row in rows:
        assert {name: float(row[name]) for name in _stored(town, row["area_code"])} == _stored(town, row["area_code"])


def test_the_workbook_holds_numbers_as_numbers(town: Town) -> None:
    page = openpyxl.load_workbook(io.BytesIO(_written(town, "xlsx"))).worksheets[0]
    heads, *rows, note = page.iter_rows(values_only=True)
    found = {row[heads.index("area_code")]: row for row in rows}

    assert found["4201"][heads.index("t3_hh_checked")] == 15742
    assert (len(found), note[0]) == (REPORTED, NOTE)


def test_json_says_what_the_csv_says(town: Town) -> None:
    reports = _reports(town)

    assert len(reports) == REPORTED
    assert {row["area_code"]: row["values"]["t3_hh_checked"] for row in reports}["4201"] == 15742


def test_a_report_without_a_place_is_a_feature_without_geometry(town: Town) -> None:
    layer = json.loads(_written(town, "geojson"))

    assert layer["type"] == "FeatureCollection"
    assert [feature["geometry"] for feature in layer["features"]] == [None] * REPORTED


def test_a_place_is_longitude_first_and_hours_in_a_text_are_none() -> None:
    values = {"hours": "08.30 16.30", "place": "17.48 101.72 0 0"}
    row = ReportRow(**{**dict.fromkeys(COLUMNS, ""), "id": 1, "duty": "", "values": values})  # type: ignore[arg-type]  # words suffice here
    out = io.BytesIO()
    WRITERS["geojson"](out, [row], (), NOTE)
    assert json.loads(out.getvalue())["features"][0]["geometry"]["coordinates"] == [101.72, 17.48]


def test_the_submissions_are_xml_that_odk_takes(town: Town) -> None:
    archive = zipfile.ZipFile(io.BytesIO(_written(town, "zip")))
    roots = [ET.fromstring(archive.read(name)) for name in archive.namelist() if name != "NOTE.txt"]  # noqa: S314 - our own file

    assert len(roots) == REPORTED
    assert all(root.find(".//{*}instanceID") is not None for root in roots)


def test_who_may_see_one_district_gets_no_other(town: Town) -> None:
    assert {row["area_code"] for row in _reports(town, area="4202")} == {"4202"}


def test_a_cursor_gives_only_what_came_after_it(town: Town) -> None:
    reports = _reports(town)
    seen = reports[2]["id"]

    assert [row["id"] for row in _reports(town, after=seen)] == [row["id"] for row in reports[3:]]


def test_pages_join_without_a_gap(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _reports(town)
    monkeypatch.setattr("services.exports.reports.PAGE", 3)

    assert _reports(town) == whole


def test_a_report_that_came_in_a_moment_ago_is_not_blank(town: Town) -> None:
    whole = _reports(town)
    with town.runtime.sessions() as session:
        kept = list(session.scalars(select(Answer)))
    try:
        with town.runtime.sessions() as session, session.begin():
            session.execute(delete(Answer))
        assert _reports(town) == whole
        heads = next(csv.reader(io.StringIO(_written(town, "csv").decode("utf-8-sig"))))
        assert "t3_hh_checked" in heads
    finally:
        with town.runtime.sessions() as session, session.begin():
            for row in kept:
                session.merge(row)


def test_writing_them_leaves_the_callers_session_alone(town: Town) -> None:
    with town.runtime.sessions() as session:
        campaign = session.scalars(select(Campaign)).one()
        list(report_rows(session, town.runtime.forms, Wanted(campaign.id, "followup")))
        assert campaign in session


def test_what_was_pasted_from_a_word_processor_spoils_no_table(town: Town) -> None:
    row = ReportRow(**{**dict.fromkeys(COLUMNS, ""), "id": 1, "duty": "", "values": {"a": "ถนน\x0bขาด\x01", "b": "=1"}})  # type: ignore[arg-type]  # words suffice here
    out = io.BytesIO()
    WRITERS["xlsx"](out, [row], ("a", "b"), NOTE)
    heads, first, _note = openpyxl.load_workbook(out).worksheets[0].iter_rows()
    found = {head.value: (cell.value, cell.data_type) for head, cell in zip(heads, first, strict=True)}

    assert (found["a"], found["b"]) == (("ถนน\nขาด", "s"), ("=1", "s"))
