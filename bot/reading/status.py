"""How far a piece of work is, in the words people use. Negation, near misses and days to come are seen first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.reading.mend import mend
from bot.reading.outcome import Action, Reading
from bot.reading.spoken import fold_numbers
from bot.reading.status_report import Report
from bot.reading.status_rules import RULES
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.date import DateReader
    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 300
_LONGEST_DATE = 12
"""No date has more pieces."""
_MENDED = ("done", "progress", "problem", "not_started", "done_unsure", "no_problem", "not_yet")
_SHORTEST_MENDED = 6


class StatusReader:
    """Reads one status."""

    def __init__(self, lexicon: Lexicon, dates: DateReader) -> None:
        self._lexicon = lexicon
        self._dates = dates
        self._vocabulary = lexicon.vocabulary("particles", "numbers", "status", digits=r"\d+(?:\.\d+)?")

    def read(self, text: str, now: dt.datetime | None = None) -> Reading[str]:
        """See Reader.status."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        report = self._report(text, now)
        for rule in RULES:
            reading = rule(report)
            if reading is not None:
                return reading
        return report.ask("unknown")

    def _report(self, text: str, now: dt.datetime | None) -> Report:
        tokens = self._lexicon.cut(text, self._vocabulary)
        day, rest = self._day(tokens, now)
        mended = mend(rest, self._vocabulary, _MENDED, _SHORTEST_MENDED)
        kept = [token for token in mended if not token.has("particle") or token.has("already", "negation", "future")]
        report = Report(fold_numbers(kept), now.date() if now else None, day)
        if any(token.has("isan") for token in tokens) or (day is not None and "dialect" in day.notes):
            report.notes["dialect"] = "isan"
        return report

    def _day(self, tokens: Sequence[Token], now: dt.datetime | None) -> tuple[Reading[dt.date] | None, list[Token]]:
        """A date in the text: the longest run of words, reaching its end, that reads as one ("เสร็จวันที่ 18 มิ.ย.")."""
        kept = [token for token in tokens if not token.has("particle") or token.has("future", "already")]
        if now is None or not any(not token.known or token.has("number", "when") for token in kept):
            return None, kept
        for start, token in enumerate(kept):
            if start < len(kept) - _LONGEST_DATE or (token.known and not token.has("number", "when")):
                continue
            words = "".join(f" {part.text}" if part.space else part.text for part in kept[start:])
            reading = self._dates.read(words, now, {})
            dated = reading.value is not None or "to" in reading.notes
            if dated and reading.why != "bare_day":
                return reading, kept[:start]
        return None, kept
