"""Cuts a message that holds several numbers into numbers, labels, units and words that matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.reading.numerals import LEADING_POINT, Number, letters_to_digits
from bot.reading.spoken import fold_numbers
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.block_labels import Labels
    from bot.reading.lexicon import Lexicon

_IGNORED = ("particle", "joint", "total", "sum", "filler", "case", "equals", "is", "bracket")
_SIGNS = ("approx", "percent", "change", "not", "from", "or", "question")
_SPLIT = re.compile(r"\d+(?:,\d+)+")


@dataclass(slots=True)
class Piece:
    """One meaningful piece: `sort` is one of number, label, unit, every, nothing, same, rest, dash, word."""

    sort: str
    number: Number | None = None
    names: tuple[str, ...] = ()
    text: str = ""
    by_case: bool = False


@dataclass(slots=True)
class Scan:
    """The pieces of a message. `signs` are the categories seen that forbid taking numbers silently."""

    pieces: list[Piece]
    signs: set[str] = field(default_factory=set)
    isan: bool = False
    fewer_joined: bool = False
    commas: bool = False
    lettered: bool = False

    def of(self, sort: str) -> list[Piece]:
        return [piece for piece in self.pieces if piece.sort == sort]

    @property
    def numbers(self) -> list[Number]:
        return [piece.number for piece in self.pieces if piece.number is not None]

    @property
    def shape(self) -> str:
        """One letter a piece, numbers and labels only: "LNLN"."""
        return "".join({"number": "N", "label": "L"}.get(piece.sort, "") for piece in self.pieces)


def scan(text: str, labels: Labels, lexicon: Lexicon) -> Scan:
    """Read the pieces of a message in normal form."""
    figures = letters_to_digits(text)
    tokens = _marked(lexicon.tokeniser.cut(figures, labels.vocabulary))
    found = Scan([], lettered=figures != text)
    if LEADING_POINT.search(text):
        found.signs.add("pointed")
    found.isan = any(token.has("isan") for token in tokens)
    apart, together = fold_numbers(tokens, join=False), fold_numbers(tokens)
    found.fewer_joined = _count(together) < _count(apart)
    for place, item in enumerate(apart):
        if isinstance(item, Number):
            found.pieces += _number_pieces(item, found)
        else:
            _take(item, apart, place, labels, found)
    _drop_zero_of_rest(found)
    _drop_every_beside_numbers(found)
    return found


def _count(items: Sequence[Token | Number]) -> int:
    return sum(isinstance(item, Number) for item in items)


def _marked(tokens: Sequence[Token]) -> list[Token]:
    """A case number ("3.1") is a label, not a decimal."""
    return [
        Token(t.text, {"mark": t.kinds["mark"]}, t.start, t.end, t.space, t.line) if t.has("mark") else t
        for t in tokens
    ]


def _number_pieces(number: Number, found: Scan) -> list[Piece]:
    """As in "3150,3040" is two numbers; "900,850" and "3,150,3,040" cannot be told and are flagged."""
    if number.refusal != "grouping" or not _SPLIT.fullmatch(number.text):
        found.commas = found.commas or "," in number.text
        return [Piece("number", number, text=number.text)]
    parts = number.text.split(",")
    grouped = any(len(after) == 3 and len(before) <= 3 for before, after in pairwise(parts))  # noqa: PLR2004 (thousands groups have three digits)
    if grouped or any(len(part) > 9 for part in parts):  # noqa: PLR2004 (see numerals.MAX_DIGITS)
        return [Piece("number", number, text=number.text)]
    return [Piece("number", Number(int(part), number.start, number.end, text=part), text=part) for part in parts]


def _take(token: Token, items: Sequence[Token | Number], place: int, labels: Labels, found: Scan) -> None:
    before = items[place - 1] if place else None
    after = items[place + 1] if place + 1 < len(items) else None
    if not token.known and token.text.isascii() and (_glued(before, token) or _glued(token, after)):
        found.signs.add("glued")
    if token.has("mark"):
        found.pieces.append(Piece("label", names=(str(token.kinds["mark"]),), text=token.text, by_case=True))
    elif token.has("exception") and (name := labels.by_exception(str(token.kinds["exception"]))):
        found.pieces.append(Piece("label", names=(name,), text=token.text, by_case=True))
    elif token.has(*_SIGNS):
        found.signs |= {sign for sign in _SIGNS if token.has(sign)}
    elif sign := _sign_between(token, before, after):
        found.signs.add(sign)
    elif token.has("dash"):
        _take_dash(before, after, found)
    elif token.has("unit") and isinstance(before, Number) and not token.has("label"):
        found.pieces.append(Piece("unit", names=(str(token.kinds["unit"]),), text=token.text))
    elif token.has("every", "nothing", "same", "rest") and not (token.has("equals") and len(items) > 1):
        sort = next(kind for kind in ("every", "nothing", "same", "rest") if token.has(kind))
        found_names = labels.find(token.text) if sort == "every" and _number_follows(items, place) else ()
        names = tuple(name for name in found_names if name in {known.name for known in labels.asked})
        found.pieces.append(Piece("label" if len(names) == 1 else sort, names=names, text=token.text))
    else:
        _take_word(token, before, labels, found)


def _sign_between(token: Token, before: Token | Number | None, after: Token | Number | None) -> str:
    """As in "3150+20", "3150=3040", "รอบ 2", "รวม 134": what a word makes of the numbers beside it."""
    if not isinstance(after, Number):
        return ""
    if isinstance(before, Number) and token.has("sum", "equals"):
        return "sum" if token.has("sum") else "equation"
    if token.has("total") and not (isinstance(before, Token) and before.has("label")):
        return "sum"
    return "context" if token.has("context") and not token.has("label") else ""


def _glued(left: Token | Number | None, right: Token | Number | None) -> bool:
    """Letters that touch figures ("31x0") make the figures doubtful."""
    return left is not None and right is not None and not right.space and (Number in {type(left), type(right)})


def _number_follows(items: Sequence[Token | Number], place: int) -> bool:
    rest = items[place + 1 :]
    following = next((item for item in rest if isinstance(item, Number) or not item.has(*_IGNORED)), None)
    return isinstance(following, Number)


def _take_dash(before: Token | Number | None, after: Token | Number | None, found: Scan) -> None:
    if isinstance(before, Number) and isinstance(after, Number):
        found.signs.add("range")
    elif isinstance(after, Number) and not after.space:
        found.signs.add("negative")
    else:
        found.pieces.append(Piece("dash", text="-"))


def _take_word(token: Token, before: Token | Number | None, labels: Labels, found: Scan) -> None:
    if token.has("negation"):
        found.signs.add("negation")
        return
    if isinstance(before, Token) and before.has("negation"):
        return
    ignorable = token.has(*_IGNORED) and not token.has("label")
    names = () if ignorable else labels.find(token.text)
    if names:
        found.pieces.append(Piece("label", names=names, text=token.text))
    elif not ignorable and not token.has("box"):
        found.pieces.append(Piece("word", text=token.text))


def _drop_zero_of_rest(found: Scan) -> None:
    """As in "ที่เหลือ 0" says the same as ที่เหลือไม่มี."""
    for place in range(len(found.pieces) - 1):
        following = found.pieces[place + 1].number
        if found.pieces[place].sort == "rest" and following is not None and following.value == 0:
            del found.pieces[place + 1]
            return


def _drop_every_beside_numbers(found: Scan) -> None:
    """As in "ครบ 120 หลัง": beside numbers, ครบ only underlines; two labels of one box in a row are one label."""
    if "NEN" in "".join({"number": "N", "every": "E"}.get(piece.sort, " ") for piece in found.pieces):
        found.signs.add("from")
    if found.of("number"):
        found.pieces = [piece for piece in found.pieces if piece.sort != "every"]
    kept: list[Piece] = []
    for piece in found.pieces:
        if kept and piece.sort == kept[-1].sort == "label" and (shared := _shared(kept[-1], piece)):
            kept[-1] = Piece("label", names=shared, text=kept[-1].text + piece.text, by_case=piece.by_case)
        else:
            kept.append(piece)
    found.pieces = kept


def _shared(left: Piece, right: Piece) -> tuple[str, ...]:
    return tuple(name for name in left.names if name in right.names)
