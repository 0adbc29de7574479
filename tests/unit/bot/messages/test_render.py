from __future__ import annotations

from typing import Any

import orjson
import pytest

from bot.messages.bubbles import Bubble, Button, Link, Tap, text
from bot.messages.catalogue import Catalogue
from bot.messages.render import render
from tests.unit.bot.messages.seen import buttons_of, texts_of

THAI = Catalogue.load("th")
ENGLISH = Catalogue.load("en")
YES = Tap(text("button.yes"), "yes")
NO = Tap(text("button.no"), "no")


def styles(message: dict[str, Any]) -> list[str]:
    return [button["style"] for button in buttons_of(message)]


def test_nothing_to_say_is_no_message() -> None:
    assert render([], THAI) == []
    assert render([Bubble(("",))], THAI) == []


def test_a_bubble_without_buttons_is_a_text_message() -> None:
    assert render([Bubble(("ก", "", "ข"))], THAI) == [{"type": "text", "text": "ก\n\nข"}]


def test_a_plain_bubble_with_a_footer_says_it_last() -> None:
    assert render([Bubble(("ก",), footer="ข")], THAI) == [{"type": "text", "text": "ก\nข"}]


def test_a_bubble_with_buttons_is_flex_with_each_line_a_text_of_its_own() -> None:
    (message,) = render([Bubble(("บรรทัดหนึ่ง\nบรรทัดสอง", "สาม"), (YES,))], THAI)
    assert message["type"] == "flex"
    assert message["altText"] == "บรรทัดหนึ่ง\nบรรทัดสอง\nสาม"
    assert texts_of(message) == ["บรรทัดหนึ่ง", "บรรทัดสอง", "สาม"]
    lines = message["contents"]["body"]["contents"]
    assert all(line["wrap"] and line["scaling"] for line in lines)


def test_the_title_of_a_card_is_bold_and_its_last_line_grey() -> None:
    (message,) = render([Bubble((text("menu.guest"),), title=text("menu.title"), card=True)], THAI)
    lines = message["contents"]["body"]["contents"]
    assert (lines[0]["text"], lines[0]["weight"]) == ("เมนู", "bold")
    assert (lines[-1]["text"], lines[-1]["color"]) == ("พิมพ์ เมนู ได้ทุกเมื่อ", "#8C8C8C")
    assert "พิมพ์ เมนู" not in message["altText"]


def test_with_buttons_the_grey_line_stands_below_them() -> None:
    (message,) = render([Bubble(("ก",), (YES,), footer="ท้าย", card=True)], THAI)
    assert message["contents"]["footer"]["contents"][-1]["text"] == "ท้าย"
    assert texts_of(message) == ["ก", "ท้าย"]


def test_only_a_first_button_that_is_the_main_action_is_primary() -> None:
    choices: tuple[Button, ...] = (Tap("แล้วเสร็จ", "1"), Tap("อยู่ระหว่าง", "2"))
    assert styles(render([Bubble(("ก",), (YES, NO))], THAI)[0]) == ["primary", "secondary"]
    assert styles(render([Bubble(("ก",), (NO, YES))], THAI)[0]) == ["secondary", "secondary"]
    assert styles(render([Bubble(("ก",), choices)], THAI)[0]) == ["secondary", "secondary"]


def test_links_and_side_actions_are_drawn_as_links() -> None:
    quiet = Tap(text("report.button.full_text"), "full")
    page = Link("เปิด", "https://example.org")
    assert styles(render([Bubble(("ก",), (quiet, page))], THAI)[0]) == ["link", "link"]


def test_buttons_stand_under_each_other_and_shrink_rather_than_cut() -> None:
    (message,) = render([Bubble(("ก",), (YES, NO))], THAI)
    footer = message["contents"]["footer"]
    assert footer["layout"] == "vertical"
    assert [button["type"] for button in footer["contents"]] == ["button", "button"]
    assert footer["contents"][0]["adjustMode"] == "shrink-to-fit"


def test_many_short_labels_stand_three_in_a_row() -> None:
    houses = tuple(Tap(number, number) for number in ("12", "12/1", "14", "15", "15/2"))
    (message,) = render([Bubble(("ก",), houses)], THAI)
    rows = message["contents"]["footer"]["contents"]
    assert [(row["layout"], len(row["contents"])) for row in rows] == [("horizontal", 3), ("horizontal", 2)]
    assert [button["action"]["label"] for button in buttons_of(message)] == ["12", "12/1", "14", "15", "15/2"]


def test_too_many_buttons_go_on_in_a_further_bubble_and_none_is_lost() -> None:
    districts = tuple(Tap(f"อำเภอที่ {n}", str(n)) for n in range(14))
    messages = render([Bubble(("เลือก",), districts)], THAI)
    assert [button["action"]["data"] for message in messages for button in buttons_of(message)] == [
        str(n) for n in range(14)
    ]
    assert texts_of(messages[1]) == ["ตัวเลือกเพิ่มเติม"]


def test_buttons_without_words_still_get_a_line() -> None:
    assert texts_of(render([Bubble(("",), (YES,))], THAI)[0]) == ["แตะปุ่มที่ต้องการ"]


def test_quick_replies_go_on_the_last_message_with_those_of_the_last_bubble_first() -> None:
    first = Bubble(("ก",), quick=(Tap("หนึ่ง", "1"),))
    second = Bubble(("ข",), quick=(Tap("ส" * 30, "2"),))
    messages = render([first, second], THAI)
    assert "quickReply" not in messages[0]
    labels = [item["action"]["label"] for item in messages[1]["quickReply"]["items"]]
    assert labels == ["ส" * 19 + "…", "หนึ่ง"]


def test_no_more_than_thirteen_quick_replies() -> None:
    quick = tuple(Tap(str(n), str(n)) for n in range(20))
    assert len(render([Bubble(("ก",), quick=quick)], THAI)[0]["quickReply"]["items"]) == 13


def test_the_same_bubble_speaks_either_language() -> None:
    bubble = Bubble((text("report.remaining", n=1),), (YES,))
    assert texts_of(render([bubble], THAI)[0]) == ["เหลือ 1 คำถาม"]
    assert texts_of(render([bubble], ENGLISH)[0]) == ["1 question left"]


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{round} {{x}}", "$ %s \\u0000", '"}],"x":{"', "\x00ก"]
)
def test_hostile_words_stay_words(hostile: str) -> None:
    words = text("read.ask.other", heard=hostile, need=text("need.date"), example="30 มิ.ย. 64")
    shown = "\n".join(texts_of(render([Bubble((words,), (YES,))], THAI)[0]))
    assert hostile.replace("\x00", "") in shown


def test_a_typical_reply_to_a_leader_is_small() -> None:
    houses = tuple(Tap(text("household.button.house", house=n), f"do=house&no={n}") for n in ("12", "12/1", "14", "15"))
    stored = Bubble(
        (
            text("household.stored", house=text("household.called", house="11")),
            text("household.progress", today=8, left=14),
        )
    )
    ask = Bubble((text("household.ask_house", example="12/3"),), (*houses, *houses[:2]))
    assert len(orjson.dumps(render([stored, ask], THAI))) < 3_000
