"""Every utterance of the corpus reads as it says, and none of them is silently taken for another value."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.reading.jsonl import read_lines
from bot.reading.reader import Reader

_KINDS = {
    "quantities": "quantity",
    "dates": "date",
    "status": "status",
    "control": "control",
    "house_numbers": "house_number",
}
_NOT_READ = frozenset({"u", "note"})


def _read(corpus: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each expected row beside what was read."""
    data = yaml.safe_load(corpus.read_text(encoding="utf-8"))
    now = dt.datetime.fromisoformat(data["meta"]["reference_now"])
    rounds = {int(number): dt.date.fromisoformat(day) for number, day in data["meta"]["rounds"].items()}
    reader = Reader.load()
    for group, kind in _KINDS.items():
        lines = (json.dumps({"u": row["u"]}) for row in data[group])
        for row, line in zip(data[group], read_lines(kind, lines, now, rounds=rounds, reader=reader), strict=True):
            yield row, json.loads(line)


def _differs(row: dict[str, Any], read: dict[str, Any]) -> bool:
    return any(read.get(key) != value for key, value in row.items() if key not in _NOT_READ)


def test_every_utterance_reads_as_the_corpus_says(utterances: Path) -> None:
    wrong = [(row, read) for row, read in _read(utterances) if _differs(row, read)]
    assert wrong == []


def test_no_utterance_is_silently_taken_for_another_value(utterances: Path) -> None:
    silent = [
        (row, read)
        for row, read in _read(utterances)
        if read["action"] == "accept" and any(read.get(k) != row[k] for k in ("value", "intent") if k in row)
    ]
    assert silent == []
