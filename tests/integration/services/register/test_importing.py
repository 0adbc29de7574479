from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from sqlalchemy import func, select

from models.area import Area, Household
from models.channel import Channel
from models.media import Media
from models.people import LineAccount
from models.register import EarlierRecord, ImportRun, Volunteer
from models.work import Audit, OwedJob
from services.register import work, workbooks
from services.register.faults import FileFault
from tests.integration.services.register.conftest import NEIGHBOUR, VILLAGE, Office

HEADS = "รหัสหมู่บ้าน,บ้านเลขที่,ใกล้,ครัวเรือนที่,ชื่อหัวหน้าครัวเรือน,รหัสอาสาสมัคร,มีภาพถ่าย,มีลายมือชื่อ,ปีที่จัดเก็บ"
FIRST = f"{VILLAGE},๑๒/๓,,,นายหนึ่ง,A-01,มี,ไม่มี,2563"
SECOND = f"{VILLAGE},,12,,นายสอง,A-01 A-02,,มี,2563"


def test_households_are_stored_as_their_cells_say(office: Office) -> None:
    assert office.figures("households", HEADS, FIRST, SECOND) == (2, 0, 0, 0)
    columns = ("house_no", "near", "ordinal", "position", "head_name", "volunteer_code", "other_volunteers")
    assert office.households(*columns) == [
        ("12/3", "", 1, 1, "นายหนึ่ง", "A-01", ""),
        ("", "12", 1, 2, "นายสอง", "A-01", "A-02"),
    ]
    assert office.households("has_photo", "has_signature", "on_web", "survey_year", "registered") == [
        (True, False, None, 2020, True),
        (None, True, None, 2020, True),
    ]


