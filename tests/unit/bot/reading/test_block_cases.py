"""Messages for several boxes in every shape: the outcome, the values, what stays open, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.reading.jsonl import _plain
from bot.reading.reader import Reader
from tests.unit.bot.reading.form import FIELDS, KNOWN, boxes

_CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("block.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['asked']}-{case['u'][:60]}") for case in _CASES])
def test_the_written_down_reading_of_each_message(case: Mapping[str, Any], reader: Reader, now: dt.datetime) -> None:
    read = reader.block(case["u"], boxes(*case["asked"]), now=now, others=FIELDS, current=KNOWN)
    notes = case.get("notes", {})
    assert {
        "action": read.action.value,
        "values": _plain(read.values),
        "remaining": list(read.remaining),
        "why": read.why,
        "notes": {name: _plain(read.notes.get(name)) for name in notes},
    } == {**{key: case[key] for key in ("action", "values", "remaining", "why")}, "notes": notes}
