"""Repeats in the chat: one more, enough, none at all, taking one out, going back, and finding any answer again."""

from __future__ import annotations

from tests.support.form_chat import FormChat
from tests.unit.bot.forms.sheets import YES_NO, Row, form_of, number, repeat

NAME: Row = {"type": "text", "name": "who", "label": "ชื่อ", "required": "yes"}
AGE = number("age", label="อายุ", required="yes", constraint=". < 120", constraint_message="อายุต้องน้อยกว่า 120 ปี")
CHILD = repeat("child", NAME, AGE, label="เด็ก")
HEAD: Row = {"type": "text", "name": "head", "label": "หัวหน้าครัวเรือน"}
ASKED_AGAIN = "กรอก เด็ก แล้ว 1 รายการ เพิ่มอีกไหม"


def begun(*more: Row) -> FormChat:
    """A chat that has just been asked for the first child's name."""
    chat = FormChat(form_of([HEAD, *CHILD, *more], YES_NO))
    chat.say("รายงาน")
    chat.say("สมศรี")
    return chat


def with_children(*names: str) -> FormChat:
    """A chat at its review card, with children of 1, 2, 3 ... years."""
    chat = begun()
    for years, name in enumerate(names, 1):
        chat.say(name)
        chat.say(str(years))
        chat.say("เพิ่มอีก" if years < len(names) else "พอแล้ว")
    assert chat.at_review
    return chat


def children(chat: FormChat) -> list[tuple[str, str]]:
    values = chat.context.values
    return [
        (values.get(f"child[{place}]/who"), values.get(f"child[{place}]/age"))
        for place in range(1, values.counts["child"] + 1)
    ]


def test_each_instance_says_which_it_is_and_progress_counts_it() -> None:
    chat = begun()
    assert "เด็ก ที่ 1\nชื่อ" in chat.said
    assert "เหลือ 3 คำถาม" in chat.said
    chat.say("เอ")
    assert ASKED_AGAIN in chat.say("5")
    assert chat.labels() == ["เพิ่มอีก", "พอแล้ว"]
    assert "เด็ก ที่ 2\nชื่อ" in chat.tap("เพิ่มอีก")
    assert "เหลือ 3 คำถาม" in chat.said


def test_enough_is_said_in_many_ways() -> None:
    for words in ("พอแล้ว", "ไม่มีแล้วค่ะ", "ไม่", "หมดแล้วครับ", "ข้าม"):
        chat = begun()
        chat.say("เอ")
        chat.say("5")
        chat.say(words)
        assert chat.at_review, words


def test_one_more_is_said_in_many_ways_and_a_story_is_asked_about() -> None:
    for words in ("เพิ่มอีก", "มีอีกค่ะ", "ใช่", "เพิ่มเด็ก"):
        chat = begun()
        chat.say("เอ")
        chat.say("5")
        assert "เด็ก ที่ 2" in chat.say(words), words
    chat.say("บี")
    chat.say("6")
    assert "ยังไม่เข้าใจ" not in chat.say("อากาศดีมาก")
    assert chat.context.values.counts["child"] == 2
    assert "เพิ่มอีก" in chat.labels()


def test_a_second_tap_on_one_more_adds_no_second_instance() -> None:
    chat = begun()
    chat.say("เอ")
    chat.say("5")
    button = chat.chat.shown[0]
    chat.chat.touch(button)
    chat.chat.touch(button)
    assert chat.context.values.counts["child"] == 2


def test_none_at_all_is_one_tap_or_words() -> None:
    assert "บันทึกว่าไม่มี เด็ก แล้ว" in begun().tap("ไม่มี เด็ก")
    chat = begun()
    chat.say("ไม่มีเด็ก")
    assert chat.at_review
    assert chat.context.values.counts["child"] == 0
    chat.send()


def test_back_goes_from_an_instance_to_the_one_before() -> None:
    chat = begun()
    for words in ("เอ", "5", "เพิ่มอีก", "บี"):
        chat.say(words)
    assert "เด็ก ที่ 2\nชื่อ" in chat.say("ย้อน")
    chat.say("บัว")
    assert children(chat)[1][0] == "บัว"


def test_back_takes_an_instance_away_that_was_added_by_mistake() -> None:
    chat = begun()
    for words in ("เอ", "5", "เพิ่มอีก"):
        chat.say(words)
    assert "ไม่เพิ่ม เด็ก ที่ 2" in chat.say("ย้อน")
    assert ASKED_AGAIN in chat.said
    assert children(chat) == [("เอ", "5")]


def test_an_instance_is_taken_out_after_a_yes_and_those_after_it_move_up() -> None:
    chat = with_children("เอ", "บี", "ซี")
    assert "ลบ เด็ก ที่ 2 ทั้งรายการใช่หรือไม่\nบี · อายุ 2" in chat.say("ลบ เด็กคนที่ 2")
    assert "ลบ เด็ก ที่ 2 แล้ว" in chat.say("ใช่")
    assert children(chat) == [("เอ", "1"), ("ซี", "3")]


