"""One short name for every household of a village, also for those without a number and for a second one in a house.

    12/3        the house number as printed
    12/3 (2)    the second household of that house
    ~12         no number, near number 12 (or a landmark)
    12 (?)      one of the households of 12, it is not known which: never stored, always asked about

It is the name that states, buttons and effects carry; people read it through `written` and `called`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.messages.bubbles import Text, text

_NTH = re.compile(r"(.*) \((\d+)\)", re.DOTALL)
_NEAR = "~"
_UNSURE = " (?)"


@dataclass(frozen=True, slots=True)
class House:
    """A household as the register keys it."""

    number: str
    """Empty: it has none."""
    near: str = ""
    ordinal: int = 1


def name_of(house: House) -> str:
    """The name of a household."""
    plain = house.number or f"{_NEAR}{house.near}"
    return plain if house.ordinal == 1 else f"{plain} ({house.ordinal})"


def house_of(name: str) -> House:
    """The household of a name; every name of `name_of` comes back as it was."""
    nth = _NTH.fullmatch(name)
    plain, ordinal = (nth.group(1), int(nth.group(2))) if nth else (name, 1)
    return House("", plain[1:], ordinal) if plain.startswith(_NEAR) else House(plain, "", ordinal)


def unsure(name: str) -> str:
    """One of the households of a house, it is not known which."""
    return name + _UNSURE


def is_unsure(name: str) -> bool:
    return name.endswith(_UNSURE)


def sure_part(name: str) -> str:
    """The name without the mark of `unsure`."""
    return name.removesuffix(_UNSURE)


def written(name: str) -> Text | str:
    """The name as people read it where houses are listed, and on buttons."""
    house = house_of(sure_part(name))
    plain: Text | str = house.number or _unnumbered(house.near)
    return plain if house.ordinal == 1 else text("household.nth", house=plain, n=house.ordinal)


def _unnumbered(near: str) -> Text:
    if not near:
        return text("household.no_number")
    return text("household.near" if near[0].isdigit() else "household.near_place", near=near)


def called(name: str) -> Text:
    """The household in a sentence: บ้านเลขที่ 12/3, บ้านไม่มีเลขที่ ใกล้บ้าน 14."""
    key = "household.called" if house_of(sure_part(name)).number else "household.called_unnumbered"
    return text(key, house=written(name))


def listed(names: Iterable[str]) -> tuple[Text | str, ...]:
    """Several, as a value of a text."""
    return tuple(written(name) for name in names)
