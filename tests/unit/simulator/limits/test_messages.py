"""What LINE takes as a message, and how a refusal reads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.limits import check_messages, check_request, table
from simulator.limits.checks import graphemes, units

USER = "U" + "0" * 32
PICTURE = "https://example.org/a.jpg"


def problems(*messages: Any) -> list[tuple[str, str]]:
    return [(problem.property, problem.message) for problem in check_messages(list(messages))]


def paths(*messages: Any) -> list[str]:
    return [path for path, _ in problems(*messages)]


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": words, **more}


@pytest.mark.parametrize(
    "message",
    [
        text("สวัสดี"),
        text("$ hi", emojis=[{"index": 0, "productId": "5ac1", "emojiId": "001"}]),
        {
            "type": "textV2",
            "text": "{{a}} {smile}",
            "substitution": {"smile": {"type": "emoji", "productId": "5", "emojiId": "1"}},
        },
        {"type": "textV2", "text": "plain"},
        {"type": "sticker", "packageId": "446", "stickerId": "1988"},
        {"type": "image", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE},
        {"type": "video", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE, "trackingId": "t"},
        {"type": "audio", "originalContentUrl": PICTURE, "duration": 1000},
        {"type": "location", "title": "วังสะพุง", "address": "เลย", "latitude": 17.3, "longitude": 101.8},
        text("hi", sender={"name": "ติดตาม", "iconUrl": PICTURE}, quoteToken="q"),
    ],
)
def test_every_kind_of_message_that_line_documents_is_taken(message: dict[str, Any]) -> None:
    assert problems(message) == []


def test_an_empty_text_is_refused_in_lines_words() -> None:
    assert problems(text("")) == [("messages[0].text", "May not be empty")]


def test_a_missing_text_is_named() -> None:
    assert problems({"type": "text"}) == [("messages[0].text", "Must be specified")]


def test_a_misspelt_key_is_seen() -> None:
    assert problems(text("a", qickReply={})) == [("messages[0].qickReply", "Unknown property")]


@pytest.mark.parametrize("message", [{"type": "bogus"}, {"text": "no type"}, {"type": ["text"]}, "text", None])
def test_what_is_no_message_is_refused(message: Any) -> None:
    assert len(problems(message)) == 1


@given(st.text(alphabet="ก่a😀", min_size=1, max_size=6000))
def test_a_text_is_limited_in_utf16_units(words: str) -> None:
    assert (problems(text(words)) == []) == (len(words.encode("utf-16-le")) // 2 <= 5000)


def test_the_longest_text_may_hold_2500_emoji_but_not_one_more() -> None:
    assert problems(text("😀" * 2500)) == []
    assert paths(text("😀" * 2501)) == ["messages[0].text"]


@pytest.mark.parametrize("count", [0, 6])
def test_a_request_has_one_to_five_messages(count: int) -> None:
    assert paths(*[text("a")] * count) == ["messages"]


def test_messages_must_be_an_array() -> None:
    assert [problem.property for problem in check_messages("hi")] == ["messages"]


def quick(*labels: str) -> dict[str, Any]:
    items = [{"type": "action", "action": {"type": "message", "label": label, "text": "x"}} for label in labels]
    return text("a", quickReply={"items": items})


def test_thirteen_quick_replies_are_taken_and_fourteen_are_not() -> None:
    assert problems(quick(*"abcdefghijklm")) == []
    assert paths(quick(*"abcdefghijklmn")) == ["messages[0].quickReply.items"]


def test_a_quick_reply_label_counts_what_people_see() -> None:
    assert problems(quick("ที่" * 20)) == []
    assert paths(quick("ที่" * 21)) == ["messages[0].quickReply.items[0].action.label"]


@pytest.mark.parametrize("kind", ["camera", "cameraRoll", "location"])
def test_camera_and_location_are_for_quick_replies_only(kind: str) -> None:
    action = {"type": kind, "label": "ถ่ายรูป"}
    assert problems(text("a", quickReply={"items": [{"type": "action", "action": action}]})) == []
    template = {"type": "confirm", "text": "?", "actions": [action, action]}
    assert len(problems({"type": "template", "altText": "a", "template": template})) == 2


def test_a_quick_reply_item_must_be_an_action() -> None:
    item = {"type": "button", "action": {"type": "message", "label": "a", "text": "a"}}
    assert paths(text("a", quickReply={"items": [item]})) == ["messages[0].quickReply.items[0].type"]


@pytest.mark.parametrize(
    ("message", "path"),
    [
        ({"type": "image", "originalContentUrl": "http://a/b", "previewImageUrl": PICTURE}, "originalContentUrl"),
        (
            {"type": "image", "originalContentUrl": "https://" + "a" * 2000, "previewImageUrl": PICTURE},
            "originalContentUrl",
        ),
        ({"type": "audio", "originalContentUrl": PICTURE, "duration": True}, "duration"),
        ({"type": "location", "title": "", "address": "a", "latitude": 1, "longitude": 1}, "title"),
        ({"type": "location", "title": "a", "address": "a", "latitude": 91, "longitude": 1}, "latitude"),
        ({"type": "sticker", "packageId": "x", "stickerId": "1"}, "packageId"),
        (text("a", sender={"name": "x" * 21}), "sender.name"),
        ({"type": "text", "text": 5}, "text"),
        (text("a", sender="me"), "sender"),
        (text("a", emojis="x"), "emojis"),
    ],
)
def test_limits_of_the_other_kinds(message: dict[str, Any], path: str) -> None:
    assert paths(message) == [f"messages[0].{path}"]


@pytest.mark.parametrize(
    ("words", "substitution", "count"),
    [
        ("{name}", {}, 1),
        ("{ open", {}, 1),
        ("{a}", {"a": {"type": "mention", "mentionee": {"type": "user", "userId": USER}}}, 1),
        ("a", [], 1),
        ("{a}", {"a": {"type": "bogus"}}, 1),
        ("{a}", {"a": "x"}, 1),
    ],
)
def test_text_v2_needs_a_substitute_for_every_placeholder(words: str, substitution: Any, count: int) -> None:
    assert len(problems({"type": "textV2", "text": words, "substitution": substitution})) == count


def test_a_push_names_one_user() -> None:
    assert check_request("push", {"to": USER, "messages": [text("a")], "notificationDisabled": True}) == []
    wrong = check_request("push", {"to": "me", "messages": [text("a")], "notificationDisabled": "yes"})
    assert [problem.property for problem in wrong] == ["to", "notificationDisabled"]


def test_a_multicast_goes_to_at_most_500() -> None:
    body = {"messages": [text("a")]}
    assert check_request("multicast", {**body, "to": [USER] * table.MULTICAST_TO}) == []
    assert [each.property for each in check_request("multicast", {**body, "to": [USER] * 501})] == ["to"]
    assert [each.property for each in check_request("multicast", {**body, "to": []})] == ["to"]


@pytest.mark.parametrize("seconds", [0, 7, 65, "5", None, True])
def test_the_loading_animation_runs_in_fives(seconds: Any) -> None:
    assert check_request("loading", {"chatId": USER, "loadingSeconds": 60}) == []
    assert len(check_request("loading", {"chatId": USER, "loadingSeconds": seconds})) == 1


def test_a_body_must_be_an_object() -> None:
    assert [each.message for each in check_request("reply", [])] == ["Must be an object"]


def test_thai_marks_are_no_letters_of_their_own() -> None:
    assert graphemes("ที่ดิน") == 3
    assert units("ที่ดิน") == 6
