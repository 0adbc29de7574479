"""What must not change a reading: other digits, spaces, invisible characters, politeness, marks in another order.

Every written-down case is read again in each disguise. A doubt may grow (accept becomes confirm or ask), a value may
not change, and nothing that was asked or read back may be taken silently.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.reading.jsonl import read_lines
from bot.reading.reader import Reader

_CASES = Path(__file__).with_name("cases")
_KINDS = ("quantity", "date", "status", "control", "house_number")
_STEP = 5
"""Every disguise is tried on every fifth case, another fifth each."""
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

Disguise = Callable[[str], str]

_DISGUISES: dict[str, Disguise] = {
    "thai_digits": lambda text: text.translate(_THAI),
    "arabic_digits": lambda text: text.translate(_ARABIC),
    "full_width_digits": lambda text: text.translate(_WIDE),
    "capitals": str.upper,
    "spaces_around": lambda text: f"  {text}  ",
    "doubled_spaces": lambda text: text.replace(" ", "  "),
    "no_break_spaces": lambda text: text.replace(" ", "\u00a0"),
    "zero_width_spaces": "\u200b".join,
    "byte_order_mark": lambda text: f"\ufeff{text}",
    "line_end": lambda text: f"{text}\n",
    "nikhahit_and_aa": lambda text: text.replace("ำ", "ํา"),
    "two_e_for_ae": lambda text: text.replace("แ", "เเ"),
    "no_space_at_units": lambda text: re.sub(r"(?<=\d) (?=[ก-ฮ])|(?<=[ก-ฮะ-ู]) (?=\d)", "", text),
    "kha": lambda text: f"{text}ค่ะ",
    "khrap": lambda text: f"{text} ครับ",
    "khrap_drawn_out": lambda text: f"{text}ครับบบ",
    "na_kha": lambda text: f"{text} นะคะ",
    "cha": lambda text: f"{text}จ้า",
    "hands": lambda text: f"{text} 🙏",
    "smile": lambda text: f"{text}😊",
    "exclamation": lambda text: f"{text}!",
    "dots": lambda text: f"{text}...",
}
_POLITE = {"kha", "khrap", "khrap_drawn_out", "na_kha", "cha", "hands", "smile", "exclamation", "dots"}


@pytest.fixture(scope="module")
def cases() -> list[tuple[str, dict[str, Any]]]:
    return [
        (kind, case)
        for kind in _KINDS
        for case in yaml.safe_load((_CASES / f"{kind}.yaml").read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("name", list(_DISGUISES))
def test_a_disguise_never_makes_another_value(
    name: str,
    cases: list[tuple[str, dict[str, Any]]],
    reader: Reader,
    now: dt.datetime,
    rounds: dict[int, dt.date],
) -> None:
    start = list(_DISGUISES).index(name) % _STEP
    wrong = []
    for kind, case in cases[start::_STEP]:
        key = "intent" if kind == "control" else "value"
        if kind == "control" and case[key] is None and name in _POLITE:
            continue  # politeness after a word that means nothing may well mean something
        line = json.dumps({"u": _DISGUISES[name](case["u"])})
        read = json.loads(next(read_lines(kind, [line], now, rounds=rounds, reader=reader)))
        if read["action"] == "accept" and (case["action"] == "ask" or read[key] != case[key]):
            wrong.append((kind, case["u"], case[key], read[key]))
    assert wrong == []
