"""Totals against the dashboard: brought in, compared, explained, frozen; and the letter's own case."""

from __future__ import annotations

import datetime as dt
import html
import io
import re

import openpyxl
import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from models.area import Area
from models.campaign import Campaign, KnownValue
from models.reconciliation import DashboardFigure, ReconciliationStep
from models.work import Audit
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.desk.scope import Scope
from services.reconciliation.open import open_differences
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.integration.services.towns import one, rows
from tests.support.chat import LOEI, Phone, Town
from tests.support.statements import statements

EXAMPLE = LOEI.parent / "example"
PAGE = "/desk/reconciliation"


def text(answer: TestResponse) -> str:
    """A page's words, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def hand_in(desk: Desk, content: bytes, name: str = "ยอด.csv", as_of: str = "31 พ.ค. 64") -> TestResponse:
    key = re.search(r'name="form_key" value="([0-9a-f]+)"', desk.get(f"{PAGE}/upload").text)
    assert key is not None
    fields = {"form_key": key[1], "as_of": as_of, "file": (io.BytesIO(content), name)}
    return desk.client.post(f"{PAGE}/upload", data=fields, content_type="multipart/form-data")


def stored(desk: Desk, checked: TestResponse) -> TestResponse:
    sealed = re.search(r'name="checked" value="([^"]+)"', checked.text)
    assert sealed is not None
    return desk.post(f"{PAGE}/upload/store", checked=sealed[1])


def fields_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form that posts there."""
    form = re.search(rf'action="{action}">(.*?)</form>', page, re.DOTALL)
    assert form is not None
    found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[1]))
    return {name: html.unescape(value) for name, value in found.items() if name != "form_key"}


@pytest.fixture
def nan(office: Office) -> Desk:
    """Staff of the example's province, signed in."""
    town = office.town
    with town.runtime.sessions() as session, session.begin():
        campaigns.load(session, campaign_files.read(EXAMPLE), town.clock.now())
    return office.signed_in(town.person("สุดา ตัวอย่าง", "staff", "55"))


def test_the_letter_s_case_is_found_with_the_rows_that_are_likely_to_be_why(office: Office, nan: Desk) -> None:
    content = (EXAMPLE / "dashboard.csv").read_bytes()
    assert "ยังไม่มียอดสองแหล่งให้เทียบ" in text(nan.get(PAGE))
    checked = hand_in(nan, content)
    assert "ตรวจแล้ว ยังไม่บันทึก: เพิ่ม 16 ยอด เปลี่ยน 0 ยอด เหมือนเดิม 0 ยอด" in text(checked)
    assert rows(office.town, select(DashboardFigure)) == []
    stored(nan, checked)
    page = text(nan.get(PAGE))
    assert "จังหวัดน่าน: หน้า Dashboard 12,500,053 แต่ผลรวมพื้นที่ย่อยบน Dashboard 12,506,240 ต่างกัน 6,187" in page
    first = page.index("อำเภอปัว: 6,187 เท่ากับยอดที่เกินพอดี")
    assert first < page.index("อำเภอนาหมื่น: อาจมีเลขเกินหนึ่งหลัก พบ 6,874 น่าจะเป็น 687")
    assert "เหลือ 1 แห่ง" in page
    again = hand_in(nan, content)
    assert "เหมือนเดิม 16" in text(again)
    assert "ไม่มียอดใหม่ให้บันทึก" in text(again)
    figure = one(office.town, select(DashboardFigure).where(DashboardFigure.area_code == "55"))
    assert (figure.value, figure.source, figure.as_of) == (12_500_053, "ยอด.csv", dt.date(2021, 5, 31))
    dayless = [line.rpartition(",")[0] for line in content.decode().splitlines()]
    costs = []
    for day, lines in enumerate((dayless[:3], dayless), 1):
        with statements(office.town.runtime.engine) as asked:
            stored(nan, hand_in(nan, "\n".join(lines).encode(), as_of=f"{day} มิ.ย. 64"))
        costs.append(len(asked))
    assert costs[0] == costs[1]  # whatever the number of rows


