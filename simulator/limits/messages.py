"""Message objects a bot may send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex  # type: ignore[import-untyped]  # ships no type information

from simulator.limits import table
from simulator.limits.actions import actions
from simulator.limits.checks import (
    Check,
    Record,
    all_of,
    anything,
    by_type,
    graphemes,
    https,
    items,
    join,
    matches,
    number,
    text,
)
from simulator.limits.flex import CONTAINER
from simulator.limits.imagemap import imagemap
from simulator.limits.templates import TEMPLATE
from simulator.line_errors import Problem

PLACEHOLDER = regex.compile(r"\{([^{}]*)\}")
QUICK_REPLY = Record(
    {
        "items": items(
            Record(
                {
                    "type": matches("action", "action"),
                    "action": actions(table.QUICK_REPLY_LABEL, label_required=True, quick_reply=True),
                },
                {"imageUrl": https},
            ),
            1,
            table.QUICK_REPLY_ITEMS,
        )
    }
)
SENDER = Record(optional={"name": text(table.SENDER_NAME, graphemes), "iconUrl": https})
BASE = Record({"type": anything}, {"quickReply": QUICK_REPLY, "sender": SENDER})
QUOTING = BASE.plus(optional={"quoteToken": text(1000)})
DIGITS = matches(r"\d+", "digits")
EMOJI_ID: Mapping[str, Check] = {"productId": text(100), "emojiId": text(100)}
EMOJI = Record({"index": number(0, table.TEXT_UNITS), **EMOJI_ID})
SUBSTITUTE = by_type(
    lambda: {
        "emoji": Record({"type": anything, **EMOJI_ID}),
        "mention": Record({"type": anything, "mentionee": anything}),
    }
)


def _substitution(value: Any, path: str, problems: list[Problem]) -> None:
    """textV2: every {placeholder} has its substitute; mentions work in groups only, which nobody here is in."""
    given = value.get("substitution", {})
    words = value.get("text")
    if not isinstance(given, dict) or not isinstance(words, str):
        problems.append(Problem("Must be an object", join(path, "substitution")))
        return
    for name, substitute in given.items():
        place = join(join(path, "substitution"), name)
        SUBSTITUTE(substitute, place, problems)
        if isinstance(substitute, dict) and substitute.get("type") == "mention":
            problems.append(Problem("Mentions can be sent to groups only", place))
    plain = words.replace("{{", "").replace("}}", "")
    missing = [name for name in PLACEHOLDER.findall(plain) if name not in given]
    problems.extend(Problem(f"Nothing to put in place of {{{name}}}", join(path, "text")) for name in missing)
    if set("{}") & set(PLACEHOLDER.sub("", plain)):
        problems.append(Problem("A brace must be written twice", join(path, "text")))


KINDS: Mapping[str, Check] = {
    "text": QUOTING.plus({"text": text(table.TEXT_UNITS)}, {"emojis": items(EMOJI, 0, table.EMOJIS)}),
    "textV2": all_of(QUOTING.plus({"text": text(table.TEXT_UNITS)}, {"substitution": anything}), _substitution),
    "sticker": QUOTING.plus({"packageId": DIGITS, "stickerId": DIGITS}),
    "image": BASE.plus({"originalContentUrl": https, "previewImageUrl": https}),
    "video": BASE.plus({"originalContentUrl": https, "previewImageUrl": https}, {"trackingId": text(100)}),
    "audio": BASE.plus({"originalContentUrl": https, "duration": number(1, 24 * 3600 * 1000)}),
    "location": BASE.plus(
        {
            "title": text(table.LOCATION_TITLE),
            "address": text(table.LOCATION_ADDRESS),
            "latitude": number(-90, 90, whole=False),
            "longitude": number(-180, 180, whole=False),
        }
    ),
    "imagemap": imagemap(BASE),
    "template": BASE.plus({"altText": text(table.ALT_TEXT_UNITS), "template": TEMPLATE}),
    "flex": BASE.plus({"altText": text(table.ALT_TEXT_UNITS), "contents": CONTAINER}),
}
MESSAGE = by_type(lambda: KINDS)
