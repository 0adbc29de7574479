"""The text gate: rules that every text must keep, for the product's catalogue and for a campaign's own texts.

Used by the tests and by the check of a campaign before it is loaded. A text that breaks a rule is reported by locale,
key and rule; nothing is mended silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.messages import limits
from bot.messages.catalogue import Catalogue, Catalogues
from bot.messages.measure import graphemes, phone_lines
from bot.messages.template import Slot

LETTERS_A_LINE: Final = {"th": 28, "en": 33}
"""Letters of a phone's line, marks not counted. Thai: as measured for the flows; Latin letters are narrower."""

LINES: Final = 6
LINES_OF_A_CARD: Final = 12
LATIN_WORDS: Final = frozenset(
    {"Dashboard", "LINE", "Word", "PDF", "Excel", "Enter"}
    # kinds of files and of connections, which have no Thai names
    | {
        "CSV",
        "XLSX",
        "JSON",
        "GeoJSON",
        "ODK",
        "XML",
        "ZIP",
        "MB",
        "API",
        "OData",
        "Power",
        "BI",
        "URL",
        "https",
        "HTTP",
    }
)
FOR_AUTHORS: Final = frozenset({"form", "register", "quality"})
"""Sections of the texts for who prepares files in an office: sheets, columns and kinds of file have their own names."""
_LOCALE_NAMES: Final = frozenset({"English"})
"""A button that offers another language names it in that language."""

_SAMPLE: Final = "00"
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_IMPOLITE: Final = re.compile(r"ครับ|ค่ะ|นะคะ|(?<!ขอบ)คุณ(?!ภาพ|สมบัติ|ลักษณะ|ธรรม)|ไม่ถูกต้อง|(?i:error)")
_CLAUSE_WORD: Final = re.compile(r"ข้อ(?=[\s{\d])")
_THAI_DIGIT: Final = re.compile(r"[๐-๙]")
_PAPER_CASE: Final = re.compile(r"๓\.[๑-๕]")
_PLEASE: Final = {"th": re.compile("กรุณา"), "en": re.compile(r"\b[Pp]lease\b")}
_EXAMPLE: Final = {"th": re.compile("เช่น|ตัวอย่าง"), "en": re.compile(r"for example|e\.g\.|[Ee]xample")}


class Rule(StrEnum):
    """What a text broke, as who writes the catalogue reads it; the names are keys of desk.texts.fault."""

    MISSING = "is missing in this locale"
    OTHER_VALUES = "has other placeholders than th"
    LABEL_LONG = "a label is too long for its button"
    LONG = "takes too many lines on a phone"
    NO_EXAMPLE = "an error needs an example or a button"
    PLEASE_TWICE = "asks politely more than once"
    LATIN = "holds Latin words"
    VOICE = "holds a word that the voice forbids"
    CLAUSE = "says ข้อ for a number"
    THAI_DIGITS = "holds Thai digits that are not the paper's"


@dataclass(frozen=True, slots=True)
class Problem:
    """A text that breaks a rule."""

    locale: str
    key: str
    rule: Rule
    found: str | int = ""
    """The words that break it, or how many lines or letters there are."""
    most: int = 0
    """How many there may be; 0: it is not a matter of number."""

    def __str__(self) -> str:
        detail = f"{self.found} > {self.most}" if self.most else str(self.found)
        return f"{self.locale} {self.key}: {self.rule}" + (f" ({detail})" if detail else "")


Broken = tuple[Rule, str | int, int]
"""A rule, what was found and how many there may be, as in Problem."""


def check(catalogues: Catalogues) -> list[Problem]:
    """Every broken rule of every text, in the order of the texts. Empty when all is well."""
    problems = [problem for catalogue in catalogues.by_locale.values() for problem in check_catalogue(catalogue)]
    return [*_unequal(catalogues), *problems]


