"""How one number becomes another when somebody copies it. Pure."""

from __future__ import annotations

from enum import StrEnum


class Slip(StrEnum):
    """What happened on the way from the number that was meant to the one that was written."""

    TRANSPOSED = "transposed"
    """Two digits beside each other changed places: 3,150 for 3,510."""
    DOUBLED = "doubled"
    """A digit was written twice: 31,150 for 3,150."""
    EXTRA = "extra"
    """A digit too many, unlike its neighbours: 31,850 for 3,150."""
    MISSING = "missing_digit"
    """A digit was left out: 315 for 3,150."""
    DIGIT = "digit"
    """One digit is another one: 3,750 for 3,150."""


def slip(written: int, meant: int) -> Slip | None:
    """The one slip of the pen that makes `written` of `meant`; None when they are equal, negative or further apart."""
    if written == meant or written < 0 or meant < 0:
        return None
    one, other = str(written), str(meant)
    if len(one) == len(other):
        return _same_length(one, other)
    if len(one) == len(other) + 1:
        place = _taken_out(one, other)
        return None if place is None else Slip.DOUBLED if _beside(one, place) else Slip.EXTRA
    if len(one) + 1 == len(other):
        return Slip.MISSING if _taken_out(other, one) is not None else None
    return None


def _same_length(one: str, other: str) -> Slip | None:
    places = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(places) == 1:
        return Slip.DIGIT
    if len(places) == len("ab") and places[1] == places[0] + 1:
        first, second = places
        return Slip.TRANSPOSED if one[first] == other[second] and one[second] == other[first] else None
    return None


def _taken_out(longer: str, shorter: str) -> int | None:
    """The place of the digit without which `longer` reads as `shorter`."""
    place = next((at for at, (left, right) in enumerate(zip(longer, shorter, strict=False)) if left != right), None)
    place = len(shorter) if place is None else place
    return place if longer[:place] + longer[place + 1 :] == shorter else None


def _beside(digits: str, place: int) -> bool:
    """The digit stands beside an equal one."""
    return digits[place] in digits[max(0, place - 1) : place] + digits[place + 1 : place + 2]
