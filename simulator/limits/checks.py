"""Small checks that are put together to the shape of a message. Each adds to a list what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import regex  # type: ignore[import-untyped]  # ships no type information

from simulator.line_errors import Problem

Check = Callable[[Any, str, list[Problem]], None]
"""check(value, path, problems): appends a Problem for every fault found in `value`, which stands at `path`."""

EMPTY = "May not be empty"


def graphemes(text: str) -> int:
    """Characters as a person counts them: a Thai letter and its marks are one."""
    return len(regex.findall(r"\X", text))


def units(text: str) -> int:
    """UTF-16 units, LINE's ordinary way to count: most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def text(most: int, count: Callable[[str], int] = units, *, empty: bool = False) -> Check:
    """A string of at most `most`, not empty unless said so."""

    def check(value: Any, path: str, problems: list[Problem]) -> None:
        if not isinstance(value, str):
            problems.append(Problem("Must be a string", path))
        elif not empty and not value:
            problems.append(Problem(EMPTY, path))
        elif len(value) * 2 > most and count(value) > most:
            problems.append(Problem(f"Length must be between {0 if empty else 1} and {most}", path))

    return check


def matches(pattern: str, meaning: str) -> Check:
    """A string that matches `pattern` as a whole."""
    compiled = regex.compile(pattern)

    def check(value: Any, path: str, problems: list[Problem]) -> None:
        if not isinstance(value, str) or compiled.fullmatch(value) is None:
            problems.append(Problem(f"Must be {meaning}", path))

    return check


def one_of(*values: str) -> Check:
    def check(value: Any, path: str, problems: list[Problem]) -> None:
        if value not in values:
            problems.append(Problem(f"Must be one of the following values: [{', '.join(values)}]", path))

    return check


def number(least: float, most: float, *, whole: bool = True) -> Check:
    kinds = (int,) if whole else (int, float)

    def check(value: Any, path: str, problems: list[Problem]) -> None:
        if isinstance(value, bool) or not isinstance(value, kinds) or not least <= value <= most:
            kind = "an integer" if whole else "a number"
            problems.append(Problem(f"Must be {kind} between {least} and {most}", path))

    return check


def boolean(value: Any, path: str, problems: list[Problem]) -> None:
    if not isinstance(value, bool):
        problems.append(Problem("Must be true or false", path))


def all_of(*checks: Check) -> Check:
    def check(value: Any, path: str, problems: list[Problem]) -> None:
        for each in checks:
            each(value, path, problems)

    return check


def items(each: Check, least: int, most: int) -> Check:
    """A list of `least` to `most` values that each pass."""

    def check(value: Any, path: str, problems: list[Problem]) -> None:
        if not isinstance(value, list):
            problems.append(Problem("Must be an array", path))
            return
        if not least <= len(value) <= most:
            problems.append(Problem(f"Size must be between {least} and {most}", path))
        for index, item in enumerate(value[: most + 1]):
            each(item, f"{path}[{index}]", problems)

    return check


@dataclass(frozen=True, slots=True)
class Record:
    """An object with these keys and no others; a check like any other."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)

    def __call__(self, value: Any, path: str, problems: list[Problem]) -> None:
        if not isinstance(value, dict):
            problems.append(Problem("Must be an object", path))
            return
        missing = [name for name in self.required if name not in value]
        problems.extend(Problem("Must be specified", join(path, name)) for name in missing)
        for name, item in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if check is None:
                problems.append(Problem("Unknown property", join(path, name)))
            else:
                check(item, join(path, name), problems)

    def plus(self, required: Mapping[str, Check] | None = None, optional: Mapping[str, Check] | None = None) -> Record:
        """The same object with more keys."""
        return Record({**self.required, **(required or {})}, {**self.optional, **(optional or {})})


def by_type(kinds: Callable[[], Mapping[str, Check]], key: str = "type") -> Check:
    """An object whose `key` says which check is its own. `kinds` is asked late, so that kinds may hold each other."""

    def check(value: Any, path: str, problems: list[Problem]) -> None:
        if not isinstance(value, dict):
            problems.append(Problem("Must be an object", path))
            return
        known = kinds()
        kind = value.get(key)
        own = known.get(kind) if isinstance(kind, str) else None
        if own is None:
            names = ", ".join(sorted(known))
            problems.append(Problem(f"Must be one of the following values: [{names}]", join(path, key)))
            return
        own(value, path, problems)

    return check


def anything(value: Any, path: str, problems: list[Problem]) -> None:
    """For a key that another check has read already, such as `type`."""


def join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def https(value: Any, path: str, problems: list[Problem]) -> None:
    """An address of media: HTTPS, up to 2,000 characters."""
    _HTTPS(value, path, problems)


_HTTPS = all_of(text(2000), matches(r"(?:https://[^\s]+)?", "an HTTPS URL"))
