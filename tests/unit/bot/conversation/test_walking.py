"""Any form is answered in the chat by taps and words: groups, notes, repeats in repeats, what follows from what."""

from __future__ import annotations

import random

import pytest

from tests.support.form_chat import FormChat
from tests.unit.bot.forms.sheets import GROUP_END, YES_NO, Row, calculate, form_of, number, repeat

SEEDS = range(4)


def text(name: str, **cells: str) -> Row:
    return {"type": "text", "name": name, **cells}


def note(name: str, label: str, **cells: str) -> Row:
    return {"type": "note", "name": name, "label": label, **cells}


def pick(name: str, listed: str = "yn", **cells: str) -> Row:
    return {"type": f"select_one {listed}", "name": name, **cells}


def group(name: str, *inside: Row, **cells: str) -> list[Row]:
    return [{"type": "begin_group", "name": name, **cells}, *inside, GROUP_END]


PLACES: list[Row] = [
    {"list_name": "tambon", "name": "north", "label": "เหนือ", "town": ""},
    {"list_name": "tambon", "name": "south", "label": "ใต้", "town": ""},
    {"list_name": "village", "name": "n1", "label": "บ้านเหนือหนึ่ง", "town": "north"},
    {"list_name": "village", "name": "n2", "label": "บ้านเหนือสอง", "town": "north"},
    {"list_name": "village", "name": "s1", "label": "บ้านใต้", "town": "south"},
]
TOYS = repeat("toy", text("what", label="ของเล่น"), label="ของเล่น", relevant="${age} < 12")
NESTED = repeat("child", text("who", required="yes"), number("age", required="yes", constraint=". < 120"), *TOYS)
FORMS: dict[str, list[Row]] = {
    "nested repeats": [text("head"), *NESTED, number("after")],
    "counted repeat": [number("n", constraint=". < 4"), *repeat("pet", pick("dog"), repeat_count="${n}")],
    "fixed count": repeat("visit", number("found", required="yes"), repeat_count="3"),
    "relevance inside a repeat": repeat(
        "child", pick("school", required="yes"), text("where", relevant="${school} = 'yes'")
    ),
    "repeat that may not apply": [pick("any"), *repeat("child", text("who"), relevant="${any} = 'yes'"), text("last")],
    "groups in groups": group(
        "a", *group("b", text("one"), *group("c", number("two"), label="C"), label="B"), label="A"
    ),
    "field-list of many kinds": group(
        "a", text("one"), number("two"), number("three"), pick("four"), appearance="field-list"
    ),
    "cascade": [pick("tambon", "tambon"), pick("village", "village", choice_filter="town = ${tambon}")],
    "computed and hidden": [
        number("a", required="yes"),
        calculate("double", "${a} * 2"),
        {"type": "hidden", "name": "mark"},
        note("told", "สองเท่าคือ ${double}"),
        text("b", relevant="${double} > 10"),
    ],
    "notes alone": [note("n1", "หนึ่ง"), *group("g", note("n2", "สอง"), label="กลุ่ม"), text("a"), note("n3", "สาม")],
    "trigger": [
        number("a"),
        {"type": "dateTime", "name": "when", "trigger": "${a}", "calculation": "now()"},
        text("b"),
    ],
    "nothing to ask": [note("n1", "ไม่มีคำถาม")],
    "choices that are instances": [
        *repeat("child", text("who", required="yes")),
        {"type": "select_one ${who}", "name": "eldest", "label": "คนโต"},
    ],
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_form_is_answered_to_its_review_card_and_sent(name: str, seed: int) -> None:
    chat = FormChat(form_of(FORMS[name], [*YES_NO, *PLACES]), seed).fill().send()
    assert "เรียบร้อยแล้ว" in chat.said


ASIDE = (
    *("ย้อน", "ทบทวน", "แก้", "ลบ", "ลบ ที่ 1", "ลบ 2", "เพิ่มอีก", "พอแล้ว", "ไม่มี", "ใช่", "ไม่", "ข้าม", "1", "2", "3"),
    *("แก้ who", "who=เอ", "แก้ age ที่ 1=4", "age 2=7", "พัก", "รายงาน", "ยืนยันส่ง", "ถัดไป", "หน้าแรก", "ยกเลิก"),
)
REPEATING = [name for name in FORMS if "repeat" in name or "instances" in name]


@pytest.mark.parametrize("name", REPEATING)
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_tapped_or_said_in_a_form_with_repeats_is_answered(name: str, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - sampling, not secrecy
    chat = FormChat(form_of(FORMS[name], YES_NO), seed)
    chat.say("รายงาน")
    for _ in range(40):
        if dice.random() < 0.5:
            old = dice.random() < 0.4
            chat.touch(dice.choice(chat.chat.seen if old else chat.chat.shown or chat.chat.seen))
        elif dice.random() < 0.5 or not chat.is_asked:
            chat.say(dice.choice(ASIDE))
        else:
            chat.answer_somehow()
        assert chat.turn.bubbles
