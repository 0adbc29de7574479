"""The Thai that benchmarks and pictures need (words.yaml), by what it means."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return found


def thai(meaning: str, **values: Any) -> str:
    return _words()[meaning].format(**values)


def button(meaning: str) -> str:
    """The label of the button that means this."""
    return thai(f"button: {meaning}")
