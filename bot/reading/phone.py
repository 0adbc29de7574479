"""Finds numbers of people in typed text, telephone and identity numbers: a household's are not ours to keep (PDPA,
data minimisation). Identity numbers with a right check digit are masked before anything else (national_id.py)."""

from __future__ import annotations

import re
import unicodedata

_GAP = r"[\s.()/\u00a0\u2010-\u2015-]{0,2}"
_FIRST = rf"(?:\+?66{_GAP}0?|0)"
_NUMBER = re.compile(rf"(?<!\d){_FIRST}{_GAP}[2-9](?:{_GAP}\d){{7,8}}(?!\d)")
_IDENTITY = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{12}}(?!\d)")


def holds_personal_number(text: str) -> bool:
    """Whether a Thai telephone number (9 or 10 digits from 0, or from +66), or any 13 digits, stand in the text."""
    digits = (str(unicodedata.digit(one)) if one.isdecimal() else one for one in text)
    plain = "".join(one for one in digits if unicodedata.category(one) != "Cf")
    return any(pattern.search(plain) for pattern in (_NUMBER, _IDENTITY))
