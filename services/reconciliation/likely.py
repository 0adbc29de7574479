"""Which rows are likely to be why a sum and a total do not agree: ranked, each with its reason. Pure.

A candidate is an arithmetical coincidence worth a look, never a verdict. What is said of it is true of the numbers: a
tested promise is that mending the first candidate of the reasons in `MENDS` makes sum and total agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.reconciliation.slips import Slip, slip

TOTAL: Final = ""
"""Key of the total itself."""


class Reason(StrEnum):
    """Keys under desk.reconciliation.likely of the catalogue."""

    TRANSPOSED = Slip.TRANSPOSED.value
    DOUBLED = Slip.DOUBLED.value
    EXTRA = Slip.EXTRA.value
    MISSING_DIGIT = Slip.MISSING.value
    DIGIT = Slip.DIGIT.value
    SUBTOTAL = "subtotal"
    """The row is the sum of other rows: a total that was counted as well."""
    EQUAL = "equal"
    """The row is as large as what the sum has too much."""
    TWICE = "twice"
    """The row is as large as what the total has too much."""
    HALF = "half"
    """The row is half of the difference: added where it should be taken off, or the other way round."""
    SWAPPED = "swapped"
    """This row and the next have each other's figure."""
    STOOD_STILL = "stood_still"
    """The row is what it was last time, while the other side has moved on."""
    OTHER_STOOD_STILL = "other_stood_still"
    """The other side is what the row was last time."""
    ABSENT = "absent"
    """The row has no figure."""
    DIFFERS = "differs"
    """The two sides say different things, for no reason that shows in the digits."""


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    value: int | None
    """What is summed; None: not reported, not entered."""
    other: int | None = None
    """What the other side says of the same row; None where it does not go so far down."""
    before: int | None = None
    """Last round's, last year's or the earlier version's value."""


@dataclass(frozen=True, slots=True)
class Candidate:
    key: str
    """The row's; TOTAL for the total."""
    reason: Reason
    weight: int
    """The higher, the likelier; only the order means anything."""
    value: int | None
    """As it stands."""
    instead: int | None = None
    """What it would have to be."""
    beside: str = ""
    """Key of the row that it changed places with."""
    whole: bool = False
    """It explains the whole difference."""


MENDS: Final = frozenset(
    {Reason.TRANSPOSED, Reason.DOUBLED, Reason.EXTRA, Reason.MISSING_DIGIT, Reason.DIGIT, Reason.ABSENT}
)
"""Reasons after which `instead`, where `whole`, in place of `value` makes sum and total agree."""
_BY_DIGITS: Final = {Slip.TRANSPOSED: 80, Slip.DOUBLED: 78, Slip.MISSING: 74, Slip.EXTRA: 72, Slip.DIGIT: 45}
_CERTAIN, _SEEN = 12, 8
"""Added where the other side says the same, and where the row explains the whole difference."""
_FEW: Final = 2
"""Rows that one wrong digit may point at."""
_FEWEST = 2
"""Rows that a subtotal is of."""


def likely(rows: Sequence[Row], said: int | None) -> tuple[Candidate, ...]:
    """Candidates, the likeliest first, one for each row: the sum of the rows' values should be `said`.

    `said` None: there is no total, only the two sides of each row are compared.
    """
    gap = sum(row.value or 0 for row in rows) - said if said is not None else 0
    found = [*_pairs(rows, gap)]
    if said is not None and gap:
        found += [*_sums(rows, gap), *_absent(rows, gap), *_total(rows, said)]
    best: dict[str, Candidate] = {}
    for candidate in found:
        if candidate.key not in best or candidate.weight > best[candidate.key].weight:
            best[candidate.key] = candidate
    return tuple(sorted(best.values(), key=lambda candidate: -candidate.weight))


def _pairs(rows: Sequence[Row], gap: int) -> Iterator[Candidate]:
    """Rows of which the other side says something else."""
    for place, row in enumerate(rows):
        if row.value is None or row.other is None or row.value == row.other:
            continue
        whole = row.value - row.other == gap
        neighbour = _swapped(rows, place)
        if neighbour is not None:
            yield Candidate(row.key, Reason.SWAPPED, 95, row.value, row.other, neighbour.key)
            continue
        reason, weight = _why(row.value, row.other, row.before)
        yield Candidate(row.key, reason, weight + _SEEN * whole, row.value, row.other, whole=whole)


