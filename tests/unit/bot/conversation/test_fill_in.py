"""The fill-in text of a whole form: what is filled in is stored, in any order and partly, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.turn import Turn
from bot.messages.bubbles import Text
from bot.messages.measure import utf16_units
from bot.messages.render import render
from tests.integration.conversation.filling import filled
from tests.support.pure_chat import PureChat
from tests.support.pure_loei import catalogue
from tests.support.pure_town import PureTown
from tests.unit.bot.forms.sheets import Row, form_of

NAMES = {
    "1": "t3_status",
    "5": "t3_villages_checked",
    "6": "t3_certificates",
    "8": "t3_hh_checked",
    "9": "t3_hh_complete",
    "10": "t3_e31",
    "11": "t3_e32",
    "12": "t3_e33",
    "13": "t3_e34",
    "14": "t3_e35",
    "16": "t4_fix_status",
    "19": "t4_fix_prev_year_records",
}
figure: st.SearchStrategy[Callable[[int], str]] = st.sampled_from(
    [str, lambda n: f"{n:,}", lambda n: f"{n} ค่ะ", lambda n: f" {n}"]
)
STATUSES = {"เสร็จ": "done", "ระหว่าง": "reporting", "ทำอยู่": "reporting", "อยู่ระหว่างการจัดทำรายงาน": "reporting"}


def said(turn: Turn) -> list[str]:
    return [str(message["text"]) for message in render(turn.bubbles, catalogue("th")) if message["type"] == "text"]


@st.composite
def sheets(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """What is typed by box number, and what would be stored by name."""
    counts = {"5": (1, 40), "6": (1, 40), "8": (2000, 6000), "9": (1000, 1900)}
    counts |= dict.fromkeys(("10", "11", "12", "13", "14"), (0, 90)) | {"19": (0, 99)}
    numbers = {box: draw(st.integers(*bounds)) for box, bounds in counts.items()}
    typed = {box: draw(figure)(number) for box, number in numbers.items()}
    stored = {NAMES[box]: str(number) for box, number in numbers.items()}
    for box in ("1", "16"):
        typed[box] = draw(st.sampled_from(sorted(STATUSES)))
        stored[NAMES[box]] = STATUSES[typed[box]]
    kept = draw(st.sets(st.sampled_from(sorted(typed))))
    return {box: typed[box] for box in kept}, {NAMES[box]: stored[NAMES[box]] for box in kept}


@settings(deadline=None, max_examples=10)
@given(sheet=sheets(), data=st.data())
def test_what_is_filled_in_is_stored_and_nothing_else(
    sheet: tuple[dict[str, str], dict[str, str]], data: st.DataObject
) -> None:
    typed, stored = sheet
    chat = PureChat(PureTown())
    before = chat.town.values(1)
    (words,) = said(chat.say("แบบกรอก"))
    head, *lines = filled(words, typed).split("\n")
    lines = data.draw(st.permutations(lines))
    text = data.draw(st.sampled_from(["\n", "   "])).join([head, *lines] if data.draw(st.booleans()) else lines)
    chat.say(text)
    after = chat.town.values(1)
    assert {name: after.get(name) for name in NAMES.values()} == {
        name: stored.get(name, before.get(name)) for name in NAMES.values()
    }


@settings(deadline=None, max_examples=6)
@given(sheet=sheets())
def test_the_text_that_is_made_anew_holds_what_was_stored_and_changes_nothing(
    sheet: tuple[dict[str, str], dict[str, str]],
) -> None:
    chat = PureChat(PureTown())
    chat.say(filled(said(chat.say("แบบกรอก"))[0], sheet[0]))
    before = chat.town.values(1).to_json()["answers"]
    (again,) = said(chat.say("แบบกรอก"))
    turn = chat.say(again)
    assert chat.town.values(1).to_json()["answers"] == before
    assert Text("fill_in.nothing_new") in turn.bubbles[0].lines


def _chat(survey: list[Row]) -> PureChat:
    return PureChat(PureTown(form_of(survey), {}))


def _integers(count: int) -> list[Row]:
    return [
        {"type": "integer", "name": f"n{number}", "label": f"จำนวนของสิ่งที่ {number} ซึ่งมีชื่อยาวพอสมควร"}
        for number in range(1, count + 1)
    ]


def test_a_form_without_numbers_goes_by_its_labels() -> None:
    chat = _chat(
        [
            {"type": "text", "name": "name", "label": "ชื่อผู้ตอบ"},
            {"type": "integer", "name": "age", "label": "อายุ (ปี)"},
            {"type": "decimal", "name": "share", "label": "พื้นที่"},
            {"type": "date", "name": "day", "label": "วันที่ตอบ:"},
        ]
    )
    (words,) = said(chat.say("แบบกรอก"))
    assert words.split("\n")[1:] == ["ชื่อผู้ตอบ=", "อายุ ปี=", "พื้นที่=", "วันที่ตอบ="]
    chat.say(filled(words, {"อายุ": "41", "พื้นที่": "2.5", "ชื่อผู้ตอบ": "ก้อง: บ้าน=เรา", "วันที่ตอบ": "7 มิ.ย. 64"}))
    values = chat.town.values(1)
    assert [values.get(name) for name in ("name", "age", "share", "day")] == ["ก้อง: บ้าน=เรา", "41", "2.5", "2021-06-07"]


def test_a_long_form_takes_several_texts_each_usable_alone() -> None:
    chat = _chat(_integers(150))
    texts = said(chat.say("แบบกรอก"))
    assert 2 <= len(texts) <= 4
    assert all(utf16_units(words) <= 4_000 for words in texts)
    assert len({words.split("\n")[0] for words in texts}) == 1
    second = texts[1].replace("=", "=7")
    chat.say(second)
    values = chat.town.values(1)
    assert [values.get("n1"), values.get("n150") or values.get("n80")] == ["", "7"]


def test_a_form_too_long_for_one_answer_is_given_bit_by_bit() -> None:
    chat = _chat(_integers(400))
    texts = said(chat.say("แบบกรอก"))
    assert len(texts) == 4
    for words in texts:
        chat.say(words.replace("=", "=7"))
    rest = said(chat.say("แบบกรอก"))
    assert "สิ่งที่ 1 " not in rest[0]
    assert "สิ่งที่ 400 " in rest[-1]


@pytest.mark.parametrize("words", ["เมนู", "ขอบคุณ", "รายงาน", "8=", "=", "a=b", "ราคา: 5"])
def test_other_words_are_no_fill_in_text(words: str) -> None:
    chat = PureChat(PureTown())
    chat.say("แบบกรอก")
    before = chat.town.values(1).to_json()["answers"]
    chat.say(words)
    assert chat.town.values(1).to_json()["answers"] == before
