"""Which household of the village a typed house means: the one, one of several, or a new one. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.household.house_facts import HouseFacts
from bot.conversation.household.names import House, house_of, is_unsure, name_of, sure_part, unsure
from bot.reading.house import HouseNumber


def meant(house: HouseNumber, words: str, houses: HouseFacts) -> str:
    """The name of what was read in `words`; an unsure one (names.unsure) where several could be meant; "" for none."""
    if not (house.house_no or house.no_number) or house.exception is not None:
        return ""  # a case stands beside it: bot.conversation.household.cases
    typed = House(house.house_no or "", "" if house.house_no else house.near or "", house.hh_in_house or 1)
    if house.hh_in_house is None:
        return _of_several(typed, words, houses)
    return name_of(typed) if typed.number or typed.near else unsure(name_of(House("")))


def _of_several(typed: House, words: str, houses: HouseFacts) -> str:
    asked = unsure(name_of(typed))
    found = choices(asked, houses)
    if typed.number or typed.near:
        return asked if len(found) > 1 else name_of(typed)
    landmarks = [name for name in found if house_of(name).near and house_of(name).near in words]
    near = landmarks or list(found)
    return near[0] if len(near) == 1 else asked


def choices(name: str, houses: HouseFacts) -> tuple[str, ...]:
    """The households that an unsure name may mean, in the order of the list; of a sure one, itself."""
    if not is_unsure(name):
        return (name,)
    wanted = house_of(sure_part(name))
    known = _in_order(houses)
    if not wanted.number and not wanted.near:
        return tuple(each for each in known if not house_of(each).number)
    same = [each for each in known if _place(each) == (wanted.number, wanted.near)]
    return tuple(sorted(dict.fromkeys([sure_part(name), *same]), key=lambda each: house_of(each).ordinal))


def _place(name: str) -> tuple[str, str]:
    house = house_of(name)
    return house.number, house.near


def _in_order(houses: HouseFacts) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*houses.rows, *sorted(houses.known_numbers)]))


def of_a_line(numbers: Iterable[str], houses: HouseFacts) -> tuple[str, ...]:
    """The names of house numbers in a line. A house that is named as often as it has households: each in turn."""
    line = tuple(numbers)
    found: list[str] = []
    for number in line:
        several = choices(unsure(number), houses)
        nth = sum(name in several for name in found)
        if len(several) == 1:
            found.append(number)
        else:
            found.append(several[nth] if line.count(number) == len(several) else unsure(number))
    return tuple(found)
