from __future__ import annotations

import datetime as dt

import orjson
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from linebot.v3.messaging import ReplyMessageRequest

from bot.messages.actions import RenderError
from bot.messages.bubbles import Bubble, Button, Link, PickDate, Say, Tap, text
from bot.messages.catalogue import Catalogue
from bot.messages.flex import json_bytes
from bot.messages.render import render
from simulator.limits import check_messages
from tests.unit.bot.messages.seen import alternatives_of, buttons_of, everything_said, texts_of

THAI = Catalogue.load("th")
YES = Tap(text("button.yes"), "yes")


def test_a_text_over_five_thousand_units_is_split_and_nothing_is_lost() -> None:
    words = "\n".join(f"บรรทัดที่ {n} " + "ก" * 90 for n in range(100))
    messages = render([Bubble((words,))], THAI)
    assert len(messages) > 1
    assert check_messages(messages) == []
    assert everything_said(messages).split() == words.split()


def test_words_too_long_for_flex_go_before_it_as_text_and_the_end_stays_with_the_buttons() -> None:
    words = "\n".join("ก" * 200 for _ in range(60)) + "\nใช่หรือไม่"
    messages = render([Bubble((words,), (YES,), title="หัวเรื่อง")], THAI)
    assert check_messages(messages) == []
    assert messages[0]["text"].startswith("หัวเรื่อง\n")
    assert texts_of(messages[-1])[-1] == "ใช่หรือไม่"
    assert everything_said(messages).split() == ["หัวเรื่อง", *words.split()]


def test_long_words_without_title_are_split_as_well() -> None:
    messages = render([Bubble(("ก" * 11_000,), (YES,))], THAI)
    assert check_messages(messages) == []
    assert everything_said(messages).replace("\n", "") == "ก" * 11_000


def test_the_notification_is_cut_to_what_line_takes() -> None:
    (message,) = render([Bubble(("ก" * 3_000,), (YES,))], THAI)
    assert len(message["altText"]) == 1_500


def test_eight_texts_become_five_in_the_same_order() -> None:
    messages = render([Bubble((f"ข้อความ{n}",)) for n in range(8)], THAI)
    assert len(messages) == 5
    assert messages[0]["text"] == "ข้อความ0\n\nข้อความ1\n\nข้อความ2\n\nข้อความ3"
    assert messages[-1]["text"] == "ข้อความ7"


def test_neighbouring_flex_bubbles_become_a_carousel_with_all_their_buttons() -> None:
    messages = render([Bubble((f"ถาม{n}",), (Tap("ตอบ", str(n)),)) for n in range(7)], THAI)
    assert len(messages) == 5
    assert messages[0]["contents"]["type"] == "carousel"
    assert messages[0]["altText"] == "ถาม0\nถาม1\nถาม2"
    assert [button["action"]["data"] for message in messages for button in buttons_of(message)] == list("0123456")
    assert check_messages(messages) == []


def test_texts_and_flex_in_turn_still_fit_into_five() -> None:
    bubbles = [Bubble((f"คำ{n}",), (YES,) if n % 2 else ()) for n in range(9)]
    messages = render(bubbles, THAI)
    assert len(messages) == 5
    assert check_messages(messages) == []
    assert everything_said(messages).split() == [f"คำ{n}" for n in range(9)]
    assert "คำ0" in alternatives_of(messages)


def test_long_texts_that_cannot_be_joined_go_into_carousels() -> None:
    messages = render([Bubble(("ก" * 4_000,)) for _ in range(8)], THAI)
    assert len(messages) == 5
    assert check_messages(messages) == []
    assert everything_said(messages).replace("\n", "") == "ก" * 32_000


def test_more_than_a_request_can_hold_is_refused_not_cut() -> None:
    with pytest.raises(RenderError, match="five"):
        render([Bubble(("ก" * 100_000,))], THAI)


def test_a_bubble_of_the_heaviest_buttons_keeps_to_thirty_kilobytes() -> None:
    heavy: tuple[Button, ...] = tuple(Tap("ก้" * 300, "ก" * 300) for _ in range(12))
    messages = render([Bubble(("ก" * 3_000,), heavy)], THAI)
    assert check_messages(messages) == []
    assert all(json_bytes(message["contents"]) <= 30_000 for message in messages if message["type"] == "flex")


MOST = 15_000
"""Letters that five messages hold in any mix of texts and cards; beyond, `render` refuses rather than cuts."""
WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["ก" * 6_000, "😀" * 400, "ก" + "้" * 700, "a b\n" * 300, "\n\n", text("menu.officer")]),
)
LABELS = st.one_of(st.text(max_size=60), st.sampled_from([text("button.yes"), text("report.button.full_text")]))
DATA = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
DATES = st.dates(dt.date(1800, 1, 1), dt.date(2300, 1, 1))
BUTTONS: st.SearchStrategy[Button] = st.one_of(
    st.builds(Tap, LABELS, DATA, st.none() | LABELS),
    st.builds(PickDate, LABELS, DATA, DATES, st.none() | DATES, st.none() | DATES),
    st.builds(Say, LABELS, st.sampled_from(["รายงาน", "12/3", text("menu.button.help")])),
    st.builds(Link, LABELS, st.just("https://example.org/a")),
)
BUBBLES = st.builds(
    Bubble,
    st.lists(WORDS, max_size=4).map(tuple),
    st.lists(BUTTONS, max_size=15).map(tuple),
    st.none() | WORDS,
    st.none() | WORDS,
    st.booleans(),
    st.lists(BUTTONS, max_size=15).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BUBBLES, max_size=7))
def test_whatever_is_said_line_would_take_it(bubbles: list[Bubble]) -> None:
    assume(
        sum(len(line) for bubble in bubbles for line in (*bubble.lines, bubble.title) if isinstance(line, str)) < MOST
    )
    messages = render(bubbles, THAI)
    assert len(messages) <= 5
    orjson.dumps(messages)
    if messages:
        assert check_messages(messages) == []
        ReplyMessageRequest.from_dict({"replyToken": "t", "messages": messages})
