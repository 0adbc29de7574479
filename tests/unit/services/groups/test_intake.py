"""What is kept of a group's message. The reading is the real one; LINE's message objects are made up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.reader import Reader
from services.groups.intake import Calls, for_us, kept_message

BOT = "U" + "b" * 32
OTHER = "U" + "9" * 32
NATIONAL_ID = "1-1017-00207-03-0"
"""Made up; its check digit is right."""


@pytest.fixture(scope="module")
def calls() -> Calls:
    return Calls(Reader.load(), BOT)


def message(text: str, *mentions: dict[str, Any]) -> dict[str, Any]:
    mention = {"mention": {"mentionees": list(mentions)}} if mentions else {}
    return {"id": "7", "type": "text", "text": text, "quoteToken": "q", **mention}


def us(index: int = 0, **changes: Any) -> dict[str, Any]:
    return {"index": index, "length": len("@ติดตาม"), "type": "user", "userId": BOT, "isSelf": True, **changes}


def test_a_mention_calls_and_is_cut_out(calls: Calls) -> None:
    kept, called = kept_message(message("@ติดตาม ใครยังไม่ส่ง", us()), calls)
    assert (kept, called) == ({"id": "7", "type": "text", "text": "ใครยังไม่ส่ง"}, True)


def test_a_mention_without_its_mark_is_known_by_our_own_user_id(calls: Calls) -> None:
    bare = us()
    del bare["isSelf"]
    assert kept_message(message("@ติดตาม สรุป", bare), calls)[1]
    assert not kept_message(message("@ติดตามเลย สรุป", bare), Calls(calls.reader, OTHER))[1]


def test_names_of_others_who_are_mentioned_are_not_kept(calls: Calls) -> None:
    text = "สรุป 😀 @สมชาย @ติดตาม"
    somchai = {"index": 8, "length": 6, "type": "user", "userId": OTHER}
    kept, called = kept_message(message(text, somchai, us(15)), calls)
    assert called
    assert kept["text"] == "สรุป 😀"


@pytest.mark.parametrize("mention", [{"index": 0, "length": 4, "type": "all"}, us(userId=OTHER, isSelf=False)])
def test_a_mention_of_all_or_of_somebody_else_is_no_call(calls: Calls, mention: dict[str, Any]) -> None:
    assert kept_message(message("@All ประชุมบ่ายสอง", mention), calls) == ({"id": "7", "type": "text"}, False)


def test_a_national_id_is_blotted_out_of_what_is_kept(calls: Calls) -> None:
    kept, called = kept_message(message(f"@ติดตาม บัตร {NATIONAL_ID}", us()), calls)
    assert called
    assert NATIONAL_ID not in str(kept)


@pytest.mark.parametrize("mention", [7, {}, {"mentionees": 7}, {"mentionees": [7, {"isSelf": True}]}])
def test_odd_mentions_break_nothing(calls: Calls, mention: object) -> None:
    kept_message({**message("@ติดตาม เมนู"), "mention": mention}, calls)


@pytest.mark.parametrize("kind", ["image", "sticker", "file", "location", "video", "audio"])
def test_nothing_but_text_calls(calls: Calls, kind: str) -> None:
    sent = {"id": "7", "type": kind, "text": "@ติดตาม", "title": "บ้าน", "fileName": "ลับ.pdf"}
    assert kept_message(sent, calls) == ({"id": "7", "type": kind}, False)


def test_without_ears_nothing_is_heard() -> None:
    assert kept_message(message("@ติดตาม เมนู", us()), None) == ({"id": "7", "type": "text"}, False)


@pytest.mark.parametrize(("event", "wanted"), [("join", True), ("leave", True), ("unsend", True), ("message", False)])
def test_only_our_own_coming_and_going_needs_a_turn(event: str, wanted: bool) -> None:
    assert for_us({"type": event}) is wanted


THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B))
TALK = st.one_of(st.text(), THAI, st.builds("{} {}".format, st.sampled_from(["ติดตาม", "@สมชาย", "ฝากติดตาม"]), THAI))
OTHERS = st.lists(
    st.fixed_dictionaries(
        {"index": st.integers(-2, 20), "length": st.integers(-2, 20), "type": st.sampled_from(["user", "all"])},
        optional={"userId": st.just(OTHER), "isSelf": st.just(False)},
    ),
    max_size=3,
)


@given(TALK, OTHERS)
def test_no_word_is_kept_of_what_does_not_call(calls: Calls, text: str, mentions: list[dict[str, Any]]) -> None:
    kept, called = kept_message(message(text, *mentions), calls)
    assert called == (calls.reader.called(text) is not None)
    if not called:
        assert kept == {"id": "7", "type": "text"}


@given(st.text(), OTHERS, st.integers(-3, 30), st.integers(-3, 30))
def test_wherever_a_mention_stands_nothing_breaks(
    calls: Calls, text: str, mentions: list[dict[str, Any]], index: int, length: int
) -> None:
    kept, called = kept_message(message(text, *mentions, us(index, length=length)), calls)
    assert called
    assert isinstance(kept["text"], str)
