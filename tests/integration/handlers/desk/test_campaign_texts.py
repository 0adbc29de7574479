"""ตั้งค่า: a campaign's own words, kept to the rules of all texts, and given back."""

from __future__ import annotations

from tests.integration.handlers.desk.conftest import Office, hidden_mark
from tests.support.chat import Phone

TEXTS = "/desk/settings/campaigns/loei_2564/texts"


def test_a_text_is_found_previewed_changed_and_given_back(office: Office, staff: Phone, officer: Phone) -> None:
    desk = office.signed_in(staff)
    assert f"{TEXTS}/staff.button.who_owes" in desk.get(f"{TEXTS}?q=ยังไม่ส่ง").text
    words = {"th": "สวัสดีจาก {project}\nใช้ได้ถึง {time}", "en": "From {project} until {time}"}
    text = f"{TEXTS}/desk.come_in"
    preview = desk.post(text, **words, look="yes")
    assert (preview.status_code, "<p>สวัสดีจาก" in preview.text) == (200, True)
    # what is saved is what stands in the box, looked at or not
    assert preview.text.count('name="th"') == 1
    assert "หน้าเว็บของ" not in desk.get(TEXTS).text
    for wrong, told in (
        ("ส่ง {password} มา {time}", "ข้อความนี้ไม่มีค่า {password} ให้ใส่"),
        ("ส่งรายงานนะครับ", "มีคำที่ระบบไม่ใช้ในแชต (ครับ)"),
        ("ปิดไม่ครบ {project", "วงเล็บปีกกาไม่ครบคู่"),
        ("กรุณาอ่าน กรุณาส่ง", "กรุณาเหลือไว้ครั้งเดียว"),
        ("please ส่ง", "มีคำภาษาอังกฤษ (please)"),
    ):
        refused = desk.post(text, th=wrong, en="until {time}")
        assert (wrong[:10], refused.status_code, told in refused.text) == (wrong[:10], 422, True)
    long = desk.post(f"{TEXTS}/general.not_shown", th="ยาว " * 200, en="")
    assert (long.status_code, "กรุณาย่อให้ไม่เกิน 6 บรรทัด" in long.text) == (422, True)
    assert desk.post(text, th="หน้าเว็บของ {project} เปิดได้ถึง {time}", en="{project} until {time}").status_code == 303
    assert "หน้าเว็บของ" in desk.get(TEXTS).text
    officer.say("แดชบอร์ด")
    assert "หน้าเว็บของ งาน จปฐ." in str(officer.heard)
    desk.post(text, back="yes")
    officer.say("แดชบอร์ด")
    assert "หน้าเว็บของ งาน จปฐ." not in str(officer.heard)
    assert desk.post(f"{TEXTS}/no.such.text", th="ก", en="a").status_code == 404


def test_what_a_colleague_made_of_a_text_meanwhile_is_told_and_stays(office: Office, staff: Phone) -> None:
    desk, text = office.signed_in(staff), f"{TEXTS}/desk.come_in"
    mine = hidden_mark(desk.get(text).text)
    assert desk.post(text, th="{project} ถึง {time}", en="{project} {time}", seen=mine).status_code == 303
    for fields in ({"th": "ใหม่ {project} {time}", "en": "{time} {project}"}, {"back": "yes"}):
        told = desk.post(text, **fields, seen=mine)
        assert (told.status_code, "ขณะที่ท่านเปิดหน้านี้อยู่" in told.text) == (409, True)
    assert "{project} ถึง {time}" in desk.get(TEXTS).text
