"""ODK XPath: logic, selections, and what asks the form itself; with the table of these and of what asks nodes."""

from __future__ import annotations

import base64
import hashlib
import math
import uuid

from bot.forms.xpath.data import Value, node_text, to_boolean, to_number, to_text
from bot.forms.xpath.frame import EvaluationError, Frame
from bot.forms.xpath.function import Function, eager, lazy, structural, table
from bot.forms.xpath.node_functions import (
    check_instance,
    instance,
    lang,
    local_name,
    name,
    namespace_uri,
    position,
    with_id,
)
from bot.forms.xpath.scope import Code


def if_(frame: Frame, codes: list[Code]) -> Value:
    return codes[1 if to_boolean(codes[0](frame)) else 2](frame)


def coalesce(frame: Frame, codes: list[Code]) -> Value:
    for code in codes:
        text = to_text(code(frame), frame.env)
        if text:
            return text
    return ""


def once(frame: Frame, codes: list[Code]) -> Value:
    """The node's own value where it has one; else the argument's."""
    return node_text(frame.node, frame.env) or to_text(codes[0](frame), frame.env)


def boolean_from_string(frame: Frame, value: Value) -> bool:
    return to_text(value, frame.env) in {"true", "1"}


def selected(frame: Frame, value: Value, choice: Value) -> bool:
    wanted = to_text(choice, frame.env).strip()
    chosen = to_text(value, frame.env)
    return wanted in chosen.split() if wanted else chosen.strip() == ""


def selected_at(frame: Frame, value: Value, place: Value) -> str:
    chosen, index = to_text(value, frame.env).split(), to_number(place, frame.env)
    return chosen[int(index)] if math.isfinite(index) and 0 <= index < len(chosen) else ""


def count_selected(frame: Frame, value: Value) -> float:
    return float(len(to_text(value, frame.env).split()))


def _flat(frame: Frame, values: tuple[Value, ...]) -> list[Value]:
    """Node-sets opened into the texts of their nodes."""
    flat: list[Value] = []
    for value in values:
        if isinstance(value, list):
            flat.extend(node_text(node, frame.env) for node in value)
        else:
            flat.append(value)
    return flat


def checklist(frame: Frame, least: Value, most: Value, *answers: Value) -> bool:
    points = sum(1 for answer in _flat(frame, answers) if to_boolean(answer))
    return _between(frame, least, points, most)


def weighted_checklist(frame: Frame, least: Value, most: Value, *rest: Value) -> bool:
    answers, weights = _flat(frame, rest[::2]), _flat(frame, rest[1::2])
    pairs = zip(answers, weights, strict=False)
    points = sum(to_number(weight, frame.env) for answer, weight in pairs if to_boolean(answer))
    return _between(frame, least, points, most)


def _between(frame: Frame, least: Value, points: float, most: Value) -> bool:
    low, high = to_number(least, frame.env), to_number(most, frame.env)
    return (low < 0 or points >= low) and (high < 0 or points <= high)


_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def digest(frame: Frame, text: Value, algorithm: Value, encoding: Value = "base64") -> str:
    """A checksum for comparing, never for security."""
    name = _DIGESTS.get(to_text(algorithm, frame.env).upper())
    if name is None:
        raise EvaluationError("digest() does not know that algorithm")
    made = hashlib.new(name, to_text(text, frame.env).encode(), usedforsecurity=False).digest()
    return made.hex() if to_text(encoding, frame.env).lower() == "hex" else base64.b64encode(made).decode()


def base64_decode(frame: Frame, text: Value) -> str:
    """The text that was encoded; '' for what is no Base64 of UTF-8."""
    try:
        return base64.b64decode(to_text(text, frame.env), validate=False).decode()
    except ValueError:
        return ""


def choice_name(frame: Frame, value: Value, question: Value) -> str:
    return frame.env.choice_name(to_text(question, frame.env).strip(), to_text(value, frame.env))


def itext(frame: Frame, text_id: Value) -> str:
    return frame.env.itext(to_text(text_id, frame.env))


def version(frame: Frame) -> str:
    return frame.env.version


def _drawn(frame: Frame) -> bytes:
    """Bytes that follow from the draft's seed, so that a replay gives the same."""
    env = frame.env
    env.drawn += 1
    place = f"{env.seed}/{frame.current.key}/{env.drawn}"
    return hashlib.sha256(place.encode()).digest()


def uuid_(frame: Frame, *length: Value) -> str:
    if not length:
        return str(uuid.UUID(bytes=_drawn(frame)[:16], version=4))
    wanted = to_number(length[0], frame.env)
    if not math.isfinite(wanted) or not 0 < wanted <= 1000:  # noqa: PLR2004 - no honest form needs longer ones
        raise EvaluationError("uuid() takes a length up to 1000")
    text = ""
    while len(text) < wanted:
        text += _drawn(frame).hex()
    return text[: int(wanted)]


def random(frame: Frame) -> float:
    return int.from_bytes(_drawn(frame)[:6], "big") / 2**48


ODK_FUNCTIONS: dict[str, Function] = table(
    [
        lazy("if", 3, 3, if_),
        lazy("coalesce", 1, None, coalesce),
        lazy("once", 1, 1, once),
        eager("true", 0, 0, lambda _frame: True),
        eager("false", 0, 0, lambda _frame: False),
        eager("not", 1, 1, lambda _frame, value: not to_boolean(value)),
        eager("boolean", 1, 1, lambda _frame, value: to_boolean(value)),
        eager("boolean-from-string", 1, 1, boolean_from_string),
        eager("selected", 2, 2, selected),
        eager("selected-at", 2, 2, selected_at),
        eager("count-selected", 1, 1, count_selected),
        eager("checklist", 3, None, checklist),
        eager("weighted-checklist", 4, None, weighted_checklist),
        structural("position", 0, 1, position),
        eager("last", 0, 0, lambda frame: float(frame.size)),
        eager("current", 0, 0, lambda frame: [frame.current]),
        Function("instance", 1, 1, instance, check=check_instance),
        eager("id", 1, 1, with_id),
        eager("digest", 2, 3, digest),
        eager("base64-decode", 1, 1, base64_decode),
        structural("local-name", 0, 1, local_name),
        structural("name", 0, 1, name),
        structural("namespace-uri", 0, 1, namespace_uri),
        eager("lang", 1, 1, lang),
        eager("choice-name", 2, 2, choice_name),
        eager("itext", 1, 1, itext),
        eager("version", 0, 0, version),
        eager("uuid", 0, 1, uuid_),
        eager("random", 0, 0, random),
    ]
)
