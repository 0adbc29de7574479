"""Imagemap messages: one picture 1,040 wide with areas to tap, and a video that may play on a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.limits import table
from simulator.limits.actions import URI
from simulator.limits.checks import Check, Record, all_of, anything, by_type, https, items, join, number, text
from simulator.line_errors import Problem

SIDE = number(1, 10**6)
PLACE = number(0, 10**6)
AREA = Record({"x": PLACE, "y": PLACE, "width": SIDE, "height": SIDE})
TAP = Record({"type": anything, "area": AREA}, {"label": text(table.IMAGEMAP_LABEL)})
ACTIONS: Mapping[str, Check] = {
    "uri": TAP.plus({"linkUri": URI}),
    "message": TAP.plus({"text": text(table.IMAGEMAP_TEXT)}),
    "clipboard": TAP.plus({"clipboardText": text(table.CLIPBOARD_TEXT)}),
}
VIDEO = Record(
    {"originalContentUrl": https, "previewImageUrl": https, "area": AREA},
    {"externalLink": Record({"linkUri": URI, "label": text(table.IMAGEMAP_VIDEO_LABEL)})},
)
IMAGEMAP: Mapping[str, Check] = {
    "baseUrl": https,
    "altText": text(table.ALT_TEXT_UNITS),
    "baseSize": Record({"width": number(table.IMAGEMAP_WIDTH, table.IMAGEMAP_WIDTH), "height": SIDE}),
    "actions": items(by_type(lambda: ACTIONS), 0, table.IMAGEMAP_ACTIONS),
}


def areas_within(value: Any, path: str, problems: list[Problem]) -> None:
    """Every area lies on the picture. LINE does not say that it checks this, but nobody can tap what is beside it."""
    if not isinstance(value, dict) or not isinstance(value.get("baseSize"), dict):
        return
    actions = value.get("actions")
    places = [(f"actions[{index}]", each) for index, each in enumerate(actions if isinstance(actions, list) else [])]
    for name, each in [*places, ("video", value.get("video"))]:
        area = each.get("area") if isinstance(each, dict) else None
        if isinstance(area, dict) and not _within(area, value["baseSize"]):
            problems.append(Problem("Must lie within the baseSize", join(path, f"{name}.area")))


def imagemap(base: Record) -> Check:
    """The check of an imagemap message on top of what every message has."""
    return all_of(base.plus(IMAGEMAP, {"video": VIDEO}), areas_within)


def _within(area: dict[str, Any], size: dict[str, Any]) -> bool:
    """Whether the area fits; also where its numbers are none, which is told elsewhere."""
    for start, side in (("x", "width"), ("y", "height")):
        numbers = [area.get(start), area.get(side), size.get(side)]
        first, length, most = [each if isinstance(each, int) else 0 for each in numbers]
        if most and first + length > most:
            return False
    return True