def check_catalogue(catalogue: Catalogue, keys: Sequence[str] | None = None) -> list[Problem]:
    """The rules that concern one locale, for all texts or those under `keys`."""
    chosen = [key for key in (catalogue if keys is None else keys) if not key.startswith("calendar.")]
    return [Problem(catalogue.locale, key, *found) for key in chosen for found in _broken(catalogue, key)]


def sample(catalogue: Catalogue, key: str) -> str:
    """The text with typical values in its placeholders, as `marks.yaml` names them."""

    def typical(slot: Slot) -> str:
        return slot.other if slot.other is not None else catalogue.marks.samples.get(slot.name, _SAMPLE)

    return catalogue.template(key).fill(typical)


def bare(catalogue: Catalogue, key: str) -> str:
    """The text's own words alone, placeholders left out."""
    return catalogue.template(key).fill(lambda slot: slot.other or " ")


def is_label(key: str) -> bool:
    """Whether the key is a button's label: it stands under `button`."""
    return "button" in key.split(".")[:-1]


def _unequal(catalogues: Catalogues) -> Iterator[Problem]:
    """Keys and placeholders that differ between locales; patterns of dates may, that is their point."""
    every = {key for catalogue in catalogues.by_locale.values() for key in catalogue}
    for key in sorted(every):
        having = [catalogue for catalogue in catalogues.by_locale.values() if key in catalogue]
        for catalogue in catalogues.by_locale.values():
            if key not in catalogue:
                yield Problem(catalogue.locale, key, Rule.MISSING)
        wanted = having[0].template(key).names
        for catalogue in having[1:]:
            names = catalogue.template(key).names
            if names != wanted and not key.startswith("calendar."):
                differing = ", ".join(sorted(names ^ wanted))
                yield Problem(catalogue.locale, key, Rule.OTHER_VALUES, differing)


def _broken(catalogue: Catalogue, key: str) -> Iterator[Broken]:
    yield from _length(catalogue, key)
    yield from _wording(catalogue, key)
    if key in catalogue.marks.errors and key not in catalogue.marks.with_buttons:
        template = catalogue.template(key)
        if "example" not in template.names and not _EXAMPLE[catalogue.locale].search(bare(catalogue, key)):
            yield Rule.NO_EXAMPLE, "", 0


def _length(catalogue: Catalogue, key: str) -> Iterator[Broken]:
    typical = sample(catalogue, key)
    if is_label(key):
        quick = key in catalogue.marks.quick
        room = limits.QUICK_LABEL_GRAPHEMES if quick else limits.FLEX_LABEL_GRAPHEMES
        if graphemes(typical) > room:
            yield Rule.LABEL_LONG, graphemes(typical), room
        return
    if key in catalogue.marks.pages:
        return
    lines = phone_lines(typical, LETTERS_A_LINE[catalogue.locale])
    most = LINES_OF_A_CARD if key in catalogue.marks.cards else LINES
    if lines > most:
        yield Rule.LONG, lines, most


def _wording(catalogue: Catalogue, key: str) -> Iterator[Broken]:
    words = bare(catalogue, key)
    politely = _PLEASE[catalogue.locale].findall(words)
    if len(politely) > 1:
        yield Rule.PLEASE_TWICE, politely[0], 0
    if catalogue.locale != "th":
        return
    foreign = [word for word in _LATIN.findall(words) if not _may_be_latin(word)]
    if foreign and key.partition(".")[0] not in FOR_AUTHORS:
        yield Rule.LATIN, ", ".join(foreign), 0
    for rule, pattern in ((Rule.VOICE, _IMPOLITE), (Rule.CLAUSE, _CLAUSE_WORD)):
        found = pattern.search(words)
        if found:
            yield rule, found.group(), 0
    if _THAI_DIGIT.search(_PAPER_CASE.sub("", words)):
        yield Rule.THAI_DIGITS, "", 0


def _may_be_latin(word: str) -> bool:
    """Names of programs, of languages, and codes such as KX3M-42."""
    return word in LATIN_WORDS or word in _LOCALE_NAMES or any(letter.isdigit() for letter in word)
