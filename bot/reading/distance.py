"""Edit distance for typing slips: insertion, deletion, substitution and swapped neighbours each cost one."""

from __future__ import annotations


def distance(left: str, right: str, limit: int = 2) -> int:
    """Optimal string alignment distance; anything above `limit` is reported as limit + 1."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, character in enumerate(left, start=1):
        current = [row]
        for column, other in enumerate(right, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (character != other))
            if row > 1 and column > 1 and character == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        before_last, last = last, current
    return min(last[-1], limit + 1)
