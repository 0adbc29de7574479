"""The documentation as it is read: pages, their prose without code, and what they promise."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
GENERATED = {"docs/texts.md"}
"""The catalogue as a table: its words are not written for GitHub."""
FOLDERS = ("docs", "docs/adr", "simulator", "campaigns/loei_2564/register")

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`]*`")


def pages() -> list[str]:
    """Every page, relative to the root."""
    found = [*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in ROOT.joinpath(folder).glob("*.md"))]
    return sorted(set(map(name_of, found)) - GENERATED)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text(page: str) -> str:
    return ROOT.joinpath(page).read_text(encoding="utf-8")


def prose(page: str) -> str:
    """The page without code, in which brackets and hashes mean nothing."""
    return _CODE.sub("", _FENCE.sub("", text(page)))


def anchors(page: str) -> set[str]:
    """What `page.md#...` may name: GitHub's spelling of its headings."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
