"""A form that is loaded anew while people answer: carried over in one tap, finished as it was, or withdrawn."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import select

from bot.forms.compiled import CompiledForm
from bot.forms.load import compile_xlsform
from models.campaign import Campaign, Form, FormVersion
from models.obligation import Draft, Report
from services.calendar import BANGKOK
from services.campaigns.loading import new_form_version
from tests.integration.conversation.reports import CASES, HOUSEHOLDS, REVIEW, go_to, send
from tests.integration.services.towns import one, rows, summed
from tests.support.chat import LOEI, Phone, Town

USE, KEEP = "ใช้แบบใหม่ (ยกคำตอบเดิมไป)", "ทำแบบเดิมต่อ"


def _cells(line: str) -> list[str]:
    return line.split("|")


def changed_form() -> CompiledForm:
    """Loei's form without the committee's box 21, with one more count, and stricter with certificates."""
    lines = Path(LOEI / "followup.md").read_text(encoding="utf-8").splitlines()
    header = [cell.strip() for cell in _cells(next(line for line in lines if "| type |" in line))]
    made = []
    for line in lines:
        cells = _cells(line)
        name = cells[header.index("name")].strip() if len(cells) > header.index("name") else ""
        if name == "t3_certificates":
            cells[header.index("constraint")] = " . <= 10 "
            made.append("|".join(cells))
            more = list(cells)
            more[header.index("name")] = " t3_volunteers "
            more[header.index("label::ไทย (th)")] = " อาสาสมัครที่ลงพื้นที่ "
            more[header.index("bind::tidtam:box")] = " 29 "
            more[header.index("bind::tidtam:short")] = " อาสาสมัคร "
            more[header.index("constraint")] = " "
            made.append("|".join(more))
        else:
            made.append("|".join(cells))
    return compile_xlsform("\n".join(made).encode(), "followup.md")


NEW = changed_form()


def load(town: Town) -> int:
    """What `tidtam campaign load` does with a changed file."""
    with town.runtime.sessions() as session, session.begin():
        return new_form_version(session, "loei_2564", "followup", NEW, town.clock.now())


def withdraw_older(town: Town) -> None:
    with town.runtime.sessions() as session, session.begin():
        campaign = session.scalars(select(Campaign)).one()
        forms = campaign.settings["forms"]
        followup = {**forms["followup"], "older_versions": "withdrawn"}
        campaign.settings = {**campaign.settings, "forms": {**forms, "followup": followup}}


def test_an_answer_is_taken_and_then_the_new_form_is_offered(town: Town, officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    load(town)
    shown = officer.say("3150 3040")
    assert "รับแล้ว: ตรวจทานแล้ว 3,150" in shown
    assert "แบบฟอร์มครั้งที่ 1 ของอำเภอภูเรือ ปรับปรุงแล้ว" in shown
    assert officer.labels()[-2:] == [USE, KEEP]


def test_carrying_over_says_what_was_dropped_and_what_is_new(town: Town, officer: Phone) -> None:
    go_to(officer, CASES)
    version = load(town)
    officer.say("สวัสดี")
    shown = officer.press(USE)
    assert "ใช้แบบใหม่แล้ว" in shown
    assert "ยกคำตอบเดิมไปได้ 5 ช่อง" in shown
    assert "ใช้ต่อไม่ได้ 1 ช่อง: เซ็นรับรองแล้ว" in shown
    assert "ต้องตอบเพิ่ม 1 ช่อง: อาสาสมัคร" in shown
    assert "กรุณาพิมพ์สองตัวเลข: เซ็นรับรองแล้ว · อาสาสมัคร" in shown
    assert one(town, select(Draft)).form_version_id == version
    assert "กรุณาพิมพ์ห้าตัวเลขตามลำดับ" in officer.say("9 40")


def test_finishing_on_the_old_form(town: Town, officer: Phone) -> None:
    go_to(officer, CASES)
    version = load(town)
    officer.say("สวัสดี")
    shown = officer.press(KEEP)
    assert "ทำแบบเดิมต่อ" in shown
    assert "กรุณาพิมพ์ห้าตัวเลขตามลำดับ" in shown
    for words in ("40 35 12 38 9", "30 มิ.ย. 64", "อยู่ระหว่าง", "0", "ไม่มีข้อมูลที่อำเภอ"):
        assert "ปรับปรุงแล้ว" not in officer.say(words), "it is asked once"
    officer.say("ไม่มี")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")
    assert one(town, select(Report)).form_version_id != version


def test_typed_words_do_the_same_as_the_buttons(town: Town, officer: Phone) -> None:
    go_to(officer, CASES)
    version = load(town)
    officer.say("ทบทวน")
    assert "กรุณาพิมพ์ห้าตัวเลขตามลำดับ" in officer.say("ทำแบบเดิมต่อ")
    officer.say("พัก")
    assert "ใช้แบบใหม่แล้ว" in officer.say("ใช้แบบใหม่")
    assert one(town, select(Draft)).form_version_id == version
    assert "ใช้แบบล่าสุดอยู่แล้ว" in officer.say("ใช้แบบใหม่")


def test_another_version_is_offered_again(town: Town, officer: Phone) -> None:
    go_to(officer, CASES)
    load(town)
    assert "ปรับปรุงแล้ว" in officer.say("สวัสดี")
    assert "ปรับปรุงแล้ว" not in officer.say("สวัสดี")
    with town.runtime.sessions() as session, session.begin():
        first = session.scalars(select(FormVersion).order_by(FormVersion.id)).first()
        assert first is not None
        again = FormVersion(
            form_id=first.form_id, content_hash="x", xform=NEW.xform.decode(), created_at=first.created_at
        )
        session.add(again)
        session.flush()
        session.get_one(Form, first.form_id).current_version_id = again.id
    assert "ปรับปรุงแล้ว" in officer.say("สวัสดี")


def test_a_colleague_is_offered_it_once_at_work_on_the_report(town: Town, officer: Phone, deputy: Phone) -> None:
    go_to(officer, CASES)
    load(town)
    assert "ปรับปรุงแล้ว" not in deputy.say("เมนู")
    assert "ปรับปรุงแล้ว" in deputy.say("รายงาน")
    assert "ปรับปรุงแล้ว" not in officer.say("สวัสดี")


def test_a_withdrawn_version_offers_the_new_one_alone_and_stores_nothing(town: Town, officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    load(town)
    withdraw_older(town)
    before = one(town, select(Draft)).row_version
    shown = officer.say("3150 3040")
    assert "แบบเดิมยกเลิกการใช้" in shown
    assert shown.count("แบบเดิมยกเลิกการใช้") == 1
    assert officer.labels() == [USE]
    assert one(town, select(Draft)).row_version == before
    assert "แบบเดิมยกเลิกการใช้" in officer.say("ทำแบบเดิมต่อ")
    assert "แบบเดิมยกเลิกการใช้" in officer.say("รายงาน")
    officer.say("เมนู")
    officer.say("รายงาน")
    assert "ใช้แบบใหม่แล้ว" in officer.press(USE)
    assert "กรุณาพิมพ์สองตัวเลข: ตรวจทานแล้ว · ครบ" in officer.say("9 40")


def test_a_finished_draft_on_a_withdrawn_version_is_not_sent(town: Town, officer: Phone) -> None:
    go_to(officer, REVIEW)
    load(town)
    withdraw_older(town)
    assert "แบบเดิมยกเลิกการใช้" in officer.press("ยืนยันส่ง")
    assert rows(town, select(Report)) == []
    officer.press(USE)
    officer.say("9 40")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")


def test_a_change_of_a_sent_report_keeps_its_version(town: Town, officer: Phone) -> None:
    send(officer)
    version = load(town)
    withdraw_older(town)
    assert "ปรับปรุงแล้ว" not in officer.say("แก้ 8=3200")
    assert "บันทึกการแก้ไขเรียบร้อยแล้ว" in officer.press("ยืนยันการแก้ไข")
    assert all(report.form_version_id != version for report in rows(town, select(Report)))


def test_totals_are_by_the_name_of_the_box_over_both_versions(town: Town, officer: Phone) -> None:
    other = town.person("มานี ตัวอย่าง", "officer", "4201")
    send(officer)
    load(town)
    other.say("รายงาน")
    for words in ("อยู่ระหว่าง", "ทำแล้วทั้งสองอย่าง", "20 9 33", "1000 1000", "0 0", "30 มิ.ย. 64", "อยู่ระหว่าง", "0"):
        other.say(words)
    other.say("ไม่มีข้อมูลที่อำเภอ")
    other.say("ไม่มี")
    assert "ส่งรายงานเรียบร้อยแล้ว" in other.press("ยืนยันส่ง")
    town.work()
    assert (summed(town, "t3_hh_checked"), summed(town, "t3_volunteers")) == ((4150, 2), (33, 1))
    officer.say("แก้ 8=3200")
    officer.press("ยืนยันการแก้ไข")
    town.work()
    assert (summed(town, "t3_hh_checked"), summed(town, "t3_volunteers")) == ((4200, 2), (33, 1))


def test_the_next_round_starts_on_the_new_form(town: Town, officer: Phone) -> None:
    send(officer)
    load(town)
    town.clock.civil = dt.datetime(2021, 6, 15, 9, 5, tzinfo=BANGKOK)
    assert "รายงานครั้งที่ 2" in officer.say("รายงาน")
    assert "ปรับปรุงแล้ว" not in officer.say("อยู่ระหว่าง")
