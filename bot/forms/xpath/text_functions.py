"""ODK XPath: functions on strings."""

from __future__ import annotations

import math

import regex  # type: ignore[import-untyped]  # its stubs are not among our dependencies

from bot.forms.xpath.data import Value, node_text, to_number, to_text
from bot.forms.xpath.frame import STEP_CAP, TEXT_CAP, EvaluationLimitError, Frame
from bot.forms.xpath.function import Function, eager, table

REGEX_SECONDS = 0.05
"""A pattern of a hostile form may not hold the chat."""


def _own(frame: Frame, values: tuple[Value, ...]) -> str:
    """The first argument as text; the context node's text where there is none."""
    return to_text(values[0], frame.env) if values else node_text(frame.node, frame.env)


def string(frame: Frame, *values: Value) -> str:
    return _own(frame, values)


def _all_texts(frame: Frame, values: tuple[Value, ...]) -> list[str]:
    """Texts of all arguments; a node-set gives one for each node."""
    texts: list[str] = []
    for value in values:
        if isinstance(value, list):
            frame.env.charge(len(value))
            texts.extend(node_text(node, frame.env) for node in value)
        else:
            texts.append(to_text(value, frame.env))
    if sum(map(len, texts)) > TEXT_CAP:
        raise EvaluationLimitError
    return texts


def concat(frame: Frame, *values: Value) -> str:
    return "".join(_all_texts(frame, values))


def join(frame: Frame, glue: Value, *values: Value) -> str:
    texts, between = _all_texts(frame, values), to_text(glue, frame.env)
    if len(texts) * len(between) > TEXT_CAP:
        raise EvaluationLimitError
    return between.join(texts)


def contains(frame: Frame, text: Value, part: Value) -> bool:
    return to_text(part, frame.env) in to_text(text, frame.env)


def starts_with(frame: Frame, text: Value, part: Value) -> bool:
    return to_text(text, frame.env).startswith(to_text(part, frame.env))


def ends_with(frame: Frame, text: Value, part: Value) -> bool:
    return to_text(text, frame.env).endswith(to_text(part, frame.env))


def substring_before(frame: Frame, text: Value, part: Value) -> str:
    head, found, _ = to_text(text, frame.env).partition(to_text(part, frame.env) or "\0")
    return head if found else ""


def substring_after(frame: Frame, text: Value, part: Value) -> str:
    whole, mark = to_text(text, frame.env), to_text(part, frame.env)
    return whole.partition(mark)[2] if mark else whole


def substring(frame: Frame, text: Value, start: Value, length: Value = math.inf) -> str:
    """XPath's: counted from 1, places rounded, NaN gives nothing."""
    whole = to_text(text, frame.env)
    first, span = _round(to_number(start, frame.env)), _round(to_number(length, frame.env))
    end = math.inf if length is math.inf else first + span
    if math.isnan(first) or math.isnan(end):
        return ""
    low = 0 if first < 1 else int(min(first - 1, len(whole)))
    high = int(min(max(end - 1, 0), len(whole)))
    return whole[low:high]


def _round(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def substr(frame: Frame, text: Value, start: Value, end: Value | None = None) -> str:
    """ODK's: counted from 0, negative places count from the end, the end is not included."""
    whole = to_text(text, frame.env)
    first = to_number(start, frame.env)
    last = math.inf if end is None else to_number(end, frame.env)
    if math.isnan(first) or math.isnan(last):
        return ""
    limit = len(whole)
    low, high = (int(max(-limit, min(place, limit))) for place in (first, last))
    return whole[low:high]


def string_length(frame: Frame, *values: Value) -> float:
    return float(len(_own(frame, values)))


def normalize_space(frame: Frame, *values: Value) -> str:
    return " ".join(part for part in regex.split(r"[ \t\r\n]+", _own(frame, values)) if part)


def translate(frame: Frame, text: Value, old: Value, new: Value) -> str:
    before, after = to_text(old, frame.env), to_text(new, frame.env)
    changes: dict[int, str | None] = {}
    for place, sign in enumerate(before):
        changes.setdefault(ord(sign), after[place] if place < len(after) else None)
    return to_text(text, frame.env).translate(changes)


def matches(frame: Frame, text: Value, pattern: Value) -> bool:
    """regex(): the whole text must match, as ODK documents it (and Collect does; Enketo searches). Raises
    EvaluationLimitError for a pattern that takes too long."""
    frame.env.charge(10)
    try:
        compiled = regex.compile(to_text(pattern, frame.env))
        return compiled.fullmatch(to_text(text, frame.env), timeout=REGEX_SECONDS) is not None
    except (TimeoutError, regex.error) as error:
        frame.env.charge(STEP_CAP if isinstance(error, TimeoutError) else 0)
        return False


TEXT_FUNCTIONS: dict[str, Function] = table(
    [
        eager("string", 0, 1, string),
        eager("concat", 0, None, concat),
        eager("join", 1, None, join),
        eager("contains", 2, 2, contains),
        eager("starts-with", 2, 2, starts_with),
        eager("ends-with", 2, 2, ends_with),
        eager("substring-before", 2, 2, substring_before),
        eager("substring-after", 2, 2, substring_after),
        eager("substring", 2, 3, substring),
        eager("substr", 2, 3, substr),
        eager("string-length", 0, 1, string_length),
        eager("normalize-space", 0, 1, normalize_space),
        eager("translate", 3, 3, translate),
        eager("regex", 2, 2, matches),
    ]
)
