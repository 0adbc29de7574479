"""Hundreds of written-down utterances, kind by kind: the outcome and every note that the case names."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.reading.jsonl import read_lines
from bot.reading.reader import Reader

_CASES = Path(__file__).with_name("cases")
_KINDS = ("quantity", "date", "status", "control", "house_number")


def _cases() -> list[Any]:
    return [
        pytest.param(kind, case, id=f"{kind}-{case['u']}")
        for kind in _KINDS
        for case in yaml.safe_load((_CASES / f"{kind}.yaml").read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("kind", "case"), _cases())
def test_the_written_down_reading_of_each_utterance(
    kind: str, case: Mapping[str, Any], reader: Reader, now: dt.datetime, rounds: dict[int, dt.date]
) -> None:
    line = json.dumps({"u": case["u"]})
    read = json.loads(next(read_lines(kind, [line], now, rounds=rounds, reader=reader)))
    assert {key: read.get(key) for key in case} == dict(case)
