"""LINE's limits on what a bot sends, each with the place in LINE's documents that states it.

REF = LINE Developers, Messaging API reference; DOC = its guides (developers.line.biz/en/docs/messaging-api).
Lengths are in the unit that LINE counts: UTF-16 code units for text, graphemes for labels.
"""

from __future__ import annotations

from typing import Final

MESSAGES_A_REQUEST: Final = 5
"""Message objects in one reply, push or multicast (REF send-reply-message)."""

TEXT_UNITS: Final = 5_000
"""UTF-16 code units of a text message (REF text-message, DOC text-character-count)."""

ALT_TEXT_UNITS: Final = 1_500
"""Characters of a Flex message's altText (REF flex-message); counted here as UTF-16 units, the stricter way."""

FLEX_LABEL_GRAPHEMES: Final = 40
"""Label of an action on a Flex component (REF action-objects: label; DOC text-character-count)."""

QUICK_LABEL_GRAPHEMES: Final = 20
"""Label of a quick reply's action (REF quick-reply)."""

QUICK_REPLIES: Final = 13
"""Quick reply buttons of a message (REF quick-reply)."""

POSTBACK_DATA_CHARS: Final = 300
"""Postback data (REF postback-action)."""

DISPLAY_TEXT_GRAPHEMES: Final = 300
"""Postback displayText (REF postback-action; graphemes by DOC text-character-count)."""

MESSAGE_ACTION_CHARS: Final = 300
"""Text of a message action (REF message-action)."""

URI_CHARS: Final = 1_000
"""URI of a URI action (REF uri-action)."""

URI_SCHEMES: Final = ("https://", "http://", "line://", "tel:")
"""Schemes that a URI action may open (REF uri-action)."""

FLEX_BUBBLE_BYTES: Final = 30_000
"""JSON of one Flex bubble: "30 KB" (REF flex-message, container: bubble); read as 30,000 bytes of UTF-8."""

CAROUSEL_BUBBLES: Final = 12
"""Bubbles of a Flex carousel (REF flex-message, container: carousel)."""

CAROUSEL_BYTES: Final = 50_000
"""JSON of one Flex carousel: "50 KB" (REF flex-message, container: carousel)."""

PICKER_FIRST_YEAR: Final = 1900
PICKER_LAST_YEAR: Final = 2100
"""Years that the date picker takes (REF datetime-picker-action)."""
