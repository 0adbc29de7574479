"""An area as clerks write it beside a name: ภูเรือ, อ.ภูเรือ จ.เลย, หมู่ 5 ต.สานตม อ.ภูเรือ, or its code.

Every word that stands there must be the name of the area or of one above it: rights are given by this, so nothing is
guessed from a part of a name or a slip of the pen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.reading.lexicon import Lexicon
from models.area import Area, AreaKind
from services.desk.scope import Scope

_NUMBER = re.compile(r"\d+")
_CODES = frozenset({4, 6, 8})
"""Digits of codes that are taken anywhere. Two are a province's where one is asked for, else a village's number."""
_SHOWN = 3
DIGITS = {AreaKind.PROVINCE: 2, AreaKind.DISTRICT: 4, AreaKind.TAMBON: 6, AreaKind.VILLAGE: 8}


class NoPlaceError(LookupError):
    """No area of the wanted kind is meant, or several are."""

    def __init__(self, several: Sequence[str] = ()) -> None:
        super().__init__()
        self.several = tuple(several)
        """Codes of the first few that may be meant."""


@dataclass
class _Known:
    """Areas that have been read, by what they are called."""

    kinds: dict[str, str] = field(default_factory=dict)
    called: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    moo: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class PlaceNames:
    """Of the areas that somebody may see."""

    session: Session
    scope: Scope
    lexicon: Lexicon

    def find(self, words: str, kind: AreaKind) -> str:
        """The code of the one area of that kind that is meant. Raises NoPlaceError.

        The province need not be named where there is but one.
        """
        known = self._villages if kind is AreaKind.VILLAGE else self._above
        text = self._dotted.sub(r" \1", self.lexicon.normaliser.text(words))
        numbers = _NUMBER.findall(text)
        codes = [one for one in numbers if len(one) in {*_CODES, DIGITS[kind]}]
        parts = self._parts(_NUMBER.sub(" ", text).replace(",", " ").split(), known)
        if codes:
            found = _coded(known, kind, codes, parts)
        elif kind is AreaKind.PROVINCE and not parts:
            found = [one for one, its in known.kinds.items() if its == kind]
        else:
            moo = next((int(one) for one in numbers), None) if kind is AreaKind.VILLAGE else None
            found = _meant(known, kind, parts, moo)
        if len(found) != 1:
            raise NoPlaceError(sorted(found)[:_SHOWN])
        return found[0]

    def _parts(self, words: Sequence[str], known: _Known) -> list[str]:
        """Names without what says their kind (บ้าน, ต., อำเภอ …), unless it belongs to them; of several words too."""
        if len(words) > 1 and "".join(words) in known.called:
            return ["".join(words)]
        bare = (word if word in known.called else self._bare(word) for word in words)
        return [part for part in bare if part]

    def _bare(self, word: str) -> str:
        found = next((prefix for prefix in self._prefixes if word.startswith(prefix)), "")
        return word.removeprefix(found).strip(".")

    @cached_property
    def _prefixes(self) -> list[str]:
        house, orders = self.lexicon.tables["house"], self.lexicon.tables["orders"]
        words = [*house["province"], *house["amphoe"], *house["tambon"], *orders["village"]]
        return sorted({self.lexicon.normaliser.text(str(word)) for word in words}, key=len, reverse=True)

    @cached_property
    def _dotted(self) -> re.Pattern[str]:
        """ม.5ต.สานตมอ.ภูเรือ: where one begins, another has ended."""
        short = [re.escape(prefix) for prefix in self._prefixes if prefix.endswith(".")]
        return re.compile(f"({'|'.join(short)})")

    @cached_property
    def _above(self) -> _Known:
        return self._read([AreaKind.PROVINCE, AreaKind.DISTRICT, AreaKind.TAMBON])

    @cached_property
    def _villages(self) -> _Known:
        return self._read(list(AreaKind))

    def _read(self, kinds: Iterable[AreaKind]) -> _Known:
        over = {code[:digits] for code in self.scope.codes for digits in DIGITS.values() if digits < len(code)}
        wanted = select(Area.code, Area.kind, Area.name_th, Area.name_en, Area.moo).where(
            Area.kind.in_([kind.value for kind in kinds]), or_(self.scope.within(Area.code), Area.code.in_(over))
        )
        known, capital = _Known(), str(self.lexicon.tables["house"]["capital_district"])
        for code, kind, *names, moo in self.session.execute(wanted):
            if self.scope.sees(code):
                known.kinds[code] = kind
                if moo is not None:
                    known.moo[moo].append(code)
            if kind == AreaKind.DISTRICT and names[0].startswith(capital):
                names.append(capital)
            for name in filter(None, names):
                word = "".join(self.lexicon.normaliser.text(name).split())
                known.called[word].add(code)
                known.called[self._bare(word)].add(code)
        return known


def _coded(known: _Known, kind: AreaKind, codes: Sequence[str], parts: Sequence[str]) -> list[str]:
    """The area of the kind whose code stands there, if that is what every other code and word says too."""
    named = [known.called.get(part, set()) for part in parts]
    return [
        code
        for code in set(codes)
        if known.kinds.get(code) == kind and all(code.startswith(other) for other in codes) and _holds(code, named)
    ]


def _holds(code: str, named: Iterable[set[str]]) -> bool:
    """Whether each name is one of the area's or of an area above it."""
    return all(any(code[:digits] in codes for digits in DIGITS.values() if digits <= len(code)) for codes in named)


def _meant(known: _Known, kind: AreaKind, parts: Sequence[str], moo: int | None) -> list[str]:
    """Areas of the kind of which all holds that was said, something of it about the area itself."""
    named = [known.called.get(part, set()) for part in parts]
    own = {code for codes in named for code in codes if known.kinds.get(code) == kind}
    if moo is not None:
        own = {code for code in known.moo[moo] if known.kinds[code] == kind}
    return [code for code in own if _holds(code, named)]
