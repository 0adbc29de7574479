"""What a phone shows of message objects: texts, buttons, a whole reply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def actions(part: Any) -> Iterator[dict[str, Any]]:
    """Every action in a message object."""
    if isinstance(part, dict):
        if isinstance(part.get("action"), dict):
            yield part["action"]
        for value in part.values():
            yield from actions(value)
    elif isinstance(part, list):
        for value in part:
            yield from actions(value)


def texts(part: Any) -> Iterator[str]:
    """Every visible text in a message object, without button labels."""
    if isinstance(part, dict):
        if part.get("type") == "text" and isinstance(part.get("text"), str):
            yield part["text"]
        for key, value in part.items():
            if key not in {"action", "altText"}:
                yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


def screen(messages: list[dict[str, Any]]) -> str:
    """What the bubbles show, a line for each text, labels in brackets."""
    lines = []
    for message in messages:
        lines += list(texts(message))
        labels = [f"[{action['label']}]" for action in actions(message)]
        if labels:
            lines.append(" ".join(labels))
    return "\n".join(lines)
