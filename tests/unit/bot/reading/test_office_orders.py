from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.office_orders import OfficeOrder
from bot.reading.reader import Reader

READER = Reader.load()
LOEI = ("เมืองเลย", "นาด้วง", "เชียงคาน", "ปากชม", "ด่านซ้าย", "ภูเรือ", "ภูกระดึง", "ภูหลวง")


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("ส่งคืน ภูเรือ ช่อง 9 มากกว่ายอดในทะเบียน", OfficeOrder("return", "ภูเรือ", None, {9: "มากกว่ายอดในทะเบียน"})),
        ("ส่งคืนภูเรือช่อง๙ เหตุผล: ดูใหม่", OfficeOrder("return", "ภูเรือ", None, {9: "ดูใหม่"})),
        ("ส่งคืน อ.ภูเรือ ครั้งที่ 1 ช่อง 9", OfficeOrder("return", "ภูเรือ", 1, {9: ""})),
        ("ส่งคืน ภูเรือ ช่อง 9 และ 10 ดูใหม่", OfficeOrder("return", "ภูเรือ", None, {9: "ดูใหม่", 10: "ดูใหม่"})),
        ("ส่งคืน ภูเรือ ช่อง 9 มากไป ช่อง 12 น้อยไป", OfficeOrder("return", "ภูเรือ", None, {9: "มากไป", 12: "น้อยไป"})),
        ("ยกเว้น ภูเรือ", OfficeOrder("waive", "ภูเรือ")),
        ("ยกเว้น ครั้งที่ ๒ ภูเรือ เพราะน้ำท่วม", OfficeOrder("waive", "ภูเรือ", 2, words="น้ำท่วม")),
        ("รับรอง ภูเรื", OfficeOrder("accept", "ภูเรือ")),
        ("ประวัติ อำเภอเมือง", OfficeOrder("history", "เมืองเลย")),
        ("ปิดรับครั้งที่ 1", OfficeOrder("close_round", round=1)),
        ("เปิดรับ รอบ 2", OfficeOrder("open_round", round=2)),
        ("ยกเว้น น่าน", OfficeOrder("waive", words="น่าน")),
    ],
)
def test_an_order_names_district_round_boxes_and_reason_in_the_words_typed(typed: str, order: OfficeOrder) -> None:
    assert READER.office_order(typed, LOEI) == order


@pytest.mark.parametrize("typed", ["ปิด", "ส่ง", "ส่งกลับ", "กลับ", "8=3500", "ใครยังไม่ส่ง", "closed", "", "รับทราบ"])
def test_what_begins_with_no_such_word_is_no_order(typed: str) -> None:
    assert READER.office_order(typed, LOEI) is None


def test_english_names_of_two_words_are_found() -> None:
    order = READER.office_order("return Phu Ruea box 9 too many", ("Phu Ruea", "Phu Luang"))
    assert order == OfficeOrder("return", "Phu Ruea", None, {9: "too many"})


def test_the_reason_stays_word_for_word() -> None:
    order = READER.office_order('ส่งคืน ภูเรือ ช่อง 9 "ยอด ๓,๐๔๐ มากกว่า DASHBOARD"', LOEI)
    assert order is not None
    assert order.boxes == {9: "ยอด ๓,๐๔๐ มากกว่า DASHBOARD"}


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_fault(words: str) -> None:
    for verb in ("", "ส่งคืน ภูเรือ ", "ปิดรับ", "ยกเว้น "):
        READER.office_order(verb + words, LOEI)


@given(st.sampled_from(LOEI), st.integers(1, 28), st.text("กขคงจ ฉชซ", min_size=1).map(str.split).map(" ".join))
def test_a_box_and_its_reason_come_back_as_they_were_typed(district: str, box: int, reason: str) -> None:
    order = READER.office_order(f"ส่งคืน {district} ช่อง {box} {reason}", LOEI)
    assert order == OfficeOrder("return", district, None, {box: reason})
