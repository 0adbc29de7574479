"""Which of the usual mistakes the converter's English words are about, so that a clerk reads it in Thai."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Mistake:
    """`word` is a key under form.converter in the catalogue; `name` is the box, list or column it is about, or ''."""

    word: str
    name: str


def mistake(words: str) -> Mistake | None:
    """The usual mistake that pyxform describes with `words`; None for an unusual one."""
    for word, pattern in _patterns():
        found = pattern.search(words)
        if found is not None:
            return Mistake(word, (found.groupdict().get("name") or "").strip())
    return None


def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return tuple((word, re.compile(pattern, re.DOTALL)) for word, pattern in listed.items())
