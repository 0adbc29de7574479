"""What a person would see of rendered messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


def _components(node: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") == kind:
            yield node
        for name in ("contents", "body", "footer"):
            yield from _components(node.get(name), kind)
    elif isinstance(node, list):
        for item in node:
            yield from _components(item, kind)


def texts_of(message: dict[str, Any]) -> list[str]:
    """The lines of a message, in order."""
    if message["type"] == "text":
        return str(message["text"]).split("\n")
    return [component["text"] for component in _components(message["contents"], "text")]


def buttons_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons of a Flex message, in order."""
    return list(_components(message.get("contents"), "button"))


def everything_said(messages: Sequence[dict[str, Any]]) -> str:
    return "\n".join(line for message in messages for line in texts_of(message))


def alternatives_of(messages: Sequence[dict[str, Any]]) -> str:
    return "\n".join(str(message.get("altText", message.get("text"))) for message in messages)
