"""The signs of a house number taken one group after the other, and the reasons to read it back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.reading.house_symbols import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACE_FIELDS = {
    "t": "tambon",
    "a": "amphoe",
    "p": "province",
    "c": "community",
    "v": "village",
    "i": "road",
    "l": "lane",
}


@dataclass(slots=True)
class Draft:
    """What was read so far, and the reasons to read it back."""

    facts: dict[str, object] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    repeated: bool = False

    def put(self, key: str, value: object, doubt: str = "") -> None:
        self.repeated = self.repeated or key in self.facts
        self.facts[key] = value
        if doubt:
            self.doubts.append(doubt)


def take_all(signs: Sequence[Sign], codes: str, draft: Draft) -> None:
    place = 0
    while place < len(signs):
        for pattern, take in _PATTERNS:
            found = re.compile(pattern).match(codes, place)
            if found:
                take(signs[place : found.end()], draft)
                place = found.end()
                break


def _number(signs: Sequence[Sign]) -> str:
    """As in "123/4", "99ข" from D s D K."""
    return "".join("/" if sign.code == "s" else sign.text for sign in signs if sign.code in "DKs")


def _doubt(signs: Sequence[Sign]) -> str:
    if any(sign.spoken for sign in signs):
        return "spoken"
    if any(sign.code == "D" and (sign.value == 0 or sign.text.startswith("0")) for sign in signs):
        return "leading_zero"
    return "spaced_letter" if any(sign.code == "K" and sign.space for sign in signs) else ""


def _house(signs: Sequence[Sign], draft: Draft) -> None:
    draft.put("house_no", _number(signs), _doubt(signs))


def _moo(signs: Sequence[Sign], draft: Draft) -> None:
    draft.put("moo", signs[1].value, _doubt(signs))


def _household(signs: Sequence[Sign], draft: Draft) -> None:
    draft.put("hh_in_house", signs[1].value, _doubt(signs))


def _sequence(signs: Sequence[Sign], draft: Draft) -> None:
    draft.put("seq", signs[1].value, "sequence")


def _no_number(signs: Sequence[Sign], draft: Draft) -> None:
    draft.put("no_number", True, "none" if signs[0].unsure else "")  # noqa: FBT003 (a fact)


def _near(signs: Sequence[Sign], draft: Draft) -> None:
    """The neighbour's number is not the house's own."""
    if "no_number" not in draft.facts:
        draft.put("no_number", True, "near")  # noqa: FBT003 (a fact)
    draft.put("near", _number(signs), _doubt(signs))


def _marks(signs: Sequence[Sign], draft: Draft) -> None:
    spaced = any(sign.space for sign in signs[1:])
    stars = "".join(sign.text for sign in signs)
    if len(stars) > 4:  # noqa: PLR2004 (four marked cases)
        draft.repeated = True
    draft.put("exception", stars, "spaced_marks" if spaced else "")


def _worded(signs: Sequence[Sign], draft: Draft) -> None:
    marks = {sign.text for sign in signs}
    if len(marks) > 1:
        draft.repeated = True
    draft.put("exception", signs[0].text, "worded_case")


def _place(signs: Sequence[Sign], draft: Draft) -> None:
    draft.put(_PLACE_FIELDS[signs[0].code], signs[0].text)


def _unknown(_signs: Sequence[Sign], draft: Draft) -> None:
    draft.doubts.append("unknown_words")


def _nothing(_signs: Sequence[Sign], _draft: Draft) -> None:
    """A house word without a number says nothing."""


_PATTERNS = (
    (r"rb*DK?(?:sDK?)*", _near),
    (r"mD", _moo),
    (r"fD", _household),
    (r"qD", _sequence),
    (r"zb*", _no_number),
    (r"b*D(?:h?K)?(?:sDK?)*", _house),
    (r"x+", _marks),
    (r"e+", _worded),
    (r"[tapcvil]", _place),
    (r"b+", _nothing),
    (r".", _unknown),
)
