"""Several counts in one message, by place, by label, by unit: never a number in a box that the person did not mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reading.block_fields import BlockField, BlockReading
from bot.reading.block_thousands import groupings, is_group, is_head
from bot.reading.outcome import Action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bot.reading.block_labels import Labels
    from bot.reading.block_scan import Scan
    from bot.reading.numerals import Number

_PAIR = 2
_MOST_GROUPS = 15
"""Five numbers of three groups; beyond that a list of digits is not looked at for thousands."""


class Counts:
    """Assigns the numbers of one scan to the asked boxes."""

    def __init__(self, labels: Labels, scan: Scan, current: Mapping[str, int]) -> None:
        self.labels = labels
        self.scan = scan
        self.current = current
        self.asked = labels.asked
        self.names = tuple(field.name for field in self.asked)

    def read(self) -> BlockReading:
        """The first rule that applies decides."""
        for rule in (self._words_only, self._refusals, self._labelled, self._by_unit, self._by_box, self._by_place):
            reading = rule()
            if reading is not None:
                return reading
        return self.ask("not_numbers")

    def ask(self, why: str, **notes: object) -> BlockReading:
        """Nothing is stored; the numbers that were understood are told."""
        numbers = [number.value for number in self.scan.numbers if number.value is not None]
        known = {"numbers": numbers} if numbers else {}
        return BlockReading(Action.ASK, {}, self.names, why, {**known, **notes})

    def taken(self, values: Mapping[str, int], why: str, **notes: object) -> BlockReading:
        """Values for some boxes; any doubt about one number makes the whole message a confirmation."""
        stored: dict[str, int | str | dt.date | tuple[str, ...]] = dict(values)
        edits = tuple(name for name in values if name not in self.names)
        if edits:
            notes["edits"] = edits
        remaining = tuple(name for name in self.names if name not in values)
        return BlockReading(Action.CONFIRM if why else Action.ACCEPT, stored, remaining, why, notes)

    def _doubt(self, numbers: Sequence[Number]) -> str:
        spelled = "letters_for_digits" if self.scan.lettered else "dialect" if self.scan.isan else ""
        return next((number.doubt for number in numbers if number.doubt), spelled)

    # -- no numbers -----------------------------------------------------------------------------------------------
    def _words_only(self) -> BlockReading | None:
        sorts = {piece.sort for piece in self.scan.pieces}
        if self.scan.numbers or self.scan.signs or len(sorts) != 1:
            return None
        if sorts == {"every"}:
            return self._everything()
        if sorts == {"nothing"}:
            return self.taken(dict.fromkeys(self.names, 0), "none")
        if sorts == {"same"}:
            return BlockReading(Action.ACCEPT, {}, (), "", {"same_as_last": True})
        return None

    def _everything(self) -> BlockReading:
        known = {field.name: field.target for field in self.asked if field.target is not None}
        return self.taken(known, "all", all=True) if known else self.ask("no_target", all=True)

    # -- what cannot be taken -------------------------------------------------------------------------------------
    def _refusals(self) -> BlockReading | None:
        signs, scan = self.scan.signs, self.scan
        for sign, why in _REFUSED_SIGNS:
            if sign in signs:
                return self.ask(why)
        if scan.of("dash"):
            return self.ask("dash")
        refused = next((number for number in scan.numbers if number.value is None), None)
        if refused is not None:
            why = "commas" if refused.refusal == "grouping" else refused.refusal
            more = {"candidates": list(refused.candidates)} if refused.candidates else {}
            return self.ask(why, **more)
        if not scan.numbers or scan.of("same") or scan.of("every"):
            return self.ask("not_numbers")
        return None

    # -- by label -------------------------------------------------------------------------------------------------
    def _labelled(self) -> BlockReading | None:
        labels = self.scan.of("label")
        if not labels:
            return None
        numbers, shape, count = self.scan.numbers, self.scan.shape, len(labels)
        if any(len(piece.names) != 1 for piece in labels):
            return self.ask("labels", candidates=[name for piece in labels for name in piece.names])
        names = [piece.names[0] for piece in labels]
        order = {"L" * count + "N" * count: "label_first", "NL" * count: "label_after", "LN" * count: ""}
        if shape not in order or len(numbers) != count or len(set(names)) != count:
            return self.ask("labels")
        values = {name: number.value for name, number in zip(names, numbers, strict=True) if number.value is not None}
        words = "unknown_words" if self.scan.of("word") else ""
        outside = "other_boxes" if any(name not in self.names for name in names) else ""
        doubt = self._doubt(numbers) or order[shape] or words or outside or self._unit_doubt(values)
        return self._partly(values, doubt, by_case=all(piece.by_case for piece in labels))

    def _unit_doubt(self, values: Mapping[str, int]) -> str:
        wanted = {unit for name in values if (unit := self.labels.by_name[name].unit)}
        said = {piece.names[0] for piece in self.scan.of("unit")}
        return "unit" if said - wanted else ""

    def _partly(self, values: dict[str, int], doubt: str, *, by_case: bool) -> BlockReading:
        """Of several cases only some were named: the rest is zero only if the person says so."""
        rest = tuple(name for name in self.names if name not in values)
        if self.scan.of("rest") or self.scan.of("nothing"):
            return self.taken({**values, **dict.fromkeys(rest, 0)}, doubt or "rest_zero")
        if by_case and len(rest) >= _PAIR:
            return self.taken(values, doubt or "rest_zero", rest_zero=rest)
        return self.taken(values, doubt)

    # -- by unit --------------------------------------------------------------------------------------------------
    def _by_unit(self) -> BlockReading | None:
        units = [piece.names[0] for piece in self.scan.of("unit")]
        numbers = self.scan.numbers
        if not units or self._units_in_place(units):
            return None
        if len(numbers) == 1 and sum(field.unit == units[0] for field in self.asked) > 1:
            return None
        if len(units) != len(numbers) or len(set(units)) != len(units) or self.scan.of("word"):
            return self.ask("units")
        chosen = [self._field_of(unit) for unit in units]
        if any(field is None for field in chosen):
            return self.ask("units")
        names = [field.name for field in chosen if field is not None]
        values = {name: number.value for name, number in zip(names, numbers, strict=True) if number.value is not None}
        return self.taken(values, "units")

    def _units_in_place(self, units: Sequence[str]) -> bool:
        """Whether the numbers stand in the order of the boxes and the units say nothing else."""
        if len(self.scan.numbers) != len(self.asked):
            return False
        if len(units) == 1 and len(self.asked) > 1:
            return all(field.unit in {None, units[0]} for field in self.asked)
        return len(units) == len(self.asked) and all(
            field.unit in {None, unit} for field, unit in zip(self.asked, units, strict=True)
        )

    def _field_of(self, unit: str) -> BlockField | None:
        """The first asked box of a unit, else the first open box of the form."""
        known = [field for field in self.labels.pool if field.unit == unit and field.kind == "integer"]
        asked = [field for field in known if field.name in self.names]
        open_boxes = [field for field in known if field.name not in self.current]
        return next(iter(asked or open_boxes), None)

    # -- by box and by place --------------------------------------------------------------------------------------
    def _by_box(self) -> BlockReading | None:
        """As in "8 3150 9 3040": boxes and values in turn, read back; "8 3150" alone could be either."""
        values = [number.value for number in self.scan.numbers if number.value is not None]
        boxes = [field.box for field in self.asked]
        names = {field.box: field.name for field in self.asked}
        if len(values) == _PAIR * len(self.asked) and sorted(values[::2]) == sorted(box or 0 for box in boxes):
            pairs = zip(values[::2], values[1::2], strict=True)
            return self.taken({names[box]: value for box, value in pairs}, "boxes")
        if len(values) == len(self.asked) == _PAIR and values[0] in boxes and values[1] > values[0]:
            return self.ask("box_or_value")
        if len(values) == len(self.asked) > 1 and set(values[:-1:2]) <= set(boxes):
            return self.taken(dict(zip(self.names, values, strict=True)), "box_or_value")
        return None

    def _by_place(self) -> BlockReading | None:
        numbers = self.scan.numbers
        if any(field.kind != "integer" for field in self.asked):
            return self.ask("mixed")
        if len(numbers) > len(self.asked):
            return self._regrouped() or self.ask("too_many")
        if len(numbers) < len(self.asked):
            if len(numbers) == 1:
                return self.ask("commas" if self.scan.commas else "one_for_many", number=numbers[0].value)
            return self.ask("too_few")
        doubt = self._doubt(numbers) or self._place_doubt(numbers)
        pairs = zip(self.names, numbers, strict=True)
        return self.taken({name: number.value for name, number in pairs if number.value is not None}, doubt)

    def _place_doubt(self, numbers: Sequence[Number]) -> str:
        if self.scan.of("word"):
            return "unknown_words"
        if self.scan.fewer_joined:
            return "spaced_words"
        first, *rest = numbers
        grouped = len(rest) == 1 and rest[0].space and not rest[0].line and is_group(rest[0]) and is_head(first)
        if grouped and (first.value or 0) < (rest[0].value or 0):
            return "spaced_thousands"
        return "unit" if self._unsure_units() else ""

    def _unsure_units(self) -> bool:
        return len(self.scan.of("unit")) == 1 and len(self.asked) > 1

    def _regrouped(self) -> BlockReading | None:
        """As in "3 150 3 040": digits parted at the thousands, if that can be done in one way only."""
        numbers = self.scan.numbers
        if self.scan.of("word") or self.scan.of("unit") or len(numbers) > _MOST_GROUPS:
            return None
        ways = groupings(numbers, len(self.asked))
        if len(ways) != 1:
            return None
        return self.taken(dict(zip(self.names, ways[0], strict=True)), "spaced_thousands")


_REFUSED_SIGNS = (
    ("question", "question"),
    ("pointed", "not_whole"),
    ("glued", "unknown_words"),
    ("approx", "approximate"),
    ("percent", "percent"),
    ("range", "range"),
    ("negative", "negative"),
    ("change", "change"),
    ("not", "negation"),
    ("negation", "negation"),
    ("or", "several"),
    ("from", "several"),
    ("sum", "several"),
    ("equation", "labels"),
    ("context", "labels"),
)
