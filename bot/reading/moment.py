"""A day with a time of day: "พรุ่งนี้ 9 โมง", "16/6/64 14.30 น.", "บ่ายสอง วันศุกร์"; each half by its own reader."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.reading.date import DateReader
    from bot.reading.lexicon import Lexicon
    from bot.reading.time_of_day import TimeReader
    from bot.reading.tokens import Token

MAX_LENGTH = 120
"""A day and a time are never a longer text (characters)."""

_NUMBERS = ("number", "digit", "zero", "ed", "yi", "ten", "sao", "power", "particle")
_ISO = re.compile(r"(?<=\d)[Tt](?=\d)")
_Moments = dict[dt.datetime, Action]


class MomentReader:
    """Reads one day with its time."""

    def __init__(self, lexicon: Lexicon, date: DateReader, time: TimeReader) -> None:
        self._lexicon = lexicon
        self._date = date
        self._time = time
        self._vocabulary = lexicon.vocabulary("particles", "numbers", "dates", "clock", digits=r"\d+")

    def read(self, text: str, now: dt.datetime, rounds: Mapping[int, dt.date]) -> Reading[dt.datetime]:
        """See Reader.moment."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        found: _Moments = {}
        for day_words, time_words in self._halves(_ISO.sub(" ", text)):
            self._put(found, self._date.read(day_words, now, rounds), time_words)
        sure = [moment for moment, action in found.items() if action is Action.ACCEPT]
        if len(found) == 1:
            return Reading(found[next(iter(found))], next(iter(found)), "" if sure else "date")
        if len(sure) == 1:
            return Reading(Action.CONFIRM, sure[0], "date")
        if found:
            candidates = [moment.isoformat(timespec="minutes") for moment in found]
            return Reading(Action.ASK, None, "ambiguous", {"candidates": candidates})
        return self._half_of_it(text, now, rounds)

    def _halves(self, text: str) -> Iterator[tuple[str, str]]:
        """Every way to part the text between two words, the day first or the time."""
        lines = self._lexicon.normaliser.text(text)
        tokens = self._lexicon.tokeniser.cut(lines, self._vocabulary)
        for place in range(1, len(tokens)):
            halves = tokens[:place], tokens[place:]
            for day, time in (halves, halves[::-1]):
                if any(not token.has(*_NUMBERS) for token in day):  # a lone number is a day of nobody's
                    yield _words(day), _words(time)

    def _put(self, found: _Moments, day: Reading[dt.date], time_words: str) -> None:
        """The moment of a day and the words of a time, if these are one; the surer reading of it wins."""
        if day.value is None or day.action is Action.ASK or day.notes.get("time") or day.notes.get("bound"):
            return
        time = self._time.read(time_words)
        candidates = time.notes.get("candidates")
        doubtful = [dt.time.fromisoformat(str(one)) for one in candidates] if isinstance(candidates, list) else []
        times = doubtful if time.value is None else [time.value]
        action = Action.ACCEPT if day.action is time.action is Action.ACCEPT else Action.CONFIRM
        for one in times:
            moment = dt.datetime.combine(day.value, one)
            found[moment] = Action.ACCEPT if Action.ACCEPT in {action, found.get(moment)} else Action.CONFIRM

    def _half_of_it(self, text: str, now: dt.datetime, rounds: Mapping[int, dt.date]) -> Reading[dt.datetime]:
        """Only a day, or only a time: what is missing is said."""
        day = self._date.read(text, now, rounds)
        if day.value is not None and day.action is not Action.ASK:
            return Reading(Action.ASK, None, "time_missing")
        if self._time.read(text).value is not None:
            return Reading(Action.ASK, None, "date_missing")
        return Reading(Action.ASK, None, "not_a_moment")


def _words(tokens: Sequence[Token]) -> str:
    return "".join(f" {token.text}" if token.space else token.text for token in tokens)