def test_villages_and_volunteers_are_stored_too(office: Office) -> None:
    assert office.figures(
        "villages", "รหัสตำบล;หมู่ที่;ชื่อหมู่บ้าน;จำนวนครัวเรือน;ผู้ใหญ่บ้าน", "420706;7;บ้านเจ็ด;๑,๒๐๐;นายบุญมี", "420706;5;บ้านห้า;;"
    ) == (1, 1, 0, 0)
    found = office.rows(
        select(Area.name_th, Area.moo, Area.households, Area.leader_name).where(Area.code == "42070607")
    )
    assert found == [("บ้านเจ็ด", 7, 1200, "นายบุญมี")]
    assert office.figures(
        "volunteers", "รหัส\tชื่อ-สกุล\tรหัสตำบล\tหมู่", "A-01\tนางหนึ่ง\t420706\t5", "A-02\tนางสอง\t420706\t"
    ) == (
        2,
        0,
        0,
        0,
    )
    volunteers = select(Volunteer.code, Volunteer.name, Volunteer.area_code).order_by(Volunteer.code)
    assert office.rows(volunteers) == [("A-01", "นางหนึ่ง", VILLAGE), ("A-02", "นางสอง", "420706")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_every_encoding_of_a_thai_office_is_read(office: Office, encoding: str) -> None:
    assert office.figures("households", HEADS, FIRST, encoding=encoding) == (1, 0, 0, 0)
    assert office.households("head_name") == [("นายหนึ่ง",)]


def test_the_same_file_twice_changes_nothing_and_changed_rows_are_updated(office: Office) -> None:
    office.load("households", HEADS, FIRST, SECOND)
    assert office.figures("households", HEADS, FIRST, SECOND) == (0, 0, 2, 0)
    assert office.figures("households", HEADS, FIRST.replace("ไม่มี", "มี"), SECOND) == (0, 1, 1, 0)
    assert office.households("has_signature") == [(True,), (True,)]


def test_a_file_with_fewer_columns_empties_nothing(office: Office) -> None:
    office.load("households", HEADS, FIRST)
    assert office.figures("households", "village_code,house_no,members", f"{VILLAGE},12/3,4") == (0, 1, 0, 0)
    assert office.households("head_name", "volunteer_code", "members") == [("นายหนึ่ง", "A-01", 4)]


def test_a_dry_run_counts_and_stores_nothing(office: Office) -> None:
    office.load("households", HEADS, FIRST)
    assert office.figures("households", HEADS, FIRST, SECOND, dry_run=True, replace=True) == (1, 0, 1, 0)
    assert len(office.households("id")) == 1
    assert office.rows(select(ImportRun.dry_run, ImportRun.state, ImportRun.added).order_by(ImportRun.id))[-1] == (
        True,
        "done",
        1,
    )


def test_each_wrong_row_is_told_by_its_number_and_the_others_are_taken(office: Office) -> None:
    assert office.problems(
        "households",
        HEADS,
        FIRST,
        "",
        f"{VILLAGE},12-Mar,,,,,,,",
        "42079999,1,,,,,,,",
        f"{VILLAGE},14,,,นายสาม 081 234 5678,,,,",
        f"{VILLAGE},15,,,,,บางส่วน,,",
        FIRST,
        ",16,,,,,,,",
        f"{VILLAGE},17 หมู่ 6,,,,,,,",
        f"{VILLAGE},18,,,,,,,2599",
    ) == [
        (4, "house_day"),
        (5, "unknown_village"),
        (6, "phone"),
        (7, "yes_no"),
        (8, "repeated"),
        (9, "missing"),
        (10, "other_moo"),
        (11, "year"),
    ]
    assert office.households("house_no") == [("12/3",)]


def test_a_row_with_an_identity_number_is_refused_and_the_number_is_nowhere(office: Office) -> None:
    number = "1101700230708"
    done = office.load("households", f"{HEADS},เลขบัตร", FIRST, f"{VILLAGE},14,,,นายสี่,,,,,{number}")
    assert [(fault.row, fault.what, dict(fault.values)) for fault in done.faults] == [(3, "national_id", {})]
    assert done.left_out == ("เลขบัตร",)
    table = office.media.stored[done.errors_key].decode()
    assert number not in table
    assert "เลขประจำตัวประชาชน" in table
    assert len(office.households("id")) == 1


def test_all_refused_rows_stand_in_the_table_and_a_hundred_are_shown(office: Office) -> None:
    done = office.load("households", HEADS, *(f"{VILLAGE},หลังวัด {number},,,,,,," for number in range(250)))
    assert len(done.faults) == 100
    lines = office.media.stored[done.errors_key].decode("utf-8-sig").splitlines()
    assert len(lines) == 251
    assert lines[1].startswith(",2,")


def test_rows_that_vanished_are_told_and_only_taken_out_when_asked_to(office: Office) -> None:
    other = f"{NEIGHBOUR},1,,,,,,,"
    office.load("households", HEADS, FIRST, SECOND, other)
    done = office.load("households", HEADS, FIRST)
    assert (done.tally.vanished, done.tally.removed, done.vanished) == (1, 0, (f"{VILLAGE} 12 1",))
    wrong = office.load("households", HEADS, FIRST, f"{VILLAGE},บ้าน,,,,,,,", replace=True)
    assert (wrong.tally.vanished, wrong.tally.removed) == (1, 0)
    gone = office.load("households", HEADS, FIRST, replace=True)
    assert (gone.tally.vanished, gone.tally.removed) == (1, 1)
    assert office.households("village_code", "house_no") == [(VILLAGE, "12/3"), (NEIGHBOUR, "1")]


def test_a_house_whose_photo_was_sent_is_unlisted_and_not_deleted(office: Office) -> None:
    office.load("households", HEADS, FIRST, SECOND)
    with office.sessions() as session, session.begin():
        account = _account(office)
        household = session.scalars(select(Household.id).where(Household.near == "12")).one()
        session.add(Media(account_id=account, line_message_id="m1", sent_at=office.clock.now(), household_id=household))
    assert office.load("households", HEADS, FIRST, replace=True).tally.removed == 1
    assert office.households("near", "registered") == [("", True), ("12", False)]
    assert office.load("households", HEADS, FIRST).tally.vanished == 0
    assert office.figures("households", HEADS, FIRST, SECOND) == (0, 1, 1, 0)


def _account(office: Office) -> int:
    with office.sessions() as session, session.begin():
        session.add(Channel(id=1, name="LINE", bot_user_id=""))
        session.flush()
        account = LineAccount(channel_id=1, line_user_id="U1", created_at=office.clock.now())
        session.add(account)
        session.flush()
        return account.id


@pytest.mark.parametrize("order", [("2562", "2563"), ("2563", "2562")])
def test_the_newest_year_is_shown_and_older_ones_are_kept_whatever_comes_first(
    office: Office, order: tuple[str, str]
) -> None:
    heads = "village_code,house_no,position,head_name,survey_year"
    rows = [f"{VILLAGE},12,1,นายปี{year},{year}" for year in order]
    assert office.figures("households", heads, *rows)[0] == 2
    assert office.households("head_name", "survey_year") == [("นายปี2563", 2020)]
    assert office.rows(select(EarlierRecord.head_name, EarlierRecord.survey_year)) == [("นายปี2562", 2019)]
    assert office.figures("households", heads, *rows) == (0, 0, 2, 0)
    assert office.figures("households", heads, *rows[::-1]) == (0, 0, 2, 0)


def test_years_that_come_in_files_of_their_own_end_the_same(office: Office) -> None:
    heads = "village_code,house_no,head_name,survey_year"
    for year in ("2562", "2563", "2561"):
        office.load("households", heads, f"{VILLAGE},12,นายปี{year},{year}")
    assert office.households("head_name") == [("นายปี2563",)]
    kept = select(EarlierRecord.head_name).order_by(EarlierRecord.survey_year)
    assert office.rows(kept) == [("นายปี2561",), ("นายปี2562",)]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"PK\x03\x04 no workbook", "broken_excel"),
        (b"a,b\n1,2\n", "no_headings"),
        (b"\x00\x01\x02\xff\xfe", "encoding"),
    ],
)
def test_a_file_that_is_no_register_is_refused_whole(office: Office, content: bytes, what: str) -> None:
    with pytest.raises(FileFault) as caught:
        office.register.import_table("households", io.BytesIO(content), "file.csv")
    assert caught.value.what == what
    assert office.rows(select(ImportRun.state)) == [("refused",)]


