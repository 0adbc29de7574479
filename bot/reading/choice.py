"""Answers to a list of options: by number, by label, by a part of a label, by the form's own synonyms.

Options that are themselves numbers or dates are never taken by their place in the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.reading.choice_several import SeveralReader
from bot.reading.distance import distance
from bot.reading.numerals import Number
from bot.reading.options import Chosen, Option
from bot.reading.outcome import Action, Reading
from bot.reading.spoken import fold_numbers
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 400
REMEMBERED = 512
"""Bare words of labels: the same options are offered again and again."""
_TYPO_SURE = 6
_TYPO_SHORTEST = 4
_PART_SHORTEST = 3
_PAIR = 2


class ChoiceReader:
    """Reads one choice, or several."""

    def __init__(self, lexicon: Lexicon, status: Callable[[str], Reading[str]]) -> None:
        self._lexicon = lexicon
        self._status = status
        self._vocabulary = lexicon.vocabulary("particles", "numbers", "block")
        self._bare = lru_cache(REMEMBERED)(self._without_politeness)
        self._several = SeveralReader(lexicon, self._vocabulary, self._one, self._bare)

    def read(
        self, text: str, options: Sequence[Option], *, multiple: bool = False, numbered: bool = True
    ) -> Reading[Chosen]:
        """See Reader.choice."""
        if not numbered and not any(option.numeric for option in options) and self._is_number(text):
            return Reading(Action.ASK, None, "no_such_option")
        if len(text) > MAX_LENGTH or not options:
            return Reading(Action.ASK, None, "too_long" if options else "no_options")
        one = self._one(text, options)
        if not multiple:
            return Reading(one.action, one.value, one.why, one.notes)
        if one.action is not Action.ASK and one.why != "more_words":
            return _tuple(one)
        many = self._several.read(text, options)
        return _tuple(one) if many.action is Action.ASK and one.value is not None else many

    def bare(self, text: str) -> str:
        """The words that are compared: without politeness, spaces and brackets."""
        return self._bare(text)

    # -- one ------------------------------------------------------------------------------------------------------
    def _one(self, text: str, options: Sequence[Option]) -> Reading[str]:
        word = self._bare(text)
        if not word:
            return Reading(Action.ASK, None, "unknown")
        exact = [option for option in options if word in self._names(option)]
        if len(exact) == 1:
            return Reading(Action.ACCEPT, exact[0].name)
        return (
            self._by_number(text, options)
            or self._by_status(text, options)
            or self._by_part(word, options)
            or self._by_typo(word, options)
            or Reading(Action.ASK, None, "unknown")
        )

    def _is_number(self, text: str) -> bool:
        tokens = [token for token in self._lexicon.cut(text, self._vocabulary) if not token.has("particle")]
        items = fold_numbers(tokens)
        return bool(items) and all(isinstance(item, Number) or item.has("joint", "dash") for item in items)

    def _names(self, option: Option) -> set[str]:
        """The words for an option. A stored name that is a number is none: people see the label and its place."""
        stored = () if option.name.isdecimal() else (option.name,)
        return {self._bare(name) for name in (*stored, option.label, *option.synonyms)}

    def _without_politeness(self, text: str) -> str:
        """The words without politeness, spaces and brackets; all of it if nothing else is left."""
        tokens = self._lexicon.cut(text, self._vocabulary)
        kept = "".join(token.text for token in tokens if not token.has("particle", "bracket"))
        return kept or self._lexicon.normaliser.word(text)

    def _by_number(self, text: str, options: Sequence[Option]) -> Reading[str] | None:
        """As in "2", "ข้อ 2", "2. อยู่ระหว่าง" (number and words must agree)."""
        tokens = self._lexicon.cut(text, self._vocabulary)
        items = fold_numbers([token for token in tokens if not token.has("particle", "bracket", "option")])
        if not items or not isinstance(items[0], Number):
            return None
        rest = "".join(item.text for item in items[1:] if not (isinstance(item, Token) and item.has("option_mark")))
        if any(option.numeric for option in options):
            return self._numeric(items[0], options) if not rest else None
        place = items[0].value
        if place is None or items[0].doubt or not 1 <= place <= len(options):
            return Reading(Action.ASK, None, "no_such_option") if not rest else None
        chosen = options[place - 1]
        if not rest:
            return Reading(Action.ACCEPT, chosen.name)
        worded = self._one(rest, options)
        if worded.value == chosen.name and worded.action is not Action.ASK:
            return Reading(Action.ACCEPT, chosen.name)
        return Reading(Action.ASK, None, "number_and_words_differ")

    def _numeric(self, number: Number, options: Sequence[Option]) -> Reading[str]:
        same = [option for option in options if self._figure(option) == number.value and number.value is not None]
        if len(same) == 1:
            return Reading(Action.ACCEPT, same[0].name)
        return Reading(Action.ASK, None, "several" if same else "no_such_option")

    def _figure(self, option: Option) -> int | None:
        """The one number that an option begins with: 5 of "5 คน"; none of "1-3 คน"."""
        found = fold_numbers(self._lexicon.cut(option.label, self._vocabulary))
        numbers = [item for item in found if isinstance(item, Number)]
        return numbers[0].value if len(numbers) == 1 and found[0] is numbers[0] else None

    def _by_status(self, text: str, options: Sequence[Option]) -> Reading[str] | None:
        if not any(option.status for option in options):
            return None
        read = self._status(text)
        chosen = [option for option in options if option.status is not None and option.status == read.value]
        if read.action is Action.ASK or len(chosen) != 1:
            return None
        return Reading(read.action, chosen[0].name, read.why, read.notes)

    def _by_part(self, word: str, options: Sequence[Option]) -> Reading[str] | None:
        """A part of exactly one label; or one label inside a longer text, which is read back."""
        if len(word) < _PART_SHORTEST or word.isdigit():
            return None
        inside = [option for option in options if any(_holds(option, name, word) for name in self._names(option))]
        if len(inside) == 1:
            starts = any(name.startswith(word) for name in self._names(inside[0]))
            negated = any(self._negated(name, word) for name in self._names(inside[0]) if word in name)
            if negated and not starts:
                return Reading(Action.ASK, None, "negation", {"candidates": [inside[0].name]})
            sure = starts or len(word) > _PART_SHORTEST
            return Reading(Action.ACCEPT if sure else Action.CONFIRM, inside[0].name, "" if sure else "part")
        if len(inside) > 1:
            return Reading(Action.ASK, None, "several", {"candidates": [option.name for option in inside]})
        around = [
            o for o in options if not o.numeric and any(len(n) >= _PART_SHORTEST and n in word for n in self._names(o))
        ]
        if len(around) == 1 and not self._negated(word, next(n for n in self._names(around[0]) if n in word)):
            return Reading(Action.CONFIRM, around[0].name, "more_words")
        return Reading(Action.ASK, None, "several", {"candidates": [o.name for o in around]}) if around else None

    def _negated(self, whole: str, part: str) -> bool:
        before = whole[: whole.find(part)]
        tokens = self._lexicon.tokeniser.cut(before, self._vocabulary)
        return any(token.has("negation") for token in tokens)

    def _by_typo(self, word: str, options: Sequence[Option]) -> Reading[str] | None:
        """One slip away from one option, and no other option near."""
        if len(word) < _TYPO_SHORTEST or re.search(r"\d", word):
            return None
        steps = sorted((min(distance(word, name) for name in self._names(o)), o.name) for o in options if not o.numeric)
        if not steps or steps[0][0] != 1 or (len(steps) > 1 and steps[1][0] <= _PAIR):
            return None
        sure = len(word) >= _TYPO_SURE
        return Reading(Action.ACCEPT if sure else Action.CONFIRM, steps[0][1], "" if sure else "typo")


def _holds(option: Option, name: str, word: str) -> bool:
    """Whether a name has the word in it; of a name that begins with a number, only as its whole beginning."""
    if not option.numeric:
        return word in name
    return name.startswith(word) and not name[len(word) : len(word) + 1].isdigit()


def _tuple(one: Reading[str]) -> Reading[Chosen]:
    value = None if one.value is None else (one.value,)
    return Reading(one.action, value, one.why, one.notes)
