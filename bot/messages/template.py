"""Sentences with {placeholders}: our own small formatter, which can neither look into objects nor run anything.

`str.format` would let a text reach attributes of the values ("{who.__class__}") and trips over braces that a
person typed. Here a value is put in once and never read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\{\{|\}\}"  # a literal brace
    r"|\{(?P<name>[a-z][a-z0-9_]*)(?:\|(?P<one>[^{}|]*)\|(?P<other>[^{}|]*))?\}"
    r"|[{}]"  # anything else with a brace is a mistake
)


class TemplateError(ValueError):
    """A text of the catalogue has a brace that starts no placeholder."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder. With `one` and `other` ({n|message|messages}) it stands for a word chosen by the number."""

    name: str
    one: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    parts: tuple[str | Slot, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of its placeholders."""
        return frozenset(part.name for part in self.parts if isinstance(part, Slot))

    @property
    def source(self) -> str:
        """The text as somebody would write it: parse(source) is the same template."""
        return "".join(_written(part) for part in self.parts)

    def without_lead(self, name: str, leads: Sequence[str]) -> Template:
        """The same sentence without the words that stand right before a placeholder, the first of `leads` that do."""
        parts = list(self.parts)
        for place, part in enumerate(parts[1:]):
            before = parts[place]
            if isinstance(part, Slot) and part.name == name and isinstance(before, str):
                lead = next((lead for lead in leads if before.endswith(lead)), "")
                parts[place] = before.removesuffix(lead)
        return Template(tuple(parts))

    def fill(self, write: Callable[[Slot], str]) -> str:
        """The sentence, each placeholder written by `write`; what it returns is taken as it is."""
        return "".join(part if isinstance(part, str) else write(part) for part in self.parts)


def parse(source: str) -> Template:
    """Read a text of the catalogue. `{{` and `}}` are literal braces. Raises TemplateError."""
    parts: list[str | Slot] = []
    done = 0
    for token in _TOKEN.finditer(source):
        parts.append(source[done : token.start()])
        parts.append(_part(token, source))
        done = token.end()
    parts.append(source[done:])
    return Template(tuple(part for part in parts if part != ""))


def _written(part: str | Slot) -> str:
    if isinstance(part, str):
        return part.replace("{", "{{").replace("}", "}}")
    return f"{{{part.name}}}" if part.one is None else f"{{{part.name}|{part.one}|{part.other}}}"


def _part(token: re.Match[str], source: str) -> str | Slot:
    found = token.group()
    if found in ("{{", "}}"):
        return found[0]
    if token["name"] is None:
        raise TemplateError(f"a brace without a placeholder in {source!r}")
    return Slot(token["name"], token["one"], token["other"])