def test_progress_is_told_and_the_run_shows_how_far_it_came(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 2)
    told: list[tuple[int, int | None]] = []
    rows = [f"{VILLAGE},{number},,,,,,," for number in range(1, 6)]
    office.load("households", HEADS, *rows, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 5), (4, 5), (5, 5)]
    (run,) = office.rows(select(ImportRun.rows_read, ImportRun.total, ImportRun.added, ImportRun.state))
    assert run == (5, 5, 5, "done")


def test_an_import_that_broke_off_goes_on_where_it_stopped(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 2)
    rows = [f"{VILLAGE},{number},,,,,,," for number in range(1, 6)]

    def killed(done: int, _total: int | None) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.load("households", HEADS, *rows, progress=killed)
    assert office.rows(select(ImportRun.state, ImportRun.rows_read)) == [("running", 4)]
    office.clock.pass_seconds(3600)
    assert office.figures("households", HEADS, *rows) == (1, 0, 4, 0)
    states = office.rows(select(ImportRun.state).order_by(ImportRun.id))
    assert states == [("broken",), ("done",)]


def test_an_import_leaves_a_trace_with_its_counts(office: Office) -> None:
    office.load("households", HEADS, FIRST)
    office.exported("households")
    trail = office.rows(select(Audit.action, Audit.subject, Audit.detail).order_by(Audit.id))
    assert [row[:2] for row in trail] == [
        ("register_imported_households", "import 1"),
        ("register_exported_households", "all"),
    ]
    assert (trail[0][2]["added"], trail[1][2]["rows"]) == (1, 1)
    assert "นายหนึ่ง" not in str(trail)


def test_titles_above_the_headings_and_columns_in_any_order_do_not_matter(office: Office) -> None:
    lines = ["ทะเบียนครัวเรือน,,", "ตำบลสานตม,,", "มีภาพถ่าย,บ้านเลขที่ (ตามทะเบียนบ้าน),รหัสหมู่บ้าน", f"มี,12,{VILLAGE}"]
    assert office.figures("households", *lines) == (1, 0, 0, 0)
    assert office.problems("households", *lines[:3], "มี,x,1")[0][0] == 4


def test_a_day_is_stored_in_the_common_era(office: Office) -> None:
    office.load("households", "village_code,house_no,surveyed_on", f"{VILLAGE},12,16/3/2563")
    assert office.households("surveyed_on") == [(dt.date(2020, 3, 16),)]
    with office.sessions() as session:
        assert session.scalar(select(func.count(Household.id))) == 1


def workbook(changed: str = "", old: bytes = b"", new: bytes = b"") -> bytes:
    """A workbook of two households; in one of its parts some bytes may be changed."""
    book, made, edited = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for row in (("village_code", "house_no"), (VILLAGE, "12/3"), (VILLAGE, "14")):
        book.worksheets[0].append(row)
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != changed or old in content
            target.writestr(name, content.replace(old, new) if name == changed else content)
    return edited.getvalue()


def scrambled() -> bytes:
    """A workbook whose table does not unpack any more."""
    content = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    begins = part.header_offset + 30 + len(part.filename)
    for place in range(begins + 2, begins + part.compress_size - 2):
        content[place] ^= 0xA5
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        scrambled(),
        workbook().replace(b"\x08\x00", b"\x63\x00"),  # packed in a way that zipfile does not know
        workbook("xl/styles.xml", b'numFmtId="0"', b'numFmtId="x"'),
        workbook("xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="99999999999"'),
    ],
)
def test_a_workbook_that_is_broken_or_claims_endless_rows_is_refused_and_its_run_ends(
    office: Office, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "ROWS", 1000)
    with pytest.raises(FileFault) as caught:
        office.register.import_table("households", io.BytesIO(content), "file.xlsx")
    assert caught.value.what == "broken_excel"
    assert office.rows(select(ImportRun.state))[0][0] in {"refused", "broken"}


def test_cells_far_to_the_right_are_not_read(office: Office) -> None:
    content = workbook("xl/worksheets/sheet1.xml", b'r="B3"', b'r="XFD3"')
    office.register.import_table("households", io.BytesIO(content), "file.xlsx")
    assert office.households("house_no") == [("12/3",)]


def test_what_a_file_brought_before_it_broke_off_is_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 1)
    content = f'village_code,house_no\n{VILLAGE},12\n{VILLAGE},"{"1" * 200_000}"\n'.encode()
    with pytest.raises(FileFault):
        office.register.import_table("households", io.BytesIO(content), "file.csv")
    assert office.households("house_no") == [("12",)]
    assert office.rows(select(OwedJob.job)) == [("count_quality",)]
