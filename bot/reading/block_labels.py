"""Finds which box a word means: by its label, its case number, its mark, or the wording of an exceptional case."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from bot.reading.distance import one_slip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.reading.block_fields import BlockField
    from bot.reading.lexicon import Lexicon
    from bot.reading.tokens import Vocabulary

_SHORTEST = 3
_WORDS_KEPT = 512
_TYPO_SHORTEST = 5


class Labels:
    """The words of one form's boxes. `asked` fields win over the `others` of the form."""

    def __init__(
        self, lexicon: Lexicon, base: Vocabulary, asked: Sequence[BlockField], others: Sequence[BlockField]
    ) -> None:
        self._lexicon = lexicon
        self._base = base
        self.asked = tuple(asked)
        # a message of one word a thousand times is looked up once
        self.find = lru_cache(maxsize=_WORDS_KEPT)(self._find)
        self.asked_names = tuple(field.name for field in self.asked)
        self.pool = (*asked, *(field for field in others if field.name not in {known.name for known in asked}))
        self._words = {field.name: self._words_of(field) for field in self.pool}
        self._exceptions: Mapping[str, Sequence[str]] = lexicon.tables["block"]["exception"]
        self.by_box = {field.box: field for field in reversed(self.pool) if field.box is not None}
        self.by_name = {field.name: field for field in self.pool}

    def _words_of(self, field: BlockField) -> tuple[str, ...]:
        return tuple(word for label in field.labels if (word := self._lexicon.normaliser.word(label)))

    def marks(self, field: BlockField) -> tuple[str, ...]:
        """Case number and symbol in normal form."""
        return tuple(self._lexicon.normaliser.word(mark) for mark in (field.case, field.symbol) if mark)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The base vocabulary with this form's labels, cases and marks."""
        extra: dict[str, dict[str, Any]] = {}
        for fields in (self.pool, self.asked):
            for field in fields:
                for word in self._words[field.name]:
                    extra.setdefault(word, {})["label"] = word
                for mark in self.marks(field):
                    extra.setdefault(mark, {})["mark"] = field.name
        return self._base.with_words(extra)

    def by_exception(self, symbol: str) -> str | None:
        """The asked field that carries the mark which a wording stands for."""
        found = [field.name for field in self.asked if field.case and (field.symbol or "") == symbol]
        return found[0] if len(found) == 1 else None

    def _find(self, word: str) -> tuple[str, ...]:
        """Names of the fields a word may mean, best kind of likeness only; asked fields before the others."""
        for fields in (self.asked, self.pool):
            for alike in _LIKENESS:
                names = self._alike(word, fields, alike)
                if names:
                    return names
        return ()

    def _alike(self, word: str, fields: Iterable[BlockField], alike: Callable[[str, str], bool]) -> tuple[str, ...]:
        return tuple(f.name for f in fields if any(self._fits(word, label, alike) for label in self._words[f.name]))

    def _fits(self, word: str, label: str, alike: Callable[[str, str], bool]) -> bool:
        return alike(word, label) and not self._negated(label, word) and not self._negated(word, label)

    def _negated(self, whole: str, part: str) -> bool:
        """Whether `whole` denies what `part` says: "ไม่ครบ" is not "ครบ"."""
        place = whole.find(part)
        if place <= 0 or whole == part:
            return False
        negations: Sequence[str] = self._lexicon.tables["block"]["negation"]
        return any(whole[:place].endswith(negation) for negation in negations)


def _equal(word: str, label: str) -> bool:
    return word == label


def _begins(word: str, label: str) -> bool:
    return len(word) >= _SHORTEST and label.startswith(word)


def _inside(word: str, label: str) -> bool:
    return len(word) >= _SHORTEST and word in label


def _around(word: str, label: str) -> bool:
    return len(label) >= _SHORTEST and label in word


def _near(word: str, label: str) -> bool:
    return min(len(word), len(label)) >= _TYPO_SHORTEST and one_slip(word, label)


_LIKENESS = (_equal, _begins, _inside, _around, _near)
