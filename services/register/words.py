"""Headings and answers as offices write them in their tables: bot/reading/data/register.yaml, made comparable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import yaml

from bot.reading.date import DateReader
from bot.reading.house import HouseReader
from bot.reading.lexicon import Lexicon

DASHBOARD: Final = "dashboard"
"""The kind of table that is no register: figures to reconcile with (services.reconciliation.uploads)."""
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_SIGNS = re.compile(r"[\s._:*'\"/-]+")


@dataclass(frozen=True, slots=True)
class Words:
    """All that is needed to read a register's tables."""

    lexicon: Lexicon
    houses: HouseReader
    dates: DateReader
    headings: Mapping[str, Mapping[str, str]]
    """Kind of register -> comparable heading -> column."""
    yes: frozenset[str]
    no: frozenset[str]
    absent: frozenset[str]
    totals: frozenset[str]
    """What stands before a total in place of an area's name."""
    days: tuple[str, ...]
    year: tuple[str, ...]
    """What may stand before a year."""

    @classmethod
    def load(cls) -> Words:
        source = files("bot.reading").joinpath("data/register.yaml").read_text(encoding="utf-8")
        # every leaf is a word as written: no, 1 and - too
        data: dict[str, Any] = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
        lexicon = Lexicon.load()
        kinds = ("villages", "households", "volunteers", DASHBOARD)

        def plain(names: Sequence[str]) -> frozenset[str]:
            return frozenset(lexicon.normaliser.word(name) for name in names)

        return cls(
            lexicon,
            HouseReader(lexicon),
            DateReader(lexicon),
            {kind: _headings(lexicon, data[kind]) for kind in kinds},
            plain(data["yes"]),
            plain(data["no"]),
            plain(data["absent"]),
            plain(data["totals"]),
            tuple(lexicon.normaliser.word(day).rstrip(".") for day in data["days"]),
            tuple(lexicon.normaliser.text(word) for word in data["year"]),
        )

    def normal(self, text: str) -> str:
        """Digits of any script as ASCII, one form of each sign, no invisible characters; case and words stay folded."""
        return self.lexicon.normaliser.text(text)

    def comparable(self, heading: str) -> str:
        """A heading as headings are compared: without spaces, signs, brackets and case."""
        return _comparable(self.lexicon, heading)

    def column_of(self, kind: str, heading: str) -> str | None:
        """Which column a heading means; None where it is none of ours."""
        return self.headings[kind].get(_comparable(self.lexicon, heading))


def _headings(lexicon: Lexicon, columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {_comparable(lexicon, name): column for column, names in columns.items() for name in [*names, column]}


def _comparable(lexicon: Lexicon, heading: str) -> str:
    bare = _BRACKETS.sub("", heading) or heading
    return _SIGNS.sub("", lexicon.normaliser.text(bare).casefold())
