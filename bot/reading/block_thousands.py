"""Digits parted at the thousands (3 150): which numbers were meant, and in how many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.numerals import Number

_THOUSANDS = 3


def is_group(number: Number) -> bool:
    return len(number.text) == _THOUSANDS and number.text.isdigit()


def is_head(number: Number) -> bool:
    return number.text.isdigit() and len(number.text) <= _THOUSANDS and not number.text.startswith("0")


def groupings(numbers: Sequence[Number], count: int) -> list[list[int]]:
    """All ways to join neighbouring digit groups into `count` numbers."""
    if count == 0:
        return [] if numbers else [[]]
    ways: list[list[int]] = []
    for size in range(1, len(numbers) - count + 2):
        value = _joined(numbers[:size])
        if value is not None:
            ways += [[value, *rest] for rest in groupings(numbers[size:], count - 1)]
    return ways


def _joined(numbers: Sequence[Number]) -> int | None:
    head, *groups = numbers
    if not groups:
        return None if head.doubt or head.value is None else head.value
    if not is_head(head) or not all(is_group(number) for number in groups):
        return None
    return int("".join(number.text for number in numbers))
