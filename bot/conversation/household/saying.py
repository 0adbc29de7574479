"""What a leader is asked and told about one photo and its house. Text and buttons only: the signal is weak."""

from __future__ import annotations

from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.household.house_facts import HouseFacts, HousesOf, WaitingPhoto
from bot.conversation.household.meant import choices
from bot.conversation.household.names import called, house_of, sure_part, written
from bot.conversation.household.sheet_facts import UnsignedOf
from bot.conversation.household.signing import PAPER, way
from bot.conversation.household.which import villages
from bot.conversation.say import EXAMPLE_HOUSE, sentence, tap
from bot.messages.bubbles import Bubble, Button, Text, text

MOST_CHOICES = 10
"""Households of one house that are offered as buttons."""
EXAMPLE_NEAR = "14"


def house_buttons(houses: HouseFacts, photo: str = "", without: str = "") -> tuple[Button, ...]:
    """The next outstanding houses as they are, for the photo of that message; a house number is never numbered."""
    return buttons_of(tuple(number for number in houses.next_houses if number != without), photo)


def buttons_of(numbers: tuple[str, ...], photo: str, said_in: str = "") -> tuple[Button, ...]:
    """Houses to tap for a photo; `said_in` is the message that named several of them at once."""
    about = {"m": photo, "b": said_in} if said_in else {"m": photo}
    return tuple(
        tap(text("household.button.house", house=written(name)), "house", no=name, **about) for name in numbers
    )


def ask_house(village: AreaFacts, facts: Facts, photo: WaitingPhoto) -> Bubble:
    """L-02."""
    buttons = house_buttons(facts.ask(HousesOf(village.code)), photo.message_id)
    sheet = sheet_button(village, facts, photo)
    if len(villages(facts)) > 1:
        other = tap("household.button.other_village", "village")
        return sentence("household.ask_house_in", *buttons, sheet, other, area=village.name, example=EXAMPLE_HOUSE)
    return sentence("household.ask_house", *buttons, sheet, example=EXAMPLE_HOUSE)


def sheet_button(village: AreaFacts, facts: Facts, photo: WaitingPhoto) -> Button:
    """The photo is of a signed sheet; who signs on paper covers all that were sent that day with one tap."""
    whole = way(village, facts) == PAPER and facts.ask(UnsignedOf(village.code, photo.sent_at.date()))
    do = "sheet_all" if whole else "sheet"
    return tap(f"household.button.{do}", do, m=photo.message_id)


def ask_house_at(photo: WaitingPhoto, houses: HouseFacts, facts: Facts, taken: str = "") -> Bubble:
    """Of one photo among several, known by the time at which it was sent."""
    buttons = house_buttons(houses, photo.message_id, without=taken)
    buttons += (sheet_button(houses.village, facts, photo),)
    return sentence("household.ask_house_at", *buttons, time=photo.sent_at, example=EXAMPLE_HOUSE)


def ask_which(name: str, houses: HouseFacts, photo: str = "", said_in: str = "") -> Bubble:
    """An unsure name: the households that it may mean, to tap or to type."""
    found = choices(name, houses)
    buttons = buttons_of(found[:MOST_CHOICES], photo, said_in)
    if house_of(sure_part(name)).number or house_of(sure_part(name)).near:
        return sentence("household.which_of_house", *buttons, house=called(name), n=len(found))
    return sentence("household.which_unnumbered", *buttons, example=EXAMPLE_NEAR)


def stored(number: str, houses: HouseFacts, *, last: bool, signed: str = "") -> Bubble:
    """L-03: what was stored, how far the village is, what comes next, as signatures are taken (signing.way)."""
    left = len(set(houses.outstanding) - {number})
    lines = [text("household.stored", house=called(number))]
    if houses.registered and number not in houses.known_numbers:
        lines.append(text("household.added"))
    lines.append(progress(houses, (number,)))
    if last and left:
        lines.append(text("household.next"))
    sheet = (text("household.photograph_sheet"),) if signed == PAPER and last and not left else ()
    ways = [tap("household.button.sign_on_screen", "sign", no=number)] if signed != PAPER else []
    if last:  # no other question stands below: the signal is weak, and buttons weigh
        ways.append(tap("household.case.button.missing", "case", a="list", v=houses.village.code, no=number))
    return Bubble((*lines, *sheet), tuple(ways))


def progress(houses: HouseFacts, taken: tuple[str, ...] = ()) -> Text:
    """How far the village is once the houses in `taken` have their photo, or are excused from it."""
    fresh = {number for number in taken if number not in houses.known_numbers or number in houses.outstanding}
    today, total = houses.done_today + len(fresh), houses.done + len(fresh)
    if not houses.registered:
        return text("household.progress_no_register", today=today, total=total)
    left = len(set(houses.outstanding) - set(taken))
    return text("household.progress", today=today, left=left) if left else text("household.progress_all")
