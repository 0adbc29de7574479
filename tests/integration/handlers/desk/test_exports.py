"""Files of reports and photos: asked for on the page, made by the worker, fetched by whoever may see their area."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from sqlalchemy import select

from models.export import Export, ExportState
from models.obligation import Report
from models.work import Audit
from services.exports import photos as photos_module
from services.exports.making import ExportMaking
from services.exports.ordering import KEPT
from services.owed import GoesOnError
from tests.integration.handlers.desk.conftest import VILLAGE, Desk, Office, photo_of
from tests.integration.services.towns import one, report, rows
from tests.support.chat import Phone

ALL = {"kind": "reports", "form": "followup", "area": "4207", "format": "csv"}


def made(office: Office, desk: Desk, **wanted: str) -> Export:
    """Asked for on the page, made by the worker; returns the row."""
    assert desk.post("/desk/exports", **wanted).status_code == 303
    office.town.work()
    return rows(office.town, select(Export).order_by(Export.id))[-1]


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_reports_are_asked_for_made_and_fetched_and_that_is_written_down(office: Office, officer: Phone) -> None:
    report(officer)
    desk = office.signed_in(officer)
    row = made(office, desk, **ALL, round="1")
    assert (row.state, row.done, row.total) == (ExportState.READY.value, 1, 1)
    page = desk.get("/desk/exports").text
    assert f"/desk/exports/{row.id}/1" in page
    fetched = desk.get(f"/desk/exports/{row.id}/1")
    assert fetched.headers["Content-Disposition"].endswith('.csv"')
    heads, *lines, note = csv.reader(io.StringIO(fetched.data.decode("utf-8-sig")))
    assert [line[heads.index("area_code")] for line in lines] == ["4207"]
    assert "มิได้เกี่ยวข้องกับการบริหารสัญญา" in note[0]
    noted = one(office.town, select(Audit).where(Audit.action == "exported_reports"))
    assert (noted.subject, noted.area_code, noted.detail["rows"]) == (f"export {row.id}", "4207", 1)
    staff = office.signed_in(office.town.person("มาลี ตัวอย่าง", "staff", "42"))
    assert "ดาวน์โหลดรายงาน 1 รายงาน" in staff.get("/desk/settings/looks").text


def test_nobody_asks_for_or_fetches_what_lies_outside_their_area(office: Office, staff: Phone, officer: Phone) -> None:
    province = office.signed_in(staff)
    row = made(office, province, **{**ALL, "area": "42"})
    district = office.signed_in(officer)
    assert f"/desk/exports/{row.id}/1" not in district.get("/desk/exports").text
    assert district.get(f"/desk/exports/{row.id}/1").status_code == 404
    for wrong in (
        {"area": "42"},
        {"area": "4206"},
        {"form": "tax"},
        {"format": "exe"},
        {"kind": "people"},
        {"round": "x"},
    ):
        assert (wrong, district.post("/desk/exports", **{**ALL, **wrong}).status_code) == (wrong, 404)
    assert province.get(f"/desk/exports/{row.id}/2").status_code == 404
    assert one(office.town, select(Export.id)) == row.id


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos_module, "A_PART", 2)
    monkeypatch.setattr("services.exports.making.A_PART", 2)


@pytest.mark.usefixtures("small_parts")
def test_photos_come_in_parts_by_village_and_house_with_an_index(office: Office, other: str, officer: Phone) -> None:
    town = office.town
    first, second, third = (photo_of(town, VILLAGE, house, name=house) for house in ("12", "12/1", ""))
    photo_of(town, other, "1", name="far")
    desk = office.signed_in(officer)
    row = made(office, desk, kind="photos", area="4207")
    assert [part["rows"] for part in row.parts] == [2, 1]
    files = unpacked(desk.get(f"/desk/exports/{row.id}/1").data)
    assert files[f"{VILLAGE}/12/2021-06-07_{first}.jpg"] == b"large 12"
    assert files[f"{VILLAGE}/12-1/2021-06-07_{second}.jpg"] == b"large 12/1"
    heads, one_line, _two, note = csv.reader(io.StringIO(files["INDEX.csv"].decode("utf-8-sig")))
    assert one_line[heads.index("house")] == "12"
    assert "มิได้เกี่ยวข้อง" in note[0]
    rest = unpacked(desk.get(f"/desk/exports/{row.id}/2").data)
    assert set(rest) == {f"{VILLAGE}/no-house/2021-06-07_{third}.jpg", "INDEX.csv"}
    later = made(office, desk, kind="photos", area=VILLAGE, round="2")
    assert later.total == 0, "nothing was sent in the time of round 2"


@pytest.mark.usefixtures("small_parts")
def test_a_job_that_was_killed_goes_on_with_the_part_that_is_missing(
    office: Office, staff: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = office.town
    for house in ("12", "12/1", "14"):
        photo_of(town, VILLAGE, house, name=house)
    desk = office.signed_in(staff)
    put, killed = town.media.put, list[str]()

    def once(key: str, chunks: object) -> int:
        size = put(key, chunks)
        if key.endswith("/2.zip") and not killed:
            killed.append(key)
            raise OSError(key)  # after the bytes, before the row: the worst moment
        return size

    monkeypatch.setattr(town.media, "put", once)
    row = made(office, desk, kind="photos", area="42")
    assert (row.state, len(row.parts)) == (ExportState.WANTED.value, 1)
    assert desk.get(f"/desk/exports/{row.id}/2").status_code == 404
    assert "data-poll" in desk.get("/desk/exports").text
    town.clock.pass_seconds(60)
    town.runtime.work["make_export"](row.id)
    row = one(town, select(Export))
    assert [part["rows"] for part in row.parts] == [2, 1]
    assert len([key for key in town.media.stored if key.startswith("exports/")]) == 2


@pytest.mark.usefixtures("small_parts")
def test_a_long_one_is_made_in_several_jobs(office: Office, staff: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    for house in ("12", "12/1", "14", "15", "16"):
        photo_of(office.town, VILLAGE, house)
    desk = office.signed_in(staff)
    desk.post("/desk/exports", kind="photos", area="42")
    row = one(office.town, select(Export))
    monkeypatch.setattr("services.exports.making.AT_A_TIME", 1e-9)
    making: ExportMaking = office.town.runtime.export_making
    for parts in (1, 2):
        with pytest.raises(GoesOnError):
            making.make(row.id)
        assert len(one(office.town, select(Export.parts))) == parts
    making.make(row.id)
    assert one(office.town, select(Export.state)) == ExportState.READY.value


def test_reports_for_which_a_job_has_no_time_are_a_second_file_and_every_one_is_in_one_of_them(
    office: Office, staff: Phone, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(officer)
    report(office.town.person("สมหมาย ตัวอย่าง", "officer", "4206"))
    desk = office.signed_in(staff)
    desk.post("/desk/exports", **{**ALL, "area": "42"})
    row = one(office.town, select(Export))
    monkeypatch.setattr("services.exports.making.REPORTS_AT_A_TIME", 0.0)
    for name in ("making", "reports"):
        monkeypatch.setattr(f"services.exports.{name}.PAGE", 1)
    making: ExportMaking = office.town.runtime.export_making
    for _part in (1, 2):
        with pytest.raises(GoesOnError):
            making.make(row.id)
        changed(office)  # while the file is made: it stands there as it was, and not twice
    assert desk.get(f"/desk/exports/{row.id}/3").status_code == 404
    making.make(row.id)
    row = one(office.town, select(Export))
    assert (row.state, row.done, row.total) == (ExportState.READY.value, 2, 2)
    assert [part["name"].rpartition("-")[2] for part in row.parts] == ["1.csv", "2.csv"]
    found = [desk.get(f"/desk/exports/{row.id}/{part}").data.decode("utf-8-sig") for part in (1, 2)]
    tables = [list(csv.reader(io.StringIO(each))) for each in found]
    assert [line[1] for table in tables for line in table[1:-1]] == ["4207", "4206"]


def changed(office: Office) -> None:
    """The first report has another version."""
    with office.town.runtime.sessions() as session, session.begin():
        newest = session.scalars(select(Report).order_by(Report.number.desc())).first()
        assert newest is not None
        number = newest.number + 1
        values = {column.name: getattr(newest, column.name) for column in Report.__table__.columns}
        session.add(Report(**{**values, "id": None, "number": number, "reference": f"{newest.reference}/{number}"}))


def test_files_are_removed_when_their_days_are_over(office: Office, staff: Phone) -> None:
    town = office.town
    desk = office.signed_in(staff)
    row = made(office, desk, **{**ALL, "area": "42"})
    desk.post("/desk/exports", **ALL)  # never finished: its worker was killed between the bytes and the row
    town.media.put(f"exports/{row.id + 1}/1.csv", [b"half a file"])
    town.clock.civil += KEPT
    day = town.runtime.nightly.plan()
    assert day is not None
    town.runtime.work["purge"](day)
    assert [key for key in town.media.stored if key.startswith("exports/")] == []
    assert set(rows(town, select(Export.state))) == {ExportState.GONE.value}
    desk = office.signed_in(staff)
    assert desk.get(f"/desk/exports/{row.id}/1").status_code == 404
    assert "ลบไฟล์แล้ว" in desk.get("/desk/exports").text
