"""House numbers as leaders type them beside a photo, with village number, places, marks and neighbours."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bot.reading.house_draft import Draft, take_all
from bot.reading.house_symbols import signs_of
from bot.reading.mend import mend
from bot.reading.numerals import LEADING_POINT
from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 200
_CODE_DIGITS = 11
_SPACED_CODE = re.compile(r"\d{4} \d{7}|\d{4} \d{6} \d")
_PHONE_DIGITS = 9
_ID_DIGITS = 13
_MERE_SIGNS = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff!~^]+|\\.{2,}")
"""Pictures and rows of points, which would stick to a name."""
_MENDED = ("house", "no_number", "household", "sequence", "near")
_FAILS = (("?", "question"), ("!", "negation"))


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """What names a house. `house_no` as printed ("123/4", "99ข"); `house_code` the 11 digits of รหัสประจำบ้าน;
    `exception` the mark ("*" to "****"; "" is the case without one); `near` the neighbour of a house without number;
    `seq` its row or turn; `hh_in_house` which household of the house.
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


class HouseReader:
    """Reads one house number."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        base = lexicon.vocabulary("particles", "numbers", "house", digits=r"\d+")
        exceptions = lexicon.tables["block"]["exception"]
        word = lexicon.normaliser.word
        self._vocabulary = base.with_words(
            {word(surface): {"exception": mark} for mark, surfaces in exceptions.items() for surface in surfaces}
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
        draft = Draft(doubts=["leading_point"] if LEADING_POINT.search(text) else [])
        take_all(signs, codes, draft)
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

    def _finish(self, draft: Draft) -> Reading[HouseNumber]:
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
