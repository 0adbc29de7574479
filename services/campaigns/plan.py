"""The contractor's plan as the province has it: a text file for each language, shown in chat line by line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.messages.catalogue import DEFAULT_LOCALE, LOCALES
from services.campaigns.fault import Fault

MOST_LINES = 60
"""More would be a book: five cards are what a chat takes at once."""
LONGEST_LINE = 200


def plan_lines(folder: Path, plan: Any, faults: list[Fault]) -> dict[str, list[str]]:
    """The lines by locale. `plan` is a file's name, or names by locale; faults are added."""
    if not plan:
        return {}
    names: Mapping[str, Any] = plan if isinstance(plan, Mapping) else {DEFAULT_LOCALE: plan}
    faults += [
        Fault(f"plan: no such language: {locale}", "language", name=str(locale))
        for locale in names
        if locale not in LOCALES
    ]
    return {locale: _lines(folder, str(name), faults) for locale, name in names.items()}


def _lines(folder: Path, name: str, faults: list[Fault]) -> list[str]:
    """Without empty lines, and without the marks of Markdown's headings and lists."""
    try:
        words = (folder / name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(f"plan: {name} cannot be read as text: {type(error).__name__}", "unreadable", name=name))
        return []
    lines = [line.strip().lstrip("#").strip() for line in words.splitlines()]
    lines = [f"· {line[2:].strip()}" if line[:2] in {"- ", "* "} else line for line in lines if line]
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        told = f"plan: {name} is too long: write at most {MOST_LINES} lines of {LONGEST_LINE} characters"
        faults.append(Fault(told, "long_plan", name=name, lines=MOST_LINES, letters=LONGEST_LINE))
    return lines
