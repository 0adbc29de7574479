"""Reasons that people gave for remarks: kept beside a report's answers, and only for the figures that they were given
for.

A reason is plain data, stored by the stable name of its check: {"words", "figures", "message_id", "before"}. `figures`
are the boxes that the check is about with what they held then: once one of them changes, the reason is gone. `before`
is the earlier round's figure, for a running count that fell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.forms.draft import Values

Explained = Mapping[str, Mapping[str, Any]]
"""Reasons by the stable name of the check: t3_e31.soft, t3_hh_checked.fallen."""


def reason(words: str, figures: Mapping[str, str], message_id: str = "", before: str = "") -> dict[str, Any]:
    """One reason as it is stored. `message_id` is LINE's, '' for a button."""
    made: dict[str, Any] = {"words": words, "figures": dict(figures)}
    if message_id:
        made["message_id"] = message_id
    if before:
        made["before"] = before
    return made


def standing(explained: Explained, values: Values) -> dict[str, Mapping[str, Any]]:
    """The reasons whose figures are still the same."""
    return {key: given for key, given in explained.items() if _stands(given, values)}


def _stands(given: Mapping[str, Any], values: Values) -> bool:
    figures: Mapping[str, str] = given["figures"]
    return all(name in values.questions and values.get(name) == figure for name, figure in figures.items())


def without_message(explained: Explained, message_id: str) -> dict[str, Mapping[str, Any]]:
    """The reasons that other messages gave (an unsent message takes its own back)."""
    return {key: given for key, given in explained.items() if given.get("message_id") != message_id}
