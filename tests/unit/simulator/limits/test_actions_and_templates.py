"""Actions, pickers and templates."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.limits import check_messages

MESSAGE = {"type": "message", "label": "ใช่", "text": "ใช่"}
PICTURE = "https://example.org/a.jpg"


def template_paths(template: Any) -> list[str]:
    found = check_messages([{"type": "template", "altText": "a", "template": template}])
    return [each.property.removeprefix("messages[0].template.") for each in found]


def action_paths(action: Any) -> list[str]:
    template = {"type": "buttons", "text": "?", "actions": [action]}
    return [path.removeprefix("actions[0].") for path in template_paths(template)]


def picker(**bounds: Any) -> dict[str, Any]:
    return {"type": "datetimepicker", "label": "เลือกวัน", "data": "d", "mode": "date", **bounds}


@pytest.mark.parametrize(
    "action",
    [
        MESSAGE,
        {"type": "postback", "label": "a", "data": "x" * 300, "displayText": "ที่" * 300},
        {"type": "postback", "label": "a", "data": "x", "inputOption": "openKeyboard", "fillInText": "8="},
        {"type": "uri", "label": "a", "uri": "https://example.org/" + "x" * 980},
        {"type": "uri", "label": "a", "uri": "line://nv/camera"},
        {"type": "uri", "label": "a", "uri": "tel:042811213", "altUri": {"desktop": "https://example.org"}},
        {"type": "clipboard", "label": "a", "clipboardText": "x" * 1000},
        picker(),
        picker(min="2021-06-01", initial="2021-06-30", max="2021-07-31"),
        picker(mode="time", initial="08:30"),
        picker(mode="datetime", min="2021-06-01t00:00", max="2021-06-01T00:01"),
    ],
)
def test_documented_actions_are_taken(action: dict[str, Any]) -> None:
    assert action_paths(action) == []


@pytest.mark.parametrize(
    ("action", "path"),
    [
        ({"type": "postback", "label": "a", "data": "x" * 301}, "data"),
        ({"type": "postback", "label": "a", "data": ""}, "data"),
        ({"type": "postback", "label": "a", "data": "x", "displayText": "ก" * 301}, "displayText"),
        ({"type": "postback", "label": "a", "data": "x", "fillInText": "8="}, "fillInText"),
        ({"type": "postback", "label": "a", "data": "x", "text": "a", "displayText": "a"}, "text"),
        ({"type": "message", "label": "a", "text": "x" * 301}, "text"),
        ({"type": "message", "label": "ก" * 21, "text": "x"}, "label"),
        ({"type": "uri", "label": "a", "uri": "ftp://example.org"}, "uri"),
        ({"type": "uri", "label": "a", "uri": "https://" + "x" * 1000}, "uri"),
        ({"type": "clipboard", "label": "a", "clipboardText": "x" * 1001}, "clipboardText"),
        ({"type": "richmenuswitch", "label": "a"}, "type"),
        (picker(mode="week"), "mode"),
        (picker(initial="30/06/2021"), "initial"),
        (picker(initial="2021-06-31"), "initial"),
        (picker(initial="2564-06-30"), "initial"),
        (picker(initial=5), "initial"),
        (picker(min="2021-07-01", max="2021-07-01"), "max"),
        (picker(max="2021-07-01", initial="2021-07-02"), "initial"),
        (picker(min="2021-07-01", initial="2021-06-30"), "initial"),
    ],
)
def test_a_wrong_action_is_pointed_at(action: dict[str, Any], path: str) -> None:
    assert set(action_paths(action)) == {path}


def test_an_action_that_is_no_object_is_refused() -> None:
    assert template_paths({"type": "buttons", "text": "?", "actions": ["x"]}) == ["actions[0]"]


def test_buttons_have_one_to_four_actions() -> None:
    assert template_paths({"type": "buttons", "text": "?", "actions": [MESSAGE] * 4}) == []
    assert template_paths({"type": "buttons", "text": "?", "actions": [MESSAGE] * 5}) == ["actions"]
    assert template_paths({"type": "buttons", "text": "?", "actions": []}) == ["actions"]


def test_the_text_of_buttons_has_less_room_under_a_title() -> None:
    plain = {"type": "buttons", "text": "ที่" * 160, "actions": [MESSAGE]}
    assert template_paths(plain) == []
    assert template_paths({**plain, "title": "รอบ 1"}) == ["text"]
    assert template_paths({**plain, "text": "ที่" * 60, "title": "รอบ 1", "defaultAction": MESSAGE}) == []
    assert template_paths({**plain, "text": "a", "title": "ก" * 41}) == ["title"]


def test_a_confirm_template_has_exactly_two_actions() -> None:
    assert template_paths({"type": "confirm", "text": "ก" * 240, "actions": [MESSAGE] * 2}) == []
    assert template_paths({"type": "confirm", "text": "ก" * 241, "actions": [MESSAGE]}) == ["text", "actions"]


def column(**more: Any) -> dict[str, Any]:
    return {"text": "a", "actions": [MESSAGE], **more}


def test_a_carousel_has_ten_columns_of_one_shape() -> None:
    assert template_paths({"type": "carousel", "columns": [column()] * 10}) == []
    assert template_paths({"type": "carousel", "columns": [column()] * 11}) == ["columns"]
    assert template_paths({"type": "carousel", "columns": [column(), column(title="b")]}) == ["columns"]
    assert template_paths({"type": "carousel", "columns": [column(text="a" * 61, title="b")]}) == ["columns[0].text"]
    assert template_paths({"type": "carousel", "columns": [column(actions=[MESSAGE] * 4)]}) == ["columns[0].actions"]


@pytest.mark.parametrize("columns", [5, ["x"], [{"text": "a"}], [column(text=5, title="a")]])
def test_broken_columns_are_refused_without_a_crash(columns: Any) -> None:
    assert template_paths({"type": "carousel", "columns": columns})


def test_an_image_carousel_has_short_labels() -> None:
    action = {**MESSAGE, "label": "ก" * 13}
    template = {"type": "image_carousel", "columns": [{"imageUrl": PICTURE, "action": action}]}
    assert template_paths(template) == ["columns[0].action.label"]
