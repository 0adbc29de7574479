"""The Thai of the journeys (words.yaml), by what it means."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return found


def name(who: str) -> str:
    return _words()["people"][who]


def typed(meaning: str, **values: Any) -> str:
    """What somebody types who means this."""
    return _words()["typed"][meaning].format(**values)


def button(meaning: str) -> str:
    return _words()["buttons"][meaning]
