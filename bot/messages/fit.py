"""At most five messages a request: neighbours are merged until it fits, and nothing said is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.messages import limits
from bot.messages.actions import RenderError
from bot.messages.flex import Message, envelope, json_bytes, text_container
from bot.messages.measure import utf16_units

_Merge = Callable[[Message, Message], Message | None]


def fit(messages: Sequence[Message]) -> list[Message]:
    """The same words and buttons in at most five messages, in the same order.

    First neighbouring texts become one text, then neighbouring Flex bubbles one carousel, then any neighbours one
    carousel. Raises RenderError when even that is not enough (far over 100,000 letters).
    """
    fitted = list(messages)
    for merge in (_texts, _flexes, _any):
        while len(fitted) > limits.MESSAGES_A_REQUEST and _merge_once(fitted, merge):
            pass
    if len(fitted) > limits.MESSAGES_A_REQUEST:
        raise RenderError("more to say than five messages can hold")
    return fitted


def _merge_once(messages: list[Message], merge: _Merge) -> bool:
    """Merge the first neighbours that can be: what comes last is what is being asked, and stays as it is."""
    for place in range(len(messages) - 1):
        merged = merge(messages[place], messages[place + 1])
        if merged is not None:
            messages[place : place + 2] = [merged]
            return True
    return False


def _texts(first: Message, second: Message) -> Message | None:
    if first["type"] != "text" or second["type"] != "text":
        return None
    words = f"{first['text']}\n\n{second['text']}"
    return {"type": "text", "text": words} if utf16_units(words) <= limits.TEXT_UNITS else None


def _flexes(first: Message, second: Message) -> Message | None:
    return _any(first, second) if first["type"] == second["type"] == "flex" else None


def _any(first: Message, second: Message) -> Message | None:
    contents = _containers(first) + _containers(second)
    carousel = {"type": "carousel", "contents": contents}
    if len(contents) > limits.CAROUSEL_BUBBLES or json_bytes(carousel) > limits.CAROUSEL_BYTES:
        return None
    return envelope(carousel, f"{_alternative(first)}\n{_alternative(second)}")


def _containers(message: Message) -> list[Message]:
    if message["type"] == "text":
        return [text_container(message["text"])]
    contents: Message = message["contents"]
    return list(contents["contents"]) if contents["type"] == "carousel" else [contents]


def _alternative(message: Message) -> str:
    return str(message["text"] if message["type"] == "text" else message["altText"])
