"""Loads the word lists of bot/reading/data: words are data, so that an office can correct them without code."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from bot.reading.normalise import Normaliser
from bot.reading.tokens import Token, Tokeniser, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILES = (
    "normalise",
    "particles",
    "numbers",
    "units",
    "quantity",
    "dates",
    "status",
    "control",
    "house",
    "cases",
    "block",
    "orders",
    "office_orders",
    "decimals",
    "clock",
    "places",
    "group",
    "audience",
    "people",
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word tables by file name, and the normaliser and tokeniser that read with them."""

    tables: Mapping[str, Mapping[str, Any]]
    normaliser: Normaliser
    tokeniser: Tokeniser

    @classmethod
    def load(cls) -> Lexicon:
        """Read every table from the package's data folder."""
        folder = resources.files("bot.reading") / "data"
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        tables = {
            name: yaml.load((folder / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (a safe loader, in C where there is one)
            for name in _FILES
        }
        normaliser = Normaliser(tables["normalise"])
        return cls(tables, normaliser, Tokeniser(normaliser))

    def vocabulary(self, *tables: str, digits: str = r"\d+(?:[.,]\d+)*") -> Vocabulary:
        """One vocabulary from the named tables; a word may stand in several and then has all their categories."""
        return Vocabulary.build(self.normaliser, (self.tables[name] for name in tables), digits)

    def cut(self, raw: str, vocabulary: Vocabulary) -> list[Token]:
        """Normalise and cut typed text."""
        return self.tokeniser.cut(self.normaliser.text(raw), vocabulary)
