"""Buttons as LINE's action objects, each within LINE's limits.

What a person only reads (labels, displayText) is shortened to fit; what comes back to the bot (data, the words of a
message action) is never altered: too long is a mistake of the flow and raises.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from bot.messages import limits
from bot.messages.bubbles import Button, Link, OnPhone, PickDate, PickMoment, PickTime, Quick, Say, Tap, Words
from bot.messages.catalogue import Catalogue
from bot.messages.measure import shorten

NO_LABEL: Final = "…"
"""Shown on a button whose label from data is empty: LINE refuses an empty one."""


class RenderError(ValueError):
    """A bubble that LINE would refuse and that cannot be mended without losing what it says."""


def action_of(button: Button, catalogue: Catalogue, label_graphemes: int) -> dict[str, Any]:
    """LINE's action object for a button. Raises RenderError."""
    full = " ".join(catalogue.say(button.label).split()) or NO_LABEL
    label = shorten(full, label_graphemes)
    if isinstance(button, Tap):
        return _postback(button, label, _said(button.says, full, catalogue))
    if isinstance(button, PickDate | PickTime | PickMoment):
        return _picker(button, label)
    if isinstance(button, Say):
        return {"type": "message", "label": label, "text": _typed(catalogue.say(button.says))}
    return {"type": "uri", "label": label, "uri": _uri(button)}


def quick_action_of(button: Quick, catalogue: Catalogue) -> dict[str, Any]:
    """LINE's action object for a quick reply, the phone's own buttons among them. Raises RenderError."""
    if not isinstance(button, OnPhone):
        return action_of(button, catalogue, limits.QUICK_LABEL_GRAPHEMES)
    label = shorten(" ".join(catalogue.say(button.label).split()), limits.QUICK_LABEL_GRAPHEMES)
    return {"type": button.opens, "label": label}


def _said(says: Words | None, label: str, catalogue: Catalogue) -> str:
    said = catalogue.say(says).strip() if says is not None else ""
    return shorten(said or label, limits.DISPLAY_TEXT_GRAPHEMES, unit_limit=limits.DISPLAY_TEXT_GRAPHEMES)


def _postback(button: Tap, label: str, said: str) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": _data(button.data), "displayText": said}


def _picker(button: PickDate | PickTime | PickMoment, label: str) -> dict[str, Any]:
    action = {"type": "datetimepicker", "label": label, "data": _data(button.data)}
    if isinstance(button, PickTime):
        return action | {"mode": "time", "initial": button.initial.strftime("%H:%M")}
    if isinstance(button, PickDate):
        return action | {"mode": "date"} | _bounds(button)
    within = {"initial": button.initial.strftime("%Y-%m-%dT%H:%M")} if _within(button.initial.date()) else {}
    return action | {"mode": "datetime"} | within


def _bounds(button: PickDate) -> dict[str, Any]:
    action: dict[str, Any] = {}
    earliest, latest = _within(button.earliest), _within(button.latest)
    initial = button.initial
    if earliest is not None and latest is not None and earliest >= latest:
        # LINE wants max later than min; the answer is checked again when it comes
        earliest = latest = None
    if earliest is not None:
        initial = max(initial, earliest)
        action["min"] = earliest.isoformat()
    if latest is not None:
        initial = min(initial, latest)
        action["max"] = latest.isoformat()
    shown = _within(initial)
    if shown is not None:
        action["initial"] = shown.isoformat()
    return action


def _within(date: dt.date | None) -> dt.date | None:
    if date is None or not limits.PICKER_FIRST_YEAR <= date.year <= limits.PICKER_LAST_YEAR:
        return None
    return date


def _data(data: str) -> str:
    if not data or len(data) > limits.POSTBACK_DATA_CHARS:
        raise RenderError(f"postback data of {len(data)} characters, LINE takes 1-{limits.POSTBACK_DATA_CHARS}")
    return data


def _typed(words: str) -> str:
    if not words.strip() or len(words) > limits.MESSAGE_ACTION_CHARS:
        raise RenderError(f"a message action of {len(words)} characters, LINE takes 1-{limits.MESSAGE_ACTION_CHARS}")
    return words


def _uri(button: Link) -> str:
    if not button.uri.startswith(limits.URI_SCHEMES):
        raise RenderError("a link that LINE cannot open: its scheme is not http, https, line or tel")
    if len(button.uri) > limits.URI_CHARS:
        raise RenderError(f"a link of {len(button.uri)} characters, LINE takes {limits.URI_CHARS}")
    return button.uri
