"""Imagemaps: one picture, up to fifty areas on it, at most one video."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.limits import check_messages

AREA = {"x": 0, "y": 0, "width": 520, "height": 520}
URI = {"type": "uri", "linkUri": "https://example.org/", "area": AREA}
MESSAGE = {"type": "message", "text": "รายงาน", "area": {**AREA, "x": 520}}
COPY = {"type": "clipboard", "clipboardText": "LD-2564-07-01", "area": AREA}
VIDEO = {
    "originalContentUrl": "https://example.org/a.mp4",
    "previewImageUrl": "https://example.org/a.jpg",
    "area": AREA,
    "externalLink": {"linkUri": "https://example.org/more", "label": "ดูต่อ"},
}


def imagemap(**changes: Any) -> dict[str, Any]:
    right = {
        "type": "imagemap",
        "baseUrl": "https://example.org/map",
        "altText": "แผนที่",
        "baseSize": {"width": 1040, "height": 520},
        "actions": [URI, MESSAGE],
    }
    return {**right, **changes}


def paths(**changes: Any) -> list[str]:
    return [each.property.removeprefix("messages[0].") for each in check_messages([imagemap(**changes)])]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"actions": [URI] * 50},
        {"actions": [], "video": VIDEO},
        {
            "actions": [
                {**URI, "label": "ก" * 100},
                {**MESSAGE, "text": "ก" * 400},
                {**COPY, "clipboardText": "1" * 1000},
            ]
        },
        {"video": {name: each for name, each in VIDEO.items() if name != "externalLink"}},
        {"actions": [{**URI, "linkUri": "tel:042811213"}]},
    ],
)
def test_documented_imagemaps_are_taken(changes: dict[str, Any]) -> None:
    assert paths(**changes) == []


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"baseUrl": "http://example.org/map"}, "baseUrl"),
        ({"altText": "ก" * 1501}, "altText"),
        ({"baseSize": {"width": 2080, "height": 520}}, "baseSize.width"),
        ({"baseSize": {"width": 1040, "height": 520.5}}, "baseSize.height"),
        ({"baseSize": 5}, "baseSize"),
        ({"actions": [URI] * 51}, "actions"),
        ({"actions": {}}, "actions"),
        ({"actions": [5]}, "actions[0]"),
        ({"actions": [{**URI, "type": "postback"}]}, "actions[0].type"),
        ({"actions": [{**URI, "linkUri": "ftp://example.org"}]}, "actions[0].linkUri"),
        ({"actions": [{**URI, "label": "ก" * 101}]}, "actions[0].label"),
        ({"actions": [{**MESSAGE, "text": "ก" * 401}]}, "actions[0].text"),
        ({"actions": [{**COPY, "clipboardText": "1" * 1001}]}, "actions[0].clipboardText"),
        ({"actions": [{**URI, "area": {**AREA, "x": -1}}]}, "actions[0].area.x"),
        ({"actions": [{**URI, "area": {**AREA, "width": 0}}]}, "actions[0].area.width"),
        ({"actions": [{**URI, "area": {**AREA, "x": 521}}]}, "actions[0].area"),
        ({"actions": [{**URI, "area": {**AREA, "height": 521}}]}, "actions[0].area"),
        ({"actions": [{**URI, "area": {**AREA, "height": "520"}}]}, "actions[0].area.height"),
        ({"video": {**VIDEO, "area": {**AREA, "y": 1}}}, "video.area"),
        ({"video": {**VIDEO, "previewImageUrl": "a.jpg"}}, "video.previewImageUrl"),
        (
            {"video": {**VIDEO, "externalLink": {"linkUri": "https://e.org", "label": "ก" * 31}}},
            "video.externalLink.label",
        ),
    ],
)
def test_what_lines_limits_forbid_is_found(changes: dict[str, Any], path: str) -> None:
    assert paths(**changes) == [path]


def test_what_is_missing_is_named() -> None:
    found = [each.property for each in check_messages([{"type": "imagemap", "actions": [{"type": "uri"}]}])]
    names = ["actions[0].area", "actions[0].linkUri", "altText", "baseSize", "baseUrl"]
    assert sorted(found) == [f"messages[0].{name}" for name in names]
