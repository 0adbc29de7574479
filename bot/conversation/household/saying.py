"""What a leader is asked and told about one photo and its house. Text and buttons only: the signal is weak."""

from __future__ import annotations

from bot.conversation.facts import AreaFacts, Facts, HouseFacts, HousesOf, WaitingPhoto
from bot.conversation.household.which import villages
from bot.conversation.say import EXAMPLE_HOUSE, sentence, tap
from bot.messages.bubbles import Bubble, Button, Text, text


def house_buttons(houses: HouseFacts, photo: str = "", without: str = "") -> tuple[Button, ...]:
    """The next outstanding houses as they are, for the photo of that message; a house number is never numbered."""
    return buttons_of(tuple(number for number in houses.next_houses if number != without), photo)


def buttons_of(numbers: tuple[str, ...], photo: str) -> tuple[Button, ...]:
    return tuple(tap(text("household.button.house", house=number), "house", no=number, m=photo) for number in numbers)


def ask_house(village: AreaFacts, facts: Facts, photo: str = "") -> Bubble:
    """L-02."""
    buttons = house_buttons(facts.ask(HousesOf(village.code)), photo)
    if len(villages(facts)) > 1:
        other = tap("household.button.other_village", "village")
        return sentence("household.ask_house_in", *buttons, other, area=village.name, example=EXAMPLE_HOUSE)
    return sentence("household.ask_house", *buttons, example=EXAMPLE_HOUSE)


def ask_house_at(photo: WaitingPhoto, houses: HouseFacts, taken: str = "") -> Bubble:
    """Of one photo among several, known by the time at which it was sent."""
    buttons = house_buttons(houses, photo.message_id, without=taken)
    return sentence("household.ask_house_at", *buttons, time=photo.sent_at, example=EXAMPLE_HOUSE)


def stored(number: str, houses: HouseFacts, *, last: bool) -> Bubble:
    """L-03: what was stored, how far the village is, what comes next."""
    left = len(set(houses.outstanding) - {number})
    lines = [text("household.stored", house=number)]
    if houses.registered and number not in houses.known_numbers:
        lines.append(text("household.added"))
    lines.append(progress(houses, (number,)))
    if last and left:
        lines.append(text("household.next"))
    return Bubble(tuple(lines), (tap("household.button.sign_on_screen", "sign", no=number),))


def progress(houses: HouseFacts, taken: tuple[str, ...] = ()) -> Text:
    """How far the village is once the houses in `taken` have their photo."""
    fresh = {number for number in taken if number not in houses.known_numbers or number in houses.outstanding}
    today, total = houses.done_today + len(fresh), houses.done + len(fresh)
    if not houses.registered:
        return text("household.progress_no_register", today=today, total=total)
    left = len(set(houses.outstanding) - set(taken))
    return text("household.progress", today=today, left=left) if left else text("household.progress_all")