def test_each_refused_row_says_what_is_wrong_and_the_others_are_taken(nan: Desk) -> None:
    table = """ทะเบียนยอด
รหัสพื้นที่,ชื่อ,จำนวน,หมายเหตุ
๕๕๐๑,,"๘๑๑,๙๗๐",ก
,ต.ในเวียง,1200,
,ปัว,12,
,อำเภอไม่มีจริง,12,
,อ.ปัว,ไม่ทราบ,
,อำเภอเวียงสา,,
,อ.เวียงสา,40,
,อ.เวียงสา,41,
9901,,5,
"""
    page = text(hand_in(nan, table.encode("cp874")))
    assert "เพิ่ม 3 ยอด เปลี่ยน 0 ยอด" in page
    for words in (
        "แถว 5: ชื่อ ปัว มีหลายแห่ง (5505, 550501)",
        "แถว 6: ไม่พบพื้นที่ อำเภอไม่มีจริง",
        "แถว 7: ช่อง จำนวน เป็น ไม่ทราบ",
        "แถว 8: แถวนี้ไม่มีจำนวน",
        "แถว 10: พื้นที่เดียวกับแถว 9 แต่ตัวเลขต่างกัน",
        "แถว 11: ไม่พบพื้นที่ 9901",
        "คอลัมน์ที่ไม่ได้ใช้: หมายเหตุ",
    ):
        assert words in page, page
    assert "ไม่พบหัวคอลัมน์" in text(hand_in(nan, b"a,b\n1,2\n"))
    assert "กรุณาเลือกไฟล์ก่อน" in text(nan.post(f"{PAGE}/upload", as_of="31 พ.ค. 64"))
    assert "อ่านวันที่ 32 พ.ค. 64 ไม่ได้" in text(hand_in(nan, table.encode(), as_of="32 พ.ค. 64"))
    assert "ผลตรวจนี้เก่าเกินไป" in text(nan.post(f"{PAGE}/upload/store", checked="x"))


def test_a_workbook_is_taken_as_well_and_a_measure_is_found_by_its_label(nan: Desk) -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (["อำเภอ", "จำนวนครัวเรือน", "ณ วันที่"], ["เมืองน่าน", 811970, dt.datetime(2021, 5, 31)]):  # noqa: DTZ001
        sheet.append(row)
    book.save(file)
    assert "เพิ่ม 1 ยอด เปลี่ยน 0 ยอด" in text(hand_in(nan, file.getvalue(), "ยอด.xlsx"))


def test_figures_are_typed_in_any_digits_and_earlier_ones_stay(office: Office, staff: Phone) -> None:
    desk, town = office.signed_in(staff), office.town
    before = text(desk.get(f"{PAGE}?district=4207"))
    assert "อำเภอภูเรือ: หน้า Dashboard 6,247 แต่ผลรวมทะเบียนหมู่บ้าน 6,240 ต่างกัน 7" in before
    typed = {"district": "4207", "measure": "households", "as_of": "6 มิ.ย. 64"}
    wrong = desk.post(f"{PAGE}/figures", **typed, **{"v-4207": "หกพัน", "v-420701": "12"})
    assert wrong.status_code == 422
    assert "อำเภอภูเรือ: อ่าน หกพัน ไม่ได้" in text(wrong)
    assert 'value="12"' in wrong.text
    answer = desk.post(f"{PAGE}/figures", **typed, **{"v-4207": "๖,๒๔๐"})
    assert answer.location == f"{PAGE}?district=4207&measure=households"
    assert "บันทึกยอดแล้ว เพิ่ม 1" in text(desk.get(answer.location))
    desk.post(f"{PAGE}/figures", **typed, **{"v-4207": "6241"})
    desk.post(f"{PAGE}/figures", **typed, **{"v-4207": "6241"})
    page = text(desk.get(f"{PAGE}/history/4207"))
    assert page.index("6,241") < page.index("6,240")
    assert "มาลี ตัวอย่าง" in page
    known = select(KnownValue).where(KnownValue.area_code == "4207", KnownValue.name == "t4_fix_hh_dashboard")
    assert one(town, known).value == "6241"
    desk.post(f"{PAGE}/figures", **typed, **{"v-4207": "-"})
    assert len(rows(town, select(DashboardFigure))) == 3
    assert "อำเภอภูเรือ: หน้า" not in text(desk.get(f"{PAGE}?district=4207"))


def agree(town: Town, *, but: str = "") -> None:
    """Let the register's villages add up to what is known of each district's dashboard, all but one district's."""
    with town.runtime.sessions() as session, session.begin():
        known = select(KnownValue).where(KnownValue.name == "t4_fix_hh_dashboard")
        for row in session.scalars(known):
            first = session.scalars(
                select(Area).where(Area.kind == "village", Area.code.startswith(row.area_code)).order_by(Area.code)
            ).all()
            total = sum(village.households or 0 for village in first)
            if row.area_code != but:
                first[0].households = (first[0].households or 0) + int(row.value) - total


