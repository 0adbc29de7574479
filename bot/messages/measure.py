"""How long a text is in each of the units that matter, and how to shorten or split it without breaking a letter.

A Thai letter carries vowels and tone marks above and below it: LINE counts labels by grapheme, text by UTF-16
unit, and a phone's line holds so many letters whatever marks they carry.
"""

from __future__ import annotations

import math
import re
import unicodedata

import regex  # type: ignore[import-untyped]  # ships no type information

_GRAPHEME = regex.compile(r"\X")
_UNPRINTABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]")
_MARKS = frozenset({"Mn", "Me", "Cf"})
_ELLIPSIS = "…"


def clean(text: str) -> str:
    """The text without what JSON or a phone cannot carry: lone surrogates, control characters (newline stays)."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))


def graphemes(text: str) -> int:
    """What a reader sees as one letter, marks included (Unicode extended grapheme clusters)."""
    return sum(1 for _ in _GRAPHEME.finditer(text))


def utf16_units(text: str) -> int:
    """UTF-16 code units: an emoji is two."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)  # noqa: PLR2004 - end of the first plane


def letters(text: str) -> int:
    """Places on a phone's line: vowels and tone marks above or below a letter take none."""
    return sum(1 for letter in text if unicodedata.category(letter) not in _MARKS)


def phone_lines(text: str, letters_a_line: int) -> int:
    """Lines that the text takes on a phone, its own line breaks and the wrapping counted."""
    return sum(max(1, math.ceil(letters(line) / letters_a_line)) for line in text.split("\n"))


def shorten(text: str, limit: int, *, unit_limit: int | None = None) -> str:
    """At most `limit` graphemes (and `unit_limit` UTF-16 units), ending in … where something was cut off."""
    units = unit_limit if unit_limit is not None else limit * 8
    if graphemes(text) <= limit and utf16_units(text) <= units:
        return text
    kept: list[str] = []
    room = units - 1
    for found in _GRAPHEME.finditer(text):
        cluster: str = found.group()
        room -= utf16_units(cluster)
        if room < 0 or len(kept) == limit - 1:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + _ELLIPSIS


def split_text(text: str, units: int) -> list[str]:
    """Cut into pieces of at most `units` UTF-16 units: after a line break, else a space, else between letters.

    Nothing is lost: the pieces joined are the text.
    """
    pieces: list[str] = []
    rest = text
    while utf16_units(rest) > units:
        end = _cut_at(rest, units)
        pieces.append(rest[:end])
        rest = rest[end:]
    return [*pieces, rest]


def _cut_at(text: str, units: int) -> int:
    """Where to cut so that the head fits; a head of less than half the room is not worth a nicer place."""
    end = _last_whole_letter(text, units)
    head = text[:end]
    for mark in ("\n", " "):
        place = head.rfind(mark) + 1
        if place > end // 2:
            return place
    return end


def _last_whole_letter(text: str, units: int) -> int:
    end = 0
    used = 0
    for found in _GRAPHEME.finditer(text):
        used += utf16_units(found.group())
        if used > units:
            break
        end = int(found.end())
    # one "letter" may be longer than the room (thousands of stacked marks): then cut inside it
    return end or max(1, min(len(text), units // 2))
