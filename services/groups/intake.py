"""What is kept of an event in a group: that something was said, and the words only where somebody calls us.

People in a group talk to each other. Unless a message mentions the account, or begins by calling it, nothing but its
id and type is written down, and nobody answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.reading.national_id import mask
from bot.reading.reader import Reader

BARE = ("id", "type")
_FOR_US = frozenset({"join", "leave", "unsend"})
"""Events, beside calls, that a group's turn does something about."""


def of_group(source: object) -> bool:
    return isinstance(source, Mapping) and bool(source.get("groupId") or source.get("roomId"))


def for_us(kept: Mapping[str, Any]) -> bool:
    """Whether a kept group event needs a turn at all."""
    return kept.get("type") in _FOR_US or bool(kept.get("called"))


@dataclass(frozen=True, slots=True)
class Calls:
    """Tells which messages of a group call us. `bot_user_id` is the webhook's destination; '' when it is not known."""

    reader: Reader
    bot_user_id: str = ""

    def heard(self, message: Mapping[str, Any]) -> str | None:
        """What was said to us, without mentions and call; None when nobody called."""
        text = message.get("text")
        if message.get("type") != "text" or not isinstance(text, str):
            return None
        mentions = _mentions(message)
        if any(self._is_us(each) for each in mentions):
            return _without(text, mentions)
        return self.reader.called(text)

    def _is_us(self, mention: Mapping[str, Any]) -> bool:
        if mention.get("isSelf") is True:
            return True
        return bool(self.bot_user_id) and mention.get("userId") == self.bot_user_id


def kept_message(message: Mapping[str, Any], calls: Calls | None) -> tuple[dict[str, Any], bool]:
    """(what is kept of a group's message, whether it calls us). Names of others who are mentioned are left out."""
    kept = {key: message[key] for key in BARE if key in message}
    heard = calls.heard(message) if calls is not None else None
    if heard is None:
        return kept, False
    return {**kept, "text": mask(heard)}, True


def _mentions(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    mention = message.get("mention")
    found = mention.get("mentionees") if isinstance(mention, Mapping) else None
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _without(text: str, mentions: list[Mapping[str, Any]]) -> str:
    """The text with every mention cut out. LINE counts places in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    cut = bytearray()
    for place in range(0, len(units), 2):
        inside = any(_covers(each, place // 2) for each in mentions)
        cut += " ".encode("utf-16-le") if inside else units[place : place + 2]
    return " ".join(cut.decode("utf-16-le", "replace").split())


def _covers(mention: Mapping[str, Any], unit: int) -> bool:
    index, length = mention.get("index"), mention.get("length")
    return isinstance(index, int) and isinstance(length, int) and index <= unit < index + length