def test_what_agrees_or_is_explained_is_frozen_and_later_changes_are_shown_against_it(
    office: Office, staff: Phone, officer: Phone
) -> None:
    town, desk = office.town, office.signed_in(staff)
    agree(town, but="4207")
    page = desk.get(PAGE).text
    refused = desk.post(f"{PAGE}/freeze", area="42", measure="households", seen="")
    assert "ยังมียอดต่างที่ไม่มีคำอธิบาย" in text(desk.get(refused.location))
    told = fields_of(page, f"{PAGE}/explain")
    assert told["code"] == "4207"
    desk.post(f"{PAGE}/explain", **told, reason="กรมฯ นับบ้านพักครู 7 หลัง")
    page = desk.get(PAGE).text
    assert "อธิบายแล้ว: กรมฯ นับบ้านพักครู 7 หลัง (มาลี ตัวอย่าง" in page
    freeze = fields_of(page, f"{PAGE}/freeze")
    assert "ตัวเลขเปลี่ยนระหว่าง" in text(desk.get(desk.post(f"{PAGE}/freeze", **{**freeze, "seen": "0"}).location))
    assert "ตรึงยอดแล้ว" in text(
        desk.get(desk.post(f"{PAGE}/freeze", **freeze, reason="ปิดยอดรอบ 1 1101700207030").location)
    )
    assert "1101700207030" not in desk.get(PAGE).text
    step = one(town, select(ReconciliationStep))
    assert "ตัวเลขยังเหมือนวันที่ตรึงทุกตัว" in text(desk.get(PAGE))
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Area).where(Area.code == "42070605").values(households=Area.households + 1))
    page = text(desk.get(PAGE))
    assert "ตัวเลขเปลี่ยนหลังตรึง 3 ตัว" in page
    assert "อำเภอภูเรือ · ผลรวมทะเบียนหมู่บ้าน: ตรึงไว้ 6,240 ขณะนี้ 6,241" in page
    frozen = text(desk.get(f"{PAGE}/frozen/{step.id}"))
    assert all(words in frozen for words in ("ปิดยอดรอบ 1", "6,240", step.digest, "บ้านพักครู", "ตัวเลขเปลี่ยนหลังตรึง 3"))
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{PAGE}/frozen/{step.id}/xlsx").data))
    assert book.active is not None
    cells = {row[0]: row for row in book.active.iter_rows(values_only=True)}
    assert cells["4207"][:5] == ("4207", "ภูเรือ", 6247, None, 6240)
    assert cells["รหัสตรวจสอบ"][1] == step.digest
    assert any(str(row[1]).endswith("+07:00") for row in cells.values())  # the day of Bangkok, also after midnight
    assert desk.get(f"{PAGE}/frozen/{step.id}/csv").data.startswith(b"\xef\xbb\xbf")
    own = office.signed_in(officer)
    assert "จังหวัดเลย" in text(own.get(PAGE))  # its own district lies in what the province has frozen
    seen = text(own.get(f"{PAGE}/frozen/{step.id}"))
    assert "ภูเรือ" in seen
    assert "ปากชม" not in seen
    with statements(town.runtime.engine) as asked:
        unfreeze = fields_of(desk.get(PAGE).text, f"{PAGE}/unfreeze")
    heavy = [each for each in asked if "reconciliation_step.state" in each]
    assert heavy
    assert all("LIMIT" in each for each in heavy)  # one state, not those of its whole history
    assert "กรุณาใส่เหตุผล" in text(desk.get(desk.post(f"{PAGE}/unfreeze", **unfreeze).location))
    desk.post(f"{PAGE}/unfreeze", **unfreeze, reason="ทะเบียนเพิ่มบ้าน")
    assert "ไม่ใช่ชุด" not in text(desk.get(PAGE))
    assert "ถูกเลิกตรึง" in text(desk.get(f"{PAGE}/frozen/{step.id}"))
    kinds = [row.action for row in rows(town, select(Audit).where(Audit.action.startswith("reconciliation_")))]
    assert kinds == [
        "reconciliation_explained",
        "reconciliation_frozen",
        "reconciliation_exported",
        "reconciliation_exported",
        "reconciliation_unfrozen",
    ]


def test_an_office_reads_its_own_district_and_changes_nothing(office: Office, officer: Phone) -> None:
    desk = office.signed_in(officer)
    page = text(desk.get(PAGE))
    assert "อำเภอภูเรือ: หน้า Dashboard 6,247" in page
    assert "อำเภอปากชม" not in page
    for path in ("?district=4204", "?district=42", "/history/4204", "/history/42"):
        assert (path, desk.get(PAGE + path).status_code) == (path, 404)
    for path in ("figures", "upload", "upload/store", "explain", "freeze", "unfreeze"):
        assert (path, desk.post(f"{PAGE}/{path}", area="4207").status_code) == (path, 403)
    assert "4204" not in desk.get(f"{PAGE}/table/csv").text


def test_the_first_page_says_how_many_totals_are_open_and_leads_to_them(office: Office, staff: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    page = desk.get("/desk/today")
    assert "ตัวเลขไม่ตรง 9 แห่ง มากสุดอำเภอปากชม ต่างกัน 31" in text(page)
    assert f'href="{PAGE}"' in page.text
    with town.runtime.sessions() as session:
        campaign = session.scalars(select(Campaign)).one()
        assert open_differences(session, campaign, Scope(("4205",)), town.clock.now()).count == 0
    agree(town)
    assert "ตัวเลขไม่ตรง" not in text(desk.get("/desk/today"))