def _why(value: int, other: int, before: int | None) -> tuple[Reason, int]:
    found = slip(value, other)
    if found is not None and found is not Slip.DIGIT:
        return Reason(found.value), _BY_DIGITS[found] + _CERTAIN
    if before is not None and before in {value, other}:
        return (Reason.STOOD_STILL if before == value else Reason.OTHER_STOOD_STILL), 82
    if found is not None:
        return Reason.DIGIT, _BY_DIGITS[found] + _CERTAIN
    return Reason.DIFFERS, 40


def _swapped(rows: Sequence[Row], place: int) -> Row | None:
    """The neighbour that has this row's figure, while this row has the neighbour's."""
    row = rows[place]
    for beside in (place + 1, place - 1):
        if 0 <= beside < len(rows):
            other = rows[beside]
            if other.value is not None and (other.value, other.other) == (row.other, row.value):
                return other
    return None


def _sums(rows: Sequence[Row], gap: int) -> Iterator[Candidate]:
    """Rows that would explain the difference by their size or their digits.

    One wrong digit fits nearly every row of a small difference: told only where it fits few.
    """
    fitting = sum(slip(row.value, row.value - gap) is Slip.DIGIT for row in rows if row.value)
    every = sum(row.value or 0 for row in rows)
    for place, row in enumerate(rows):
        value = row.value
        if not value:
            continue
        if _is_subtotal(rows, place, every):
            yield Candidate(row.key, Reason.SUBTOTAL, 98 if gap == value else 60, value, whole=gap == value)
        if gap == value:
            yield Candidate(row.key, Reason.EQUAL, 92, value, 0, whole=True)
        elif gap == -value:
            yield Candidate(row.key, Reason.TWICE, 85, value, whole=True)
        elif abs(gap) == 2 * value:
            yield Candidate(row.key, Reason.HALF, 76, value, whole=True)
        if row.other == value:
            continue  # two sources say so: its digits are right
        found = slip(value, value - gap)
        if found is not None and (found is not Slip.DIGIT or fitting <= _FEW):
            yield Candidate(row.key, Reason(found.value), _BY_DIGITS[found], value, value - gap, whole=True)


def _is_subtotal(rows: Sequence[Row], place: int, every: int) -> bool:
    """The row is the sum of all others, or of two or more that stand right before it."""
    value, added = rows[place].value or 0, 0
    if len(rows) > _FEWEST and every - value == value:
        return True
    for count, row in enumerate(reversed(rows[:place]), 1):
        added += row.value or 0
        if count >= _FEWEST and added == value and (row.value or 0):
            return True
        if added > value:
            return False
    return False


def _absent(rows: Sequence[Row], gap: int) -> Iterator[Candidate]:
    """Rows without a figure. A sum that is too large is not for want of rows."""
    absent = [row for row in rows if row.value is None]
    if gap > 0:
        return
    for row in absent:
        expected = row.other if row.other is not None else row.before
        alone = len(absent) == 1
        whole = expected == -gap or (alone and expected is None)
        weight = 94 if expected == -gap else 62 if alone and expected is None else 50
        yield Candidate(row.key, Reason.ABSENT, weight, None, -gap if whole else expected, whole=whole)


def _total(rows: Sequence[Row], said: int) -> Iterator[Candidate]:
    """The total may be what is wrong: miscopied, or of last time."""
    if any(row.value is None for row in rows):
        return
    added = sum(row.value or 0 for row in rows)
    found = slip(said, added)
    if found is not None:
        yield Candidate(TOTAL, Reason(found.value), _BY_DIGITS[found] + 2, said, added, whole=True)
    if all(row.before is not None for row in rows) and sum(row.before or 0 for row in rows) == said:
        yield Candidate(TOTAL, Reason.STOOD_STILL, 84, said, added, whole=True)
