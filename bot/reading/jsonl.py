"""Reading as lines of JSON, for `tidtam read KIND`: one utterance in, its outcome out. Used to try and to measure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.reading.block_fields import BlockField
from bot.reading.house import HouseNumber
from bot.reading.options import Option
from bot.reading.outcome import Reading
from bot.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

KINDS = ("quantity", "date", "status", "control", "house_number", "block")
_NO_ROUNDS: Mapping[int, dt.date] = {}


def read_lines(
    kind: str,
    lines: Iterable[str],
    now: dt.datetime,
    fields: Sequence[BlockField] = (),
    *,
    rounds: Mapping[int, dt.date] = _NO_ROUNDS,
    reader: Reader | None = None,
) -> Iterator[str]:
    """For each line {"u": text} a line {"u", "action", "value" or "intent", "why", notes ...}.

    `kind` is one of KINDS; `rounds` are the campaign's due days by number; `fields` the boxes asked (block only).
    Raises ValueError for an unknown kind and for a line that is no JSON object with "u".
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}: one of {', '.join(KINDS)}")
    read = _Lines(kind, now, fields, rounds, reader or Reader.load())
    for number, line in enumerate(lines, start=1):
        if line.strip():
            text = _text(line, number)
            yield json.dumps({"u": text, **read.facts(text)}, ensure_ascii=False)


def fields_from_json(text: str) -> tuple[BlockField, ...]:
    """Block fields from a JSON list of objects with the names of BlockField (options as objects of Option)."""
    return tuple(_field(entry) for entry in json.loads(text))


def _field(entry: Mapping[str, Any]) -> BlockField:
    facts = dict(entry)
    facts["labels"] = tuple(facts.get("labels", ()))
    facts["options"] = tuple(
        Option(**{**option, "synonyms": tuple(option.get("synonyms", ()))}) for option in facts.get("options", ())
    )
    return BlockField(**facts)


def _text(line: str, number: int) -> str:
    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {number} is not JSON: {error.msg}") from error
    if not isinstance(given, dict) or not isinstance(given.get("u"), str):
        raise ValueError(f'line {number} is not an object with a text "u"')  # noqa: TRY004 (bad input, not a bad call)
    return str(given["u"])


class _Lines:
    """One kind of reading, ready to be applied to each line."""

    def __init__(
        self,
        kind: str,
        now: dt.datetime,
        fields: Sequence[BlockField],
        rounds: Mapping[int, dt.date],
        reader: Reader,
    ) -> None:
        self._kind, self._now, self._fields, self._rounds, self._reader = kind, now, fields, rounds, reader

    def facts(self, text: str) -> dict[str, object]:
        """The outcome with the names of the utterance corpus."""
        if self._kind == "block":
            return self._block(text)
        reading = self._reading(text)
        key = "intent" if self._kind == "control" else "value"
        value = "ALL" if reading.notes.get("all") and reading.value is None else reading.value
        notes = {name: note for name, note in reading.notes.items() if name != "all"}
        return {"action": reading.action.value, key: _plain(value), "why": reading.why, **_plain_notes(notes)}

    def _reading(self, text: str) -> Reading[Any]:
        if self._kind == "quantity":
            return self._reader.quantity(text)
        if self._kind == "date":
            return self._reader.date(text, now=self._now, rounds=self._rounds)
        if self._kind == "status":
            return self._reader.status(text, now=self._now)
        return self._reader.control(text) if self._kind == "control" else self._reader.house_number(text)

    def _block(self, text: str) -> dict[str, object]:
        read = self._reader.block(text, self._fields, now=self._now, rounds=self._rounds)
        return {
            "action": read.action.value,
            "value": _plain(read.values),
            "remaining": list(read.remaining),
            "why": read.why,
            **_plain_notes(read.notes),
        }


def _plain_notes(notes: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain(note) for name, note in notes.items()}


def _plain(value: object) -> object:
    if isinstance(value, HouseNumber):
        return value.facts()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value.why if isinstance(value, Reading) else value
