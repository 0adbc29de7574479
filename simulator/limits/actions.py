"""What a tap may do: the actions of buttons, bubbles and quick replies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from simulator.limits import table
from simulator.limits.checks import Check, Record, all_of, anything, by_type, graphemes, join, matches, one_of, text
from simulator.line_errors import Problem

PICKER_FORMATS = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime": "%Y-%m-%dT%H:%M"}
PICKER_LENGTHS = {"date": 10, "time": 5, "datetime": 16}
PICKER_YEARS = range(1900, 2101)
URI = all_of(text(table.URI), matches(r"(?:(?:https?|line)://\S+|tel:\S+)?", "a URI of http, https, line or tel"))


def actions(label: int, *, label_required: bool, quick_reply: bool = False, rich_menu: bool = False) -> Check:
    """Any action with a label of at most `label` graphemes.

    Camera and location are for quick replies only, switching to another rich menu is for rich menus only.
    """
    kinds = _kinds(label, required=label_required)
    if rich_menu:
        alias = {"richMenuAliasId": matches(r"[a-z0-9_-]{1,32}", "an alias"), "data": text(table.POSTBACK_DATA)}
        switch = Record({"type": anything, **alias}, {"label": text(label, graphemes)})
        kinds = {**kinds, "richmenuswitch": switch}
    if quick_reply:
        only = Record({"type": anything, "label": text(label, graphemes)})
        kinds = {**kinds, "camera": only, "cameraRoll": only, "location": only}
    return by_type(lambda: kinds)


def _kinds(label: int, *, required: bool) -> Mapping[str, Check]:
    labelled: dict[str, Check] = {"label": text(label, graphemes)}
    base = Record({"type": anything, **labelled}) if required else Record({"type": anything}, labelled)
    return {
        "postback": all_of(
            base.plus(
                {"data": text(table.POSTBACK_DATA)},
                {
                    "displayText": text(table.DISPLAY_TEXT, graphemes),
                    "text": text(table.DISPLAY_TEXT, graphemes),
                    "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
                    "fillInText": text(table.FILL_IN_TEXT),
                },
            ),
            _postback,
        ),
        "message": base.plus({"text": text(table.ACTION_TEXT)}),
        "uri": base.plus({"uri": URI}, {"altUri": Record({"desktop": URI})}),
        "datetimepicker": all_of(
            base.plus(
                {"data": text(table.POSTBACK_DATA), "mode": one_of(*PICKER_FORMATS)},
                {"initial": text(16), "max": text(16), "min": text(16)},
            ),
            _picker,
        ),
        "clipboard": base.plus({"clipboardText": text(table.CLIPBOARD_TEXT)}),
    }


def _postback(value: Any, path: str, problems: list[Problem]) -> None:
    if not isinstance(value, dict):
        return
    if "fillInText" in value and value.get("inputOption") != "openKeyboard":
        problems.append(Problem("Needs inputOption openKeyboard", join(path, "fillInText")))
    if "text" in value and "displayText" in value:
        problems.append(Problem("Cannot be used together with displayText", join(path, "text")))


def _picker(value: Any, path: str, problems: list[Problem]) -> None:
    """Bounds in the mode's own format, in order, within 1900-2100."""
    mode = value.get("mode") if isinstance(value, dict) else None
    if mode not in PICKER_FORMATS:
        return
    moments: dict[str, dt.datetime] = {}
    for name in ("min", "initial", "max"):
        if name in value:
            moment = _moment(value[name], mode)
            if moment is None:
                problems.append(Problem(f"Must be a {mode} such as {PICKER_FORMATS[mode]}", join(path, name)))
            else:
                moments[name] = moment
    _in_order(moments, path, problems)


def _in_order(moments: dict[str, dt.datetime], path: str, problems: list[Problem]) -> None:
    least, most, initial = moments.get("min"), moments.get("max"), moments.get("initial")
    if least and most and most <= least:
        problems.append(Problem("Must be later than min", join(path, "max")))
    elif initial and ((least and initial < least) or (most and initial > most)):
        problems.append(Problem("Must lie between min and max", join(path, "initial")))


def _moment(value: Any, mode: str) -> dt.datetime | None:
    """LINE also takes a lower-case t between date and time."""
    if not isinstance(value, str) or len(value) != PICKER_LENGTHS[mode]:
        return None
    try:
        moment = dt.datetime.strptime(value.replace("t", "T"), PICKER_FORMATS[mode]).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return moment if moment.year in PICKER_YEARS else None
