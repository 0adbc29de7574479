"""Exceptional cases of a house as leaders type them: a mark or words beside a house number, and what follows them.

Nothing is decided here: whoever asks reads every case back before it is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

UNKNOWN = "?"
"""Something is missing of the house, and it was not said which case it is."""
MAX_LENGTH = 400
"""Characters."""
_MOST_STARS = 4
_NUMBER = r"\d+(?:/\d+)*(?:[ก-ฮ](?![ก-๙]))?"
_SOFT = " \t\n,;:.()-"


@dataclass(frozen=True, slots=True)
class CaseSaid:
    """What was said of one house."""

    house: str
    """The words that name it, normalised; empty: none do."""
    cases: tuple[str, ...]
    """Each by its mark ("*" to "****"; "" is the case without one), by its number in the letter ("3.2"), or UNKNOWN."""
    other: tuple[str, ...] = ()
    """The other reading of marks with a space between: "* **" may be two cases, or the one of three stars."""
    note: str = ""
    """What follows, as it was typed."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Cases that stand together, and where."""

    start: int
    end: int
    cases: tuple[str, ...]
    other: tuple[str, ...]


class CaseReader:
    """Reads houses with their cases."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._normaliser = lexicon.normaliser
        table = lexicon.tables["cases"]
        found: dict[str, str] = {}
        for words in (lexicon.tables["block"]["exception"], table["words"]):
            for mark, surfaces in words.items():
                found.update({self._plain(surface): mark for surface in surfaces})
        self._refs = {**found, **{self._plain(word): UNKNOWN for word in table["unknown"]}}
        case = "|".join([r"\*+", rf"(?:{_any(map(self._plain, table['numbered']))})\s*(?P<number>\d\.\d)(?!\d)"])
        self._case = re.compile(rf"{case}|(?P<worded>{_any(self._refs)})")
        self._between = re.compile(rf"(?:\s|[,+&/]|{_any(map(self._plain, table['between']))})*")
        self._because = re.compile(rf"(?:{_any(map(self._plain, table['because']))})?[\s,;:.()-]*")
        self._particles = sorted(map(self._plain, lexicon.tables["particles"]["particle"]), key=len, reverse=True)
        words = lexicon.tables["house"]
        house = f"(?:{_any(map(self._plain, words['house']))})?"
        of = f"(?:{_any(map(self._plain, [*words['moo'], *words['household']]))})"
        self._house = re.compile(rf"\s*{house}\s*{_NUMBER}(?:\s*{of}\s*\d+)*")
        self._denials = frozenset(map(self._plain, lexicon.tables["block"]["negation"]))
        self._denied = re.compile(rf"({self._house.pattern})\s*((?:{_any(self._denials)})\D+)")

    def _plain(self, word: object) -> str:
        return self._normaliser.text(str(word))

    def read(self, text: str) -> tuple[CaseSaid, ...]:
        """See Reader.house_cases."""
        if len(text) > MAX_LENGTH:
            return ()
        plain = self._without_particles(self._plain(text))
        runs = list(self._runs(plain))
        if not runs:
            return self._something_denied(plain, text)
        firsts = self._firsts(plain, runs)
        ends = [start for _run, start in firsts[1:]] + [len(plain)]
        said = [self._said(plain[start:end], run, start) for (run, start), end in zip(firsts, ends, strict=True)]
        return tuple(replace(one, note=self._as_typed(one.note, text, last=one is said[-1])) for one in said)

    def _something_denied(self, plain: str, text: str) -> tuple[CaseSaid, ...]:
        """As in "14 ไม่สะดวก": something was not to be had, in words that name no case."""
        found = self._denied.fullmatch(plain)
        if found is None or found.group(2) in self._denials:
            return ()
        return (CaseSaid(found.group(1).strip(), (UNKNOWN,), (), self._as_typed(found.group(2), text, last=True)),)

    def _without_particles(self, plain: str) -> str:
        """Without the politeness at its end."""
        for word in self._particles:
            if plain.endswith(word) and plain != word:
                return plain[: -len(word)].rstrip()
        return plain

    def _runs(self, plain: str) -> Iterator[_Run]:
        """Cases with nothing but joining words between them."""
        found = list(self._case.finditer(plain))
        start = 0
        for place, match in enumerate(found, 1):
            after = found[place] if place < len(found) else None
            if after is None or not self._between.fullmatch(plain, match.end(), after.start()):
                yield self._run(plain, found[start:place])
                start = place

    def _run(self, plain: str, matches: list[re.Match[str]]) -> _Run:
        refs = [self._ref(match) for match in matches]
        known = tuple(dict.fromkeys(ref for ref in refs if ref != UNKNOWN)) or (UNKNOWN,)
        other: tuple[str, ...] = ()
        if all(match.group().startswith("*") for match in matches) and len(matches) > 1:
            gaps = "".join(plain[left.end() : right.start()] for left, right in pairwise(matches))
            joined = "*" * sum(len(match.group()) for match in matches)
            if not gaps.strip() and len(joined) <= _MOST_STARS:
                known, other = (known, (joined,)) if len(known) == len(refs) else ((joined,), ())
        if any(len(ref) > _MOST_STARS for ref in known if ref.startswith("*")):
            known = (UNKNOWN,)
        return _Run(matches[0].start(), matches[-1].end(), known, other)

    def _ref(self, match: re.Match[str]) -> str:
        if match["number"]:
            return match["number"]
        return self._refs[match["worded"]] if match["worded"] else match.group()

    def _firsts(self, plain: str, runs: list[_Run]) -> list[tuple[_Run, int]]:
        """The run that begins what is said of each house, and where that begins: further cases after a note are part
        of the note unless a house number stands right before them."""
        firsts = [(runs[0], 0)]
        for run in runs[1:]:
            before = plain[firsts[-1][0].end : run.start]
            house = re.search(rf"(?:^|[\s,;])({self._house.pattern})\s*$", before)
            if house is not None:
                firsts.append((run, firsts[-1][0].end + house.start(1)))
        return firsts

    def _said(self, part: str, run: _Run, start: int) -> CaseSaid:
        house, after = part[: run.start - start].strip(_SOFT), part[run.end - start :]
        if not house:
            found = self._house.match(after)
            house, after = (found.group().strip(), after[found.end() :]) if found is not None else ("", after)
        return CaseSaid(house, run.cases, run.other, self._because.sub("", after.strip(_SOFT), count=1).strip(_SOFT))

    def _as_typed(self, note: str, text: str, *, last: bool) -> str:
        """The note word for word where it ends the message; else in the normal form."""
        if not note or not last:
            return note
        ends = range(len(text), max(len(text) - len(note) - 20, 0), -1)
        for end in ends:
            for start in range(max(end - 2 * len(note), 0), end):
                if not text[start].isspace() and self._plain(text[start:end]) == note:
                    return text[start:end].strip()
        return note


def _any(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted({word for word in words if word}, key=len, reverse=True))
