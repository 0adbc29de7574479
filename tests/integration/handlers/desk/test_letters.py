"""ส่งหนังสือแล้ว: the signed paper with its number and day, of one report and of a round as a whole."""

from __future__ import annotations

import io
import re

from sqlalchemy import select, update

from models.obligation import Obligation
from models.sent_letter import SentLetter
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.support import pictures
from tests.support.chat import Phone


def attach(desk: Desk, path: str, content: bytes, name: str = "หนังสือ.jpg", **fields: str) -> str:
    """Fill the page's form in and send it; what the page says then."""
    key = re.search(r'name="form_key" value="([0-9a-f]+)"', desk.get(path).text)
    assert key is not None
    data = {
        "form_key": key[1],
        "number": "ลย 0719/123",
        "day": "๗ มิ.ย. ๖๔",
        **fields,
        "file": (io.BytesIO(content), name),
    }
    answer = desk.client.post(path, data=data, content_type="multipart/form-data")
    return desk.get(answer.headers["Location"]).text if answer.status_code == 303 else answer.text


def test_a_signed_letter_stands_with_its_number_and_day_on_page_and_in_history(
    office: Office, officer: Phone, staff: Phone
) -> None:
    with office.town.runtime.sessions() as session:
        owed = select(Obligation.id).where(Obligation.area_code == "4207").order_by(Obligation.round_id).limit(1)
        report = session.scalars(owed).one()
        far = session.scalars(select(Obligation.id).where(Obligation.area_code == "4206").limit(1)).one()
    own, path = office.signed_in(officer), f"/desk/reports/{report}/letter"
    assert "เลือกรูปถ่ายหรือ PDF" in attach(own, path, b"")
    assert "เปิดไฟล์นี้ไม่ได้" in attach(own, path, b"MZ a program", "หนังสือ.pdf")
    assert "หลังวันนี้" in attach(own, path, b"%PDF-1.7", day="30 มิ.ย. 64")
    assert "ยังอ่านเป็นวันไม่ได้" in attach(own, path, b"%PDF-1.7", day="เร็ว ๆ นี้")
    assert office.town.media.stored == {}
    photo = pictures.jpeg()
    assert "ส่งหนังสือแล้ว เลขที่ ลย 0719/123 วันที่ 7 มิ.ย. 64" in attach(own, path, photo)
    with office.town.runtime.sessions() as session:
        letter = session.scalars(select(SentLetter)).one()
    shown = own.get(f"/desk/pictures/letter/{letter.id}")
    assert (shown.status_code, shown.content_type) == (200, "image/jpeg")
    assert shown.data != photo  # a copy drawn anew, without EXIF
    assert own.get(f"/desk/reports/{far}/letter").status_code == 404
    # the round as a whole is the province's, and no office opens its letter
    province = office.signed_in(staff)
    whole = attach(province, "/desk/reports/letter", b"%PDF-1.7 letter", number="ลย 0719/200")
    assert "ลย 0719/200" in whole
    for page in ("/desk/reports", "/desk/reports/papers", "/desk/today"):
        assert "ลย 0719/200" in province.get(page).text
    assert "ลย 0719/200" not in province.get("/desk/reports?at=2021-06-04T08:00").text  # nobody had sent one by then
    assert "/desk/reports/papers?campaign=loei_2564&amp;round=1" in province.get("/desk/today").text
    for page in ("/desk/reports", "/desk/today"):
        assert "ลย 0719/200" not in own.get(page).text
        assert "/desk/reports/papers" not in own.get(page).text
    with office.town.runtime.sessions() as session:
        newest = session.scalars(select(SentLetter.id).order_by(SentLetter.id.desc()).limit(1)).one()
    opened = province.get(f"/desk/pictures/letter/{newest}")
    assert (opened.content_type, opened.data) == ("application/pdf", b"%PDF-1.7 letter")
    assert own.get(f"/desk/pictures/letter/{newest}").status_code == 404
    assert "ส่งหนังสือแล้ว เลขที่ ลย 0719/123" in staff.say("ประวัติ ภูเรือ")
    # kept long enough: the scan has gone, number and day stay
    with office.town.runtime.sessions() as session, session.begin():
        session.execute(update(SentLetter).where(SentLetter.id == letter.id).values(storage_key=""))
    assert own.get(f"/desk/pictures/letter/{letter.id}").status_code == 404
    for page in (path, f"/desk/reports/{report}"):
        assert "ลย 0719/123 วันที่ 7 มิ.ย. 64 · ลบสำเนาแล้วตามกำหนดเก็บ" in own.get(page).text
