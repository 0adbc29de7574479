from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@ติดตาม ผูกกลุ่ม", "ผูกกลุ่ม"),
        ("ติดตาม ผูกกลุ่ม อำเภอภูเรือ", "ผูกกลุ่ม อำเภอภูเรือ"),
        ("ติดตาม: สรุป", "สรุป"),
        ("ติดตาม ใครยังไม่ส่งบ้างคะ", "ใครยังไม่ส่งบ้างคะ"),
        ("Tidtam menu", "menu"),
        ("tidtam", ""),
        ("@ติดตาม", ""),
        ("@ติดตาม อากาศดีไหม", "อากาศดีไหม"),
    ],
)
def test_a_call_is_heard(reader: Reader, text: str, rest: str) -> None:
    assert reader.called(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ใครยังไม่ส่ง",
        "รายงาน",
        "ติดตาม",
        "ติดตามผลด้วย",
        "ติดตาม ผลการประชุมเมื่อวานด้วยครับ",
        "ติดตาม ขอบคุณค่ะ",
        "ติดตาม อย่างไร",
        "ติดตาม ช่วยดูด้วย",
        "@ติดตามงานจังหวัด สวัสดี",
        "tidtamx menu",
        "ฝาก ติดตาม ใครยังไม่ส่ง",
        "@สมชาย ติดตาม สรุป",
        "tidtam " + "ก" * 400,
    ],
)
def test_what_people_say_to_each_other_is_no_call(reader: Reader, text: str) -> None:
    assert reader.called(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("ผูกกลุ่ม", "link", ""),
        ("ผูกกลุ่มค่ะ", "link", ""),
        ("ผูกกลุ่มอำเภอภูเรือ", "link", "อำเภอภูเรือ"),
        ("ผูกกลุ่มกับ อ.ภูเรือ", "link", "อ.ภูเรือ"),
        ("link group Phu Ruea", "link", "phu ruea"),
        ("linked", "", ""),
        ("กำหนดส่งวันไหนครับ", "due", ""),
        ("ใครยังไม่ส่ง", "missing", ""),
        ("ค้างอะไร", "missing", ""),
        ("ส่งครบหรือยังคะ", "missing", ""),
        ("สรุปหน่อยค่ะ", "summary", ""),
        ("เมนู", "menu", ""),
        ("วิธีใช้", "help", ""),
        ("รายงาน", "report", ""),
        ("มอบหมายผู้แทน", "private", ""),
        ("ออกจากกลุ่มค่ะ", "leave", ""),
        ("ขอบคุณครับ", "thanks", ""),
        ("ฝนตกไหม", "", ""),
        ("ติดตาม", "", ""),
    ],
)
def test_a_wish_is_read(reader: Reader, text: str, kind: str, about: str) -> None:
    wish = reader.group_wish(text)
    assert (wish.kind, wish.about) == (kind, about)


@given(st.text())
def test_any_text_is_read_without_breaking(reader: Reader, text: str) -> None:
    reader.called(text)
    reader.group_wish(text)


@given(st.text(min_size=1))
def test_words_before_the_name_are_no_call(reader: Reader, text: str) -> None:
    assert reader.called(f"กก {text} tidtam เมนู") is None