def test_no_keeps_the_instance_and_an_old_yes_is_asked_again() -> None:
    chat = with_children("เอ", "บี")
    chat.say("ลบ ที่ 1")
    button = chat.chat.shown[0]
    chat.say("ไม่")
    assert len(children(chat)) == 2
    chat.say("อายุ 2=9")
    chat.chat.touch(button)
    assert len(children(chat)) == 2
    chat.tap("ลบ") if "ลบ" in chat.labels() else chat.say("ใช่")
    assert children(chat) == [("บี", "9")]


def test_the_edit_list_opens_instances_by_number_and_by_tap() -> None:
    chat = with_children("เอ", "บี")
    chat.say("แก้")
    assert chat.labels() == ["1 หัวหน้าครัวเรือน", "2 เด็ก ที่ 1: เอ", "3 เด็ก ที่ 2: บี", "4 เพิ่ม เด็ก"]
    chat.say("3")
    assert chat.labels() == ["1 ชื่อ", "2 อายุ", "3 ลบ เด็ก ที่ 2"]
    assert "ที่บันทึกไว้: อายุ 2" in chat.tap("2 อายุ")
    assert "อายุ เด็ก ที่ 2: เดิม 2 → ใหม่ 7" in chat.say("7")
    assert children(chat) == [("เอ", "1"), ("บี", "7")]


def test_one_more_from_the_edit_list_after_enough_was_said() -> None:
    chat = with_children("เอ")
    chat.say("แก้")
    assert "เด็ก ที่ 2" in chat.tap("3 เพิ่ม เด็ก")
    chat.say("บี")
    chat.say("4")
    chat.say("พอ")
    assert children(chat) == [("เอ", "1"), ("บี", "4")]


def test_a_box_of_an_instance_is_changed_by_its_name_and_number() -> None:
    chat = with_children("เอ", "บี")
    assert "อายุ เด็ก ที่ 1: เดิม 1 → ใหม่ 8" in chat.say("แก้ อายุ ที่ 1 = 8")
    assert "อายุ เด็ก ที่ 2 บันทึกไว้ว่า 2" in chat.say("แก้ อายุ เด็ก ที่ 2")
    chat.say("9")
    assert children(chat) == [("เอ", "8"), ("บี", "9")]


def test_a_name_that_several_instances_share_is_asked_about() -> None:
    chat = with_children("เอ", "บี")
    chat.say("แก้ อายุ")
    assert chat.labels() == ["1 อายุ เด็ก ที่ 1", "2 อายุ เด็ก ที่ 2"]
    chat.say("2")
    chat.say("6")
    assert children(chat) == [("เอ", "1"), ("บี", "6")]


def test_the_whole_form_is_shown_instance_by_instance() -> None:
    shown = with_children("เอ", "บี").say("ทบทวน")
    assert "เด็ก ที่ 1\n• ชื่อ: เอ\n• อายุ: 1\nเด็ก ที่ 2\n• ชื่อ: บี\n• อายุ: 2" in shown
    assert "เพิ่มอีก" not in shown


def test_a_refused_value_says_why_in_the_forms_words_with_an_example_that_it_takes() -> None:
    chat = begun()
    chat.say("เอ")
    shown = chat.say("500")
    assert "อายุต้องน้อยกว่า 120 ปี" in shown
    assert "กรุณาพิมพ์ใหม่ เช่น 12" in shown


def test_a_sent_report_is_changed_instance_by_instance() -> None:
    chat = with_children("เอ", "บี").send()
    assert "อายุ เด็ก ที่ 2: เดิม 2 → ใหม่ 5" in chat.say("แก้ อายุ ที่ 2=5")
    chat.say("ลบ เด็ก ที่ 1")
    chat.say("ใช่")
    assert "เด็ก: เดิม 2 รายการ → ใหม่ 1 รายการ\nชื่อ เด็ก ที่ 1: เดิม เอ → ใหม่ บี" in chat.said
    chat.send()
    assert len(chat.town.reports[1]) == 2


def test_taking_the_last_instance_out_of_a_sent_report_is_a_change() -> None:
    chat = with_children("เอ", "บี").send()
    chat.say("แก้")
    chat.say("ลบ เด็ก ที่ 2")
    assert "จะเป็นฉบับแก้ไขที่ 1" in chat.say("ใช่")
    chat.send()
    assert len(chat.town.reports[1]) == 2


def test_fewer_instances_than_were_skipped_in_are_no_trouble() -> None:
    chat = FormChat(
        form_of([number("n", label="จำนวน"), *repeat("pet", {"type": "text", "name": "of"}, repeat_count="${n}")])
    )
    for words in ("รายงาน", "2", "ข้าม", "ข้าม", "แก้ จำนวน=1"):
        chat.say(words)
    assert chat.at_review
    assert chat.context.values.counts["pet"] == 1
