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


def one_slip(left: str, right: str) -> bool:
    """Whether exactly one insertion, deletion, substitution or swap of neighbours parts the words; in linear time."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    shorter = min(len(left), len(right))
    head = next((place for place in range(shorter) if left[place] != right[place]), shorter)
    rest_left, rest_right = left[head:], right[head:]
    if len(rest_left) == len(rest_right):
        swapped = rest_left[:2] == rest_right[1::-1] and rest_left[2:] == rest_right[2:]
        return rest_left[1:] == rest_right[1:] or (swapped and len(rest_left) > 1)
    return rest_left[1:] == rest_right or rest_left == rest_right[1:]
