"""Filling in a fill-in text as a person does: a value after the sign of each box."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.support.chat import Phone

ROUND_1 = {
    "1": "ระหว่าง",
    "2-3": "ทั้งสอง",
    "5": "21",
    "6": "15",
    "8": "3150",
    "9": "3040",
    "10": "40",
    "11": "35",
    "12": "12",
    "13": "38",
    "14": "9",
    "15": "30 มิ.ย. 64",
    "16": "อยู่ระหว่าง",
    "19": "0",
    "รายการที่ 3 และ 4": "ไม่มีข้อมูล",
    "27": "ไม่มี",
}
"""The answers of reports.ANSWERS, by the boxes of the text."""


def blank(phone: Phone) -> str:
    """Ask for the text."""
    phone.say("แบบกรอก")
    (message,) = phone.heard
    assert message["type"] == "text"
    return str(message["text"])


def filled(words: str, values: Mapping[str, str]) -> str:
    """The text with `values` (by box number, or by label) after their signs."""
    for name, value in values.items():
        key = rf"(?:(?<=\n)|(?<=   )){re.escape(name)}(?=[ (=])[^=\n]*="
        found = re.search(rf"{key}[^\n=]*?(?=   |\n|$)", words)
        assert found is not None, f"no box {name} in {words}"
        words = words[: found.start()] + found[0].partition("=")[0] + f"={value}" + words[found.end() :]
    return words
