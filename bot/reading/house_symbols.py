"""Turns the tokens of a house number into symbols, one character each, and takes place names as they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reading.numerals import Number
from bot.reading.spoken import fold_numbers
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACES = {"tambon": "t", "amphoe": "a", "province": "p", "community": "c", "road": "i", "lane": "l"}
_SURE_LENGTH = 4
_POSTCODE = re.compile(r"\d{5}")
_SYMBOLS = (
    ("question", "?"),
    ("mark", "x"),
    ("exception", "e"),
    ("star", "x"),
    ("no_number", "z"),
    ("near", "r"),
    ("household", "f"),
    ("sequence", "q"),
    ("slash", "s"),
    ("moo", "m"),
    ("code", "b"),
    ("house", "b"),
    ("dash", "h"),
    ("negation", "!"),
    ("filler", ""),
    ("particle", ""),
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol with its text, its number, and whether it was spoken or stood after a space."""

    code: str
    text: str
    value: int | None = None
    spoken: bool = False
    space: bool = False
    unsure: bool = False


def signs_of(tokens: Sequence[Token]) -> list[Sign]:
    """The signs of a text: D number, K its letter, b house word, m หมู่, t a p c i l v places ..."""
    items = fold_numbers(tokens)
    signs: list[Sign] = []
    place = 0
    while place < len(items):
        item = items[place]
        code = _place_code(item, items, place)
        if code:
            end, name = _name(items, place + 1)
            signs.append(Sign(code, name))
            postcode = code == "p" and end < len(items) and _POSTCODE.fullmatch(items[end].text)
            place = end + 1 if postcode else end
            continue
        signs += _sign(item, items, place)
        place += 1
    return signs


def _place_code(item: Token | Number, items: Sequence[Token | Number], place: int) -> str:
    """The symbol of a place word that a name follows; บ้าน followed by letters is a village name."""
    if isinstance(item, Number) or place + 1 >= len(items):
        return ""
    following = items[place + 1]
    for kind, code in _PLACES.items():
        if item.has(kind) and (_begins_name(following) or kind in {"lane", "road"}):
            return code
    if isinstance(following, Number) and _begins_name(following) and place + 2 < len(items):
        following = items[place + 2]
        return "v" if item.has("village") and not following.space and _unknown_word(following) else ""
    named = _unknown_word(following)
    return "v" if item.has("village") and named else ""


def _runs_on(letter: Token, items: Sequence[Token | Number], place: int) -> bool:
    """As in "12คครับ": a letter that touches the next word may be a slip of that word."""
    following = items[place] if place < len(items) else None
    return isinstance(following, Token) and not following.space and following.text.startswith(letter.text)


def _begins_name(following: Token | Number) -> bool:
    """As in "ต.ร้อยเอ็ด", "บ้านสามแยก": a number in words right after the place word begins a name."""
    return isinstance(following, Token) or (following.spoken and not following.space)


def _unknown_word(item: Token | Number) -> bool:
    return isinstance(item, Token) and not item.known and len(item.text) > 1


def _name(items: Sequence[Token | Number], start: int) -> tuple[int, str]:
    """A name reaches to the next space or place word; its first piece is taken whatever it is."""
    end = start + 1
    while end < len(items):
        item = items[end]
        numbered = isinstance(items[start], Number) and end == start + 1
        if item.space or _ends_name(item) or (numbered and isinstance(item, Token) and item.has(*_PLACES, "moo")):
            break
        end += 1
    last = end
    while last > start + 1 and _sticks_to_name(items[last - 1]):
        last -= 1
    return end, "".join(item.text for item in items[start:last])


def _sticks_to_name(item: Token | Number) -> bool:
    return isinstance(item, Token) and item.has("tail")


def _ends_name(item: Token | Number) -> bool:
    """A place word inside a run of letters ends the name before it only if it cannot be part of that name."""
    if isinstance(item, Number):
        return _POSTCODE.fullmatch(item.text) is not None
    if item.has("star"):
        return True
    return item.has(*_PLACES, "moo") and (item.text.endswith(".") or len(item.text) >= _SURE_LENGTH)


def _sign(item: Token | Number, items: Sequence[Token | Number], place: int) -> list[Sign]:
    if isinstance(item, Number):
        text = item.text if item.text.isdigit() else str(item.value)
        return [Sign("D" if item.value is not None else "u", text, item.value, item.spoken, item.space)]
    before = items[place - 1] if place else None
    dashed = place > 1 and isinstance(before, Token) and before.has("dash") and not before.space and not item.space
    if dashed and isinstance(items[place - 2], Number) and len(item.text) == 1 and item.text.isalpha():
        return [Sign("K", item.text, space=True)]
    if isinstance(before, Number) and len(item.text) == 1 and not item.has("star", "slash", "dash", "filler"):
        follows_number = place + 1 < len(items) and isinstance(items[place + 1], Number)
        if not (item.has("moo") and follows_number) and item.text.isalpha():
            return [Sign("K", item.text, space=item.space or _runs_on(item, items, place + 1))]
    for kind, code in _SYMBOLS:
        if item.has(kind):
            value = str(item.kinds[kind]) if kind == "exception" else item.text
            return [Sign(code, value, space=item.space, unsure=item.has("no_number_unsure", "isan"))] if code else []
    return [Sign("u", item.text)]
