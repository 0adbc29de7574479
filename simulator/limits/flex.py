"""Flex Messages: components, their required properties, and the sizes of bubbles and carousels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from simulator.limits import table
from simulator.limits.actions import URI, actions
from simulator.limits.checks import (
    EMPTY,
    Check,
    Record,
    all_of,
    anything,
    boolean,
    by_type,
    https,
    items,
    join,
    matches,
    number,
    one_of,
    text,
)
from simulator.line_errors import Problem

COLOR = matches(r"#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?", "a colour such as #RRGGBB or #RRGGBBAA")
FLEX = number(0, 100_000)
SPACING = matches(r"none|xs|sm|md|lg|xl|xxl|\d+(?:\.\d+)?px", "none, xs to xxl, or pixels")
LENGTH = matches(r"none|xs|sm|md|lg|xl|xxl|\d+(?:\.\d+)?(?:px|%)", "xs to xxl, pixels or per cent")
OFFSET = matches(r"none|xs|sm|md|lg|xl|xxl|-?\d+(?:\.\d+)?(?:px|%)", "xs to xxl, pixels or per cent")
WIDTH = matches(r"\d+(?:\.\d+)?(?:px|%)", "pixels or per cent")
BORDER = matches(r"none|light|normal|medium|semi-bold|bold|\d+(?:\.\d+)?px", "none to bold, or pixels")
TEXT_SIZE = matches(r"xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|\d+(?:\.\d+)?px", "xxs to 5xl, or pixels")
IMAGE_SIZE = matches(
    r"xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|full|\d+(?:\.\d+)?(?:px|%)", "xxs to full, pixels or per cent"
)
RATIO = matches(r"\d+(?:\.\d+)?:\d+(?:\.\d+)?", "a ratio such as 20:13")
ANGLE = matches(r"\d+(?:\.\d+)?deg", "an angle such as 90deg")
PERCENT = matches(r"\d+(?:\.\d+)?%", "per cent")
ANY_TEXT = text(10**6)

BUTTON_ACTION = actions(table.FLEX_LABEL, label_required=True)
TAP_ACTION = actions(table.FLEX_LABEL, label_required=False)

PLACE: Mapping[str, Check] = {
    "margin": SPACING,
    "position": one_of("relative", "absolute"),
    "offsetTop": OFFSET,
    "offsetBottom": OFFSET,
    "offsetStart": OFFSET,
    "offsetEnd": OFFSET,
}
LETTERS: Mapping[str, Check] = {
    "size": TEXT_SIZE,
    "color": COLOR,
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
ALIGN = one_of("start", "end", "center")
GRAVITY = one_of("top", "bottom", "center")
GRADIENT = Record(
    {"type": one_of("linearGradient"), "angle": ANGLE, "startColor": COLOR, "endColor": COLOR},
    {"centerColor": COLOR, "centerPosition": PERCENT},
)
SPAN = Record({"type": one_of("span"), "text": ANY_TEXT}, LETTERS)
SEPARATOR = Record({"type": anything}, {"margin": SPACING, "color": COLOR})
FILLER = Record({"type": anything}, {"flex": FLEX})
ICON = Record({"type": anything, "url": https}, {**PLACE, "size": TEXT_SIZE, "aspectRatio": RATIO, "scaling": boolean})
IMAGE = Record(
    {"type": anything, "url": https},
    {
        **PLACE,
        "flex": FLEX,
        "align": ALIGN,
        "gravity": GRAVITY,
        "size": IMAGE_SIZE,
        "aspectRatio": RATIO,
        "aspectMode": one_of("cover", "fit"),
        "backgroundColor": COLOR,
        "action": TAP_ACTION,
        "animated": boolean,
    },
)
BUTTON = Record(
    {"type": anything, "action": BUTTON_ACTION},
    {
        **PLACE,
        "flex": FLEX,
        "height": one_of("sm", "md"),
        "style": one_of("primary", "secondary", "link"),
        "color": COLOR,
        "gravity": GRAVITY,
        "adjustMode": one_of("shrink-to-fit"),
        "scaling": boolean,
    },
)


def _words(value: Any, path: str, problems: list[Problem]) -> None:
    """A text component has a text or spans; an empty text is refused by LINE."""
    if isinstance(value, dict) and "text" not in value and not value.get("contents"):
        problems.append(Problem(EMPTY, join(path, "text")))


TEXT = all_of(
    Record(
        {"type": anything},
        {
            **PLACE,
            **LETTERS,
            "text": ANY_TEXT,
            "contents": items(SPAN, 0, 1000),
            "adjustMode": one_of("shrink-to-fit"),
            "flex": FLEX,
            "scaling": boolean,
            "align": ALIGN,
            "gravity": GRAVITY,
            "wrap": boolean,
            "lineSpacing": matches(r"\d+(?:\.\d+)?px", "pixels"),
            "maxLines": number(0, 100_000),
            "action": TAP_ACTION,
        },
    ),
    _words,
)


def _stacked() -> Mapping[str, Check]:
    return {"box": BOX, "button": BUTTON, "image": IMAGE, "text": TEXT, "separator": SEPARATOR, "filler": FILLER}


def _in_line() -> Mapping[str, Check]:
    return {"icon": ICON, "text": TEXT, "filler": FILLER}


STACKED = items(by_type(_stacked), 0, 1000)
IN_LINE = items(by_type(_in_line), 0, 1000)


def _box_contents(value: Any, path: str, problems: list[Problem]) -> None:
    """A baseline box lines up icons and texts; the other layouts take everything but icons."""
    if isinstance(value, dict) and "contents" in value:
        allowed = IN_LINE if value.get("layout") == "baseline" else STACKED
        allowed(value["contents"], join(path, "contents"), problems)


BOX = all_of(
    Record(
        {"type": anything, "layout": one_of("horizontal", "vertical", "baseline"), "contents": anything},
        {
            **PLACE,
            **{f"padding{side}": LENGTH for side in ("All", "Top", "Bottom", "Start", "End")},
            **dict.fromkeys(("width", "maxWidth", "height", "maxHeight"), WIDTH),
            "backgroundColor": COLOR,
            "borderColor": COLOR,
            "borderWidth": BORDER,
            "cornerRadius": SPACING,
            "flex": FLEX,
            "spacing": SPACING,
            "action": TAP_ACTION,
            "justifyContent": one_of(
                "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"
            ),
            "alignItems": one_of("center", "flex-start", "flex-end"),
            "background": GRADIENT,
        },
    ),
    _box_contents,
)
VIDEO = Record(
    {"type": anything, "url": https, "previewUrl": https, "altContent": by_type(lambda: {"box": BOX, "image": IMAGE})},
    {"aspectRatio": RATIO, "action": Record({"type": one_of("uri"), "uri": URI}, {"label": ANY_TEXT})},
)
BLOCK_STYLE = Record(optional={"backgroundColor": COLOR, "separator": boolean, "separatorColor": COLOR})
BOX_ONLY = by_type(lambda: {"box": BOX})


def _size(value: Any, path: str, problems: list[Problem], most: int) -> None:
    if isinstance(value, dict) and len(orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)) > most:
        problems.append(Problem(f"Size must be at most {most // 1024} KB", path))


def _bubble_size(value: Any, path: str, problems: list[Problem]) -> None:
    _size(value, path, problems, table.BUBBLE_BYTES)


BUBBLE = all_of(
    Record(
        {"type": anything},
        {
            "size": one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
            "direction": one_of("ltr", "rtl"),
            "header": BOX_ONLY,
            "hero": by_type(lambda: {"box": BOX, "image": IMAGE, "video": VIDEO}),
            "body": BOX_ONLY,
            "footer": BOX_ONLY,
            "styles": Record(optional=dict.fromkeys(("header", "hero", "body", "footer"), BLOCK_STYLE)),
            "action": TAP_ACTION,
        },
    ),
    _bubble_size,
)


def _carousel(value: Any, path: str, problems: list[Problem]) -> None:
    """50 KB in all, bubbles of one width."""
    _size(value, path, problems, table.CAROUSEL_BYTES)
    bubbles = value.get("contents") if isinstance(value, dict) else None
    if isinstance(bubbles, list):
        widths = {each.get("size", "mega") for each in bubbles if isinstance(each, dict) and _hashable(each)}
        if len(widths) > 1:
            problems.append(Problem("The bubbles must have one size", join(path, "contents")))


def _hashable(bubble: dict[str, Any]) -> bool:
    return isinstance(bubble.get("size", ""), str)


CAROUSEL = all_of(
    Record({"type": anything, "contents": items(by_type(lambda: {"bubble": BUBBLE}), 1, table.CAROUSEL_BUBBLES)}),
    _carousel,
)
CONTAINER = by_type(lambda: {"bubble": BUBBLE, "carousel": CAROUSEL})
