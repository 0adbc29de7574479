"""ตั้งค่า: a new campaign is a copy with new dates, and can be taken away as a folder and loaded again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.forms import xlsform
from models.campaign import Campaign, KnownValue, Round
from models.obligation import Obligation
from services.calendar import BANGKOK, day_of
from services.campaigns import files as campaign_files
from services.campaigns.keeping import CampaignKeeping, ChangedMeanwhileError, Edit
from services.campaigns.loading import load
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.support.chat import Phone
from workers.clock import tick

LIST = "/desk/settings/campaigns"
COPY = f"{LIST}/loei_2564/copy"
ASKED = {
    "title_th": "ติดตาม จปฐ. ปี 2565",
    "title_en": "BMN survey 2565",
    "work_th": "งาน จปฐ. 65",
    "work_en": "BMN 65",
    "first": "2022-06-10",
    "of": "",
    "days_off": "17/6/2565 วันหยุดพิเศษ",
}


def links(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', page)]


def dues(office: Office, slug: str) -> list[dt.date]:
    with office.town.runtime.sessions() as session:
        found = select(Round.due_at).join(Campaign, Campaign.id == Round.campaign_id)
        own = found.where(Campaign.slug == slug, Round.duty == "").order_by(Round.number)
        return [day_of(due) for due in session.scalars(own)]


def test_a_campaigns_page_tells_rounds_that_are_taken_from_those_not_open_yet(office: Office, staff: Phone) -> None:
    page = office.signed_in(staff).get(f"{LIST}/loei_2564").text
    assert page.count("รับอยู่") == 2  # the first round, and the villages' duty
    assert page.count("ยังไม่เปิดรับ") == 2


def test_a_new_campaign_is_a_copy_with_new_dates_in_five_clicks(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    clicks = ["/desk/settings", LIST, COPY]
    for here, there in pairwise(clicks):
        assert there in links(desk.get(here).text)
    preview = desk.client.get(COPY, query_string=ASKED)
    clicks.append("preview")
    assert "วันหยุด" in preview.text
    # the third round keeps its distance; the second would fall on the new day off and goes to the next working day
    assert "ไฟล์ของงาน" in desk.get(f"{LIST}/loei_2564").text
    for day in ("10 มิ.ย. 65", "20 มิ.ย. 65", "24 มิ.ย. 65"):
        assert day in preview.text
    assert "รวม 42 ฉบับ" in preview.text
    assert "ปี 2563" in preview.text
    published = desk.post(COPY, **ASKED)
    clicks.append("publish")
    assert published.status_code == 303
    assert len(clicks) <= 10
    assert dues(office, "loei_2565") == [dt.date(2022, 6, 10), dt.date(2022, 6, 20), dt.date(2022, 6, 24)]
    assert dues(office, "loei_2564")[0] == dt.date(2021, 6, 11)
    with office.town.runtime.sessions() as session:
        new = session.scalars(select(Campaign).where(Campaign.slug == "loei_2565")).one()
        owed = select(func.count(Obligation.id)).join(Round, Round.id == Obligation.round_id)
        assert session.scalar(owed.where(Round.campaign_id == new.id, Round.duty == "")) == 45
        sources = select(KnownValue.source).where(KnownValue.campaign_id == new.id).distinct()
        assert session.scalars(sources).all() == ["register"]
        assert all(new.settings[part] for part in ("reminders", "documents", "household_checks"))
    assert "งาน จปฐ. 65" in str(new.settings["work"])
    # until it opens, the chat goes on speaking of the campaign that runs
    staff.say("ใครยังไม่ส่ง")
    assert "ครั้งที่ 1" in str(staff.heard)
    office.town.clock.civil = dt.datetime(2022, 6, 9, 10, tzinfo=BANGKOK)
    tick(office.town.runtime)
    staff.say("ใครยังไม่ส่ง")
    assert "10 มิ.ย." in str(staff.heard[-2:])


def test_looking_at_a_copy_once_more_compiles_no_form_once_more(
    office: Office, staff: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    converted = xlsform.convert_xlsform

    def convert(data: bytes, filename: str, files: Mapping[str, bytes]) -> xlsform.Converted:
        compiled.append(filename)
        return converted(data, filename, files)

    monkeypatch.setattr(xlsform, "convert_xlsform", convert)
    desk = office.signed_in(staff)
    for first in ("2022-06-10", "2022-06-13"):
        assert desk.client.get(COPY, query_string=ASKED | {"first": first}).status_code == 200
    assert sorted(compiled) == ["followup.md", "province.md"]


def test_what_cannot_be_published_is_said_and_nothing_is_made(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    wrong = {
        **ASKED,
        "title_en": "",
        "of": "2022-06-10",
        "due_1": "2022-06-10",
        "due_2": "2022-06-09",
        "due_3": "2022-06-24",
        "days_off": "วันหยุดสักวัน",
    }
    answer = desk.post(COPY, **wrong)
    for said in ("กรุณาตั้งชื่องาน", "ต้องเรียงกัน", "ยังอ่านไม่ได้: วันหยุดสักวัน"):
        assert said in answer.text
    past = desk.post(COPY, **{**ASKED, "first": "2021-01-08"})
    assert "ผ่านไปแล้ว" in past.text
    assert (answer.status_code, past.status_code) == (422, 422)
    assert dues(office, "loei_2565") == []
    typed = desk.post(COPY, **{**ASKED, "first": "10 มิ.ย. 2565", "of": "2022-06-10", "due_2": "วันไหนดี"})
    assert "ยังอ่านวันครบกำหนดบางครั้งไม่ได้" in typed.text
    assert 'value="วันไหนดี"' in typed.text
    assert 'value="10 มิ.ย. 65"' in typed.text
    assert desk.get(f"{LIST}/nan_2565/copy").status_code == 404


def test_of_two_who_publish_the_same_copy_the_second_is_told_what_the_first_did(office: Office, staff: Phone) -> None:
    first, second = office.signed_in(staff), office.signed_in(office.town.person("วิชัย ตัวอย่าง", "staff", "42"))
    previewed = {**ASKED, "as": "loei_2565"}
    assert 'name="as" value="loei_2565"' in second.client.get(COPY, query_string=ASKED).text
    assert first.post(COPY, **previewed).status_code == 303
    told = second.post(COPY, **previewed)
    assert told.status_code == 409
    assert "มาลี ตัวอย่าง นำงานติดตามเข้าระบบเมื่อ" in told.text
    assert 'value="ติดตาม จปฐ. ปี 2565"' in told.text
    assert f"{LIST}/loei_2565" in links(told.text)
    with office.town.runtime.sessions() as session:
        assert session.scalar(select(func.count(Campaign.id))) == 2
    assert second.post(COPY, **{**previewed, "as": "loei_2565_2"}).status_code == 303


def test_a_change_that_others_keep_overtaking_is_told_and_what_was_typed_stays(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    desk.post(f"{LIST}/loei_2564/dates/days", more="24 มิ.ย. 64 วันหยุดแรก")
    campaigns = office.town.runtime.campaigns

    @dataclasses.dataclass(frozen=True)
    class Overtaken(CampaignKeeping):
        def change(self, slug: str, edit: Edit, by: int | None, action: str) -> None:
            raise ChangedMeanwhileError(slug)

    values = {field.name: getattr(campaigns, field.name) for field in dataclasses.fields(campaigns)}
    vars(office.town.runtime)["campaigns"] = Overtaken(**values)
    for path, fields in (
        ("dates/days", {"more": "25 มิ.ย. 64 วันหยุดพิเศษ"}),
        ("dates/move", {"number": "3", "due": "28 มิ.ย. 64"}),
        ("texts/desk.come_in", {"th": "ถึง {time} {project}", "en": "{project} {time}"}),
    ):
        told = desk.post(f"{LIST}/loei_2564/{path}", **fields)
        assert (path, told.status_code) == (path, 409)
        assert "มาลี ตัวอย่าง แก้วันหยุดราชการเมื่อ" in told.text
        assert list(fields.values())[-1] in told.text


def test_a_campaign_of_the_desk_is_taken_away_as_a_folder_and_loaded_again(
    office: Office, staff: Phone, tmp_path: Path
) -> None:
    desk = office.signed_in(staff)
    desk.post(COPY, **ASKED)
    archive = zipfile.ZipFile(io.BytesIO(_folder(desk, "loei_2565")))
    archive.extractall(tmp_path)
    read = campaign_files.read(tmp_path / "loei_2565")
    with office.town.runtime.sessions() as session, session.begin():
        before = session.scalar(select(func.count()).select_from(Obligation))
        load(session, read, office.town.clock.now())
        assert session.scalar(select(func.count()).select_from(Obligation)) == before
    assert _folder(desk, "loei_2565") == _folder(desk, "loei_2565")
    original = zipfile.ZipFile(io.BytesIO(_folder(desk, "loei_2564"))).read("loei_2564/campaign.yaml").decode()
    assert "# due: until 24.00 of that day." in original


def _folder(desk: Desk, slug: str) -> bytes:
    answer = desk.get(f"{LIST}/{slug}/folder.zip")
    assert answer.status_code == 200
    return bytes(answer.data)
