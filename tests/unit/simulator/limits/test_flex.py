"""Flex: what LINE takes, what it refuses, and where the refusal points."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.limits import check_messages

PICTURE = "https://example.org/a.jpg"
TAP = {"type": "postback", "label": "ยืนยัน", "data": "confirm"}


def flex(contents: Any, alt: str = "สรุป") -> list[dict[str, Any]]:
    return [{"type": "flex", "altText": alt, "contents": contents}]


def bubble(*contents: Any, layout: str = "vertical", **more: Any) -> dict[str, Any]:
    return {"type": "bubble", "body": {"type": "box", "layout": layout, "contents": list(contents)}, **more}


def paths(contents: Any, alt: str = "สรุป") -> list[str]:
    prefix = "messages[0].contents."
    return [each.property.removeprefix(prefix) for each in check_messages(flex(contents, alt))]


def words(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": text, **more}


def button(label: str = "ยืนยัน", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action": {**TAP, "label": label}, **more}


def test_a_rich_card_is_taken() -> None:
    header = {"type": "box", "layout": "baseline", "contents": [{"type": "icon", "url": PICTURE}, words("หัว")]}
    card = bubble(
        words(
            "รอบ 1", weight="bold", size="lg", color="#06C755", wrap=True, scaling=True, maxLines=2, lineSpacing="4px"
        ),
        {"type": "text", "contents": [{"type": "span", "text": "8", "weight": "bold"}]},
        {"type": "separator", "margin": "md"},
        {
            "type": "image",
            "url": PICTURE,
            "aspectRatio": "20:13",
            "size": "full",
            "action": {"type": "uri", "uri": "tel:1"},
        },
        {"type": "filler"},
        button(style="primary", height="sm", color="#00000080", adjustMode="shrink-to-fit"),
        header=header,
        hero={"type": "image", "url": PICTURE},
        footer={"type": "box", "layout": "horizontal", "spacing": "10px", "paddingAll": "5%", "contents": [button()]},
        styles={"footer": {"separator": True, "backgroundColor": "#ffffff"}},
        size="giga",
        direction="ltr",
    )
    assert paths(card) == []


def test_a_video_hero_needs_what_is_shown_instead() -> None:
    video = {"type": "video", "url": PICTURE, "previewUrl": PICTURE, "altContent": {"type": "image", "url": PICTURE}}
    assert paths(bubble(hero=video)) == []
    assert paths(bubble(hero={"type": "video", "url": PICTURE, "previewUrl": PICTURE})) == ["hero.altContent"]


def test_a_background_is_a_gradient() -> None:
    gradient = {"type": "linearGradient", "angle": "90deg", "startColor": "#ffffff", "endColor": "#000000"}
    box = {"type": "box", "layout": "vertical", "contents": [], "background": gradient}
    assert paths(bubble(box)) == []


@pytest.mark.parametrize(
    ("component", "path"),
    [
        (words(""), "text"),
        ({"type": "text"}, "text"),
        ({"type": "text", "contents": []}, "text"),
        (words("a", size="huge"), "size"),
        (words("a", color="red"), "color"),
        (words("a", sizee="lg"), "sizee"),
        (words("a", wrap="true"), "wrap"),
        (words("a", flex=-1), "flex"),
        ({"type": "button"}, "action"),
        (button(""), "action.label"),
        (button("ก" * 41), "action.label"),
        (button(style="danger"), "style"),
        ({"type": "button", "action": {"type": "postback", "data": "a"}}, "action.label"),
        ({"type": "image", "url": "http://a"}, "url"),
        ({"type": "box", "layout": "diagonal", "contents": []}, "layout"),
        ({"type": "box", "layout": "vertical"}, "contents"),
        ({"type": "icon", "url": PICTURE}, "type"),
        ({"type": "spacer"}, "type"),
        ("text", None),
    ],
)
def test_a_wrong_component_is_pointed_at(component: Any, path: str | None) -> None:
    where = "body.contents[0]" + (f".{path}" if path else "")
    assert paths(bubble(component)) == [where]


def test_a_baseline_box_takes_icons_and_texts_but_no_buttons() -> None:
    assert paths(bubble({"type": "icon", "url": PICTURE}, words("a"), layout="baseline")) == []
    assert paths(bubble(button(), layout="baseline")) == ["body.contents[0].type"]


def test_labels_of_forty_seen_letters_fit_a_button() -> None:
    assert paths(bubble(button("ที่" * 40))) == []


def test_the_alternative_text_is_limited() -> None:
    assert [each.property for each in check_messages(flex(bubble(), "a" * 1501))] == ["messages[0].altText"]
    assert [each.property for each in check_messages(flex(bubble(), ""))] == ["messages[0].altText"]


def test_a_bubble_has_at_most_30_kilobytes() -> None:
    heavy = bubble(*[words("ก" * 1000) for _ in range(11)])
    assert [each.message for each in check_messages(flex(heavy))] == ["Size must be at most 30 KB"]


def carousel(*bubbles: Any) -> dict[str, Any]:
    return {"type": "carousel", "contents": list(bubbles)}


def test_a_carousel_has_at_most_twelve_bubbles() -> None:
    assert paths(carousel(*[bubble()] * 12)) == []
    assert paths(carousel(*[bubble()] * 13)) == ["contents"]
    assert paths(carousel()) == ["contents"]


def test_a_carousel_has_at_most_50_kilobytes() -> None:
    heavy = bubble(*[words("ก" * 1000) for _ in range(9)])
    assert [each.message for each in check_messages(flex(carousel(heavy, heavy)))] == ["Size must be at most 50 KB"]


def test_the_bubbles_of_a_carousel_have_one_width() -> None:
    assert paths(carousel(bubble(size="mega"), bubble())) == []
    assert paths(carousel(bubble(size="kilo"), bubble())) == ["contents"]


@pytest.mark.parametrize(
    "contents", [{"type": "carousel"}, carousel(bubble(size=5)), carousel("x"), {"type": "box"}, 5]
)
def test_broken_containers_are_refused_without_a_crash(contents: Any) -> None:
    assert paths(contents)


def test_a_body_must_be_a_box() -> None:
    assert paths({"type": "bubble", "body": words("a")}) == ["body.type"]
