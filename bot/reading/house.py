"""House numbers as leaders type them beside a photo, with village number, places, marks and neighbours."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from bot.reading.house_symbols import Sign, signs_of
from bot.reading.mend import mend
from bot.reading.numerals import LEADING_POINT
from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 200
_CODE_DIGITS = 11
_SPACED_CODE = re.compile(r"\d{4} \d{7}|\d{4} \d{6} \d")
_PHONE_DIGITS = 9
_ID_DIGITS = 13
_PLACE_FIELDS = {
    "t": "tambon",
    "a": "amphoe",
    "p": "province",
    "c": "community",
    "v": "village",
    "i": "road",
    "l": "lane",
}
_MERE_SIGNS = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff!~^]+|\\.{2,}")
"""Pictures and rows of points, which would stick to a name."""
_MENDED = ("house", "no_number", "household", "sequence", "near")
_FAILS = (("?", "question"), ("!", "negation"))


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """What names a house. `house_no` as printed ("123/4", "99ข"); `house_code` the 11 digits of รหัสประจำบ้าน;
    `exception` the mark ("*" to "****"); `near` the neighbour of a house without number; `seq` its row or turn;
    `hh_in_house` which household of the house.
    """

    house_no: str | None = None
    moo: int | None = None
    tambon: str | None = None
    amphoe: str | None = None
    province: str | None = None
    community: str | None = None
    village: str | None = None
    road: str | None = None
    lane: str | None = None
    hh_in_house: int | None = None
    house_code: str | None = None
    exception: str | None = None
    no_number: bool = False
    near: str | None = None
    seq: int | None = None

    def facts(self) -> dict[str, object]:
        """Only what was said."""
        return {key: value for key, value in asdict(self).items() if value not in (None, False)}


@dataclass(slots=True)
class _Draft:
    """What was read so far, and the reasons to read it back."""

    facts: dict[str, object] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    repeated: bool = False

    def put(self, key: str, value: object, doubt: str = "") -> None:
        self.repeated = self.repeated or key in self.facts
        self.facts[key] = value
        if doubt:
            self.doubts.append(doubt)


class HouseReader:
    """Reads one house number."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        base = lexicon.vocabulary("particles", "numbers", "house", digits=r"\d+")
        exceptions = lexicon.tables["block"]["exception"]
        word = lexicon.normaliser.word
        self._vocabulary = base.with_words(
            {
                word(surface): {"exception": mark}
                for mark, surfaces in exceptions.items()
                if mark
                for surface in surfaces
            }
        )
        self._capital = str(lexicon.tables["house"]["capital_district"])
        self._home = str(lexicon.tables["house"]["home_province"])

    def read(self, text: str) -> Reading[HouseNumber]:
        """See Reader.house_number."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        text = _MERE_SIGNS.sub(" ", self._lexicon.normaliser.text(text))
        tokens = mend(self._lexicon.cut(text, self._vocabulary), self._vocabulary, _MENDED)
        long = self._long_number(text)
        if long is not None:
            return long
        signs = signs_of(tokens)
        codes = "".join(sign.code for sign in signs)
        if why := next((why for code, why in _FAILS if code in codes), ""):
            return Reading(Action.ASK, None, why)
        draft = _Draft(doubts=["leading_point"] if LEADING_POINT.search(text) else [])
        _take_all(signs, codes, draft)
        if any(token.has("isan") for token in tokens):
            draft.doubts.append("dialect")
        return self._finish(draft)

    def _long_number(self, text: str) -> Reading[HouseNumber] | None:
        """Eleven digits are the house's registry code; other long numbers are telephone or identity numbers."""
        normal = self._lexicon.normaliser.text(text)
        run = re.search(r"\d(?:[- ]?\d)*", normal)
        if run is None:
            return None
        digits = re.sub(r"\D", "", run.group())
        if len(digits) == _CODE_DIGITS and (" " not in run.group() or _SPACED_CODE.fullmatch(run.group())):
            return self._house_code(digits, run.group(), normal)
        longest = max(len(found) for found in re.findall(r"\d+", normal))
        if len(digits) == _ID_DIGITS or longest >= _PHONE_DIGITS:
            return Reading(Action.ASK, None, "long_number")
        return None

    def _house_code(self, digits: str, written: str, normal: str) -> Reading[HouseNumber]:
        rest = self._lexicon.cut(normal.replace(written, " ", 1), self._vocabulary)
        said = all(token.has("code", "house", "filler", "particle") for token in rest)
        doubt = "spaced_code" if " " in written else "" if said else "unknown_words"
        return Reading(Action.CONFIRM if doubt else Action.ACCEPT, HouseNumber(house_code=digits), doubt)

    def _finish(self, draft: _Draft) -> Reading[HouseNumber]:
        facts = draft.facts
        if facts.get("amphoe") == self._capital:
            facts["amphoe"] = self._capital + str(facts.get("province", self._home))
        house = HouseNumber(**facts)  # type: ignore[arg-type]  # keys are this dataclass's own fields
        if draft.repeated:
            return Reading(Action.ASK, None, "several", house.facts())
        if not (house.house_no or house.no_number or house.seq is not None):
            return Reading(Action.ASK, None, "house_missing", house.facts())
        doubt = draft.doubts[0] if draft.doubts else ""
        return Reading(Action.CONFIRM if doubt else Action.ACCEPT, house, doubt)


def _take_all(signs: Sequence[Sign], codes: str, draft: _Draft) -> None:
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


def _house(signs: Sequence[Sign], draft: _Draft) -> None:
    draft.put("house_no", _number(signs), _doubt(signs))


def _moo(signs: Sequence[Sign], draft: _Draft) -> None:
    draft.put("moo", signs[1].value, _doubt(signs))


def _household(signs: Sequence[Sign], draft: _Draft) -> None:
    draft.put("hh_in_house", signs[1].value, _doubt(signs))


def _sequence(signs: Sequence[Sign], draft: _Draft) -> None:
    draft.put("seq", signs[1].value, "sequence")


def _no_number(signs: Sequence[Sign], draft: _Draft) -> None:
    draft.put("no_number", True, "none" if signs[0].unsure else "")  # noqa: FBT003 (a fact)


def _near(signs: Sequence[Sign], draft: _Draft) -> None:
    """The neighbour's number is not the house's own."""
    if "no_number" not in draft.facts:
        draft.put("no_number", True, "near")  # noqa: FBT003 (a fact)
    draft.put("near", _number(signs), _doubt(signs))


def _marks(signs: Sequence[Sign], draft: _Draft) -> None:
    spaced = any(sign.space for sign in signs[1:])
    stars = "".join(sign.text for sign in signs)
    if len(stars) > 4:  # noqa: PLR2004 (four marked cases)
        draft.repeated = True
    draft.put("exception", stars, "spaced_marks" if spaced else "")


def _worded(signs: Sequence[Sign], draft: _Draft) -> None:
    marks = {sign.text for sign in signs}
    if len(marks) > 1:
        draft.repeated = True
    draft.put("exception", signs[0].text, "worded_case")


def _place(signs: Sequence[Sign], draft: _Draft) -> None:
    draft.put(_PLACE_FIELDS[signs[0].code], signs[0].text)


def _unknown(_signs: Sequence[Sign], draft: _Draft) -> None:
    draft.doubts.append("unknown_words")


def _nothing(_signs: Sequence[Sign], _draft: _Draft) -> None:
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
