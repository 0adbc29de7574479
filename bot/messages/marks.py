"""What the texts are for, beside their words: which are cards, which are errors, which labels are the main action.

Kept in marks.yaml, apart from the words, so that a translator sees words only. Patterns are dotted keys in which
`*` stands for anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Patterns:
    """A list of key patterns."""

    words: tuple[str, ...] = ()
    _pattern: re.Pattern[str] = field(default=re.compile(r"(?!)"), repr=False, compare=False)

    @classmethod
    def of(cls, words: Sequence[str]) -> Patterns:
        return cls(tuple(words), re.compile("|".join(translate(word) for word in words) or r"(?!)"))

    def __contains__(self, key: str) -> bool:
        return self._pattern.match(key) is not None


@dataclass(frozen=True, slots=True)
class Marks:
    """`primary` and `quiet` are button labels drawn as the main action and as a plain link; `families` are groups of
    keys with an `other` for whatever has no text of its own. The rest is for the text gate: `quick` labels go on quick
    replies too, `cards` may have 12 lines, `errors` need an example or a button, `with_buttons` are errors whose
    bubble always has buttons, `pages` are read slowly and may be long, `samples` are typical values of placeholders."""

    primary: Patterns = field(default_factory=Patterns)
    quiet: Patterns = field(default_factory=Patterns)
    quick: Patterns = field(default_factory=Patterns)
    families: tuple[str, ...] = ()
    cards: Patterns = field(default_factory=Patterns)
    errors: Patterns = field(default_factory=Patterns)
    with_buttons: Patterns = field(default_factory=Patterns)
    pages: Patterns = field(default_factory=Patterns)
    samples: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Marks:
        """The product's marks, from marks.yaml."""
        return cls.of(yaml.safe_load(files("bot.messages").joinpath("marks.yaml").read_text(encoding="utf-8")))

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Marks:
        """Marks of plain data: name -> list of patterns; `samples` -> mapping."""
        plain = {"samples", "families"}
        patterns = {name: Patterns.of(words) for name, words in data.items() if name not in plain}
        samples = {name: str(value) for name, value in data.get("samples", {}).items()}
        return cls(samples=samples, families=tuple(data.get("families", ())), **patterns)
