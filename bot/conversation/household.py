"""Village leaders: a photo, then its house number. The photo comes first and is never lost for want of a number."""

from __future__ import annotations

from bot.conversation.effects import BindPhoto, KeepPhoto
from bot.conversation.facts import AreaFacts, Facts, HouseFacts, HousesOf, PhotosWithoutHouse, WaitingPhoto
from bot.conversation.inputs import Incoming
from bot.conversation.say import EXAMPLE_HOUSE, heard, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Value, text
from bot.reading.outcome import Action

LISTED = 40
"""House numbers that one answer lists."""


def village_of(facts: Facts) -> AreaFacts | None:
    """The village that the person's photos are of."""
    return next(iter(facts.person.areas("leader")), None) if facts.person else None


def photo(state: State, said: Incoming, facts: Facts) -> Turn:
    """A photo from a leader: keep it, ask for the house."""
    village = village_of(facts)
    if village is None or said.sent_at is None:
        return Turn(state, (sentence("household.not_your_work", example="42070605"),))
    houses = facts.ask(HousesOf(village.code))
    ask = sentence("household.ask_house", *house_buttons(houses), example=EXAMPLE_HOUSE)
    return Turn(state, (ask,), (KeepPhoto(said.message_id, said.sent_at, village.code),))


def photo_while_waiting(state: State, said: Incoming, facts: Facts) -> Turn:
    """A leader who is not approved yet: field work never waits for the office."""
    waiting = facts.waiting
    if waiting is None or said.sent_at is None:
        return Turn(state)
    kept = len(facts.ask(PhotosWithoutHouse())) + 1
    effect = KeepPhoto(said.message_id, said.sent_at, waiting.area.code)
    return Turn(state, (sentence("household.kept_waiting", n=kept),), (effect,))


def house_buttons(houses: HouseFacts, without: str = "") -> tuple[Button, ...]:
    """The next outstanding houses as they are; a house number is never numbered."""
    return tuple(
        tap(text("household.button.house", house=number), "house", no=number)
        for number in houses.next_houses
        if number != without
    )


def tapped_house(state: State, said: Incoming, facts: Facts) -> Turn:
    return _bind(state, said.tap.get("no", ""), facts)


def house_number(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A house number typed by a leader; None when the text is none and no photo waits for one."""
    reading = facts.reader.house_number(said.text)
    number = reading.value.house_no if reading.value else None
    waits = bool(facts.ask(PhotosWithoutHouse()))
    if number and reading.action is not Action.ASK:
        return _bind(state, number, facts)
    if not waits:
        return None
    words: dict[str, Value] = {"heard": heard(said.text), "example": EXAMPLE_HOUSE}
    return Turn(state, (sentence("household.wrong_format", **words),)).unclear(state)


def _bind(state: State, number: str, facts: Facts) -> Turn:
    village = village_of(facts)
    waiting = facts.ask(PhotosWithoutHouse())
    if village is None or not number:
        return Turn(state, (sentence("household.not_your_work", example="42070605"),))
    if not waiting:
        words: dict[str, Value] = {"house": number, "example": EXAMPLE_HOUSE}
        return Turn(state, (sentence("household.no_photo_waiting", **words),))
    houses = facts.ask(HousesOf(village.code))
    stored = _stored(number, houses, last=len(waiting) == 1)
    turn = Turn(state, (stored,), (BindPhoto(waiting[0].media_id, village.code, number),))
    return turn if len(waiting) == 1 else Turn(state, (*turn.bubbles, _ask_next(waiting, houses, number)), turn.effects)


def _stored(number: str, houses: HouseFacts, *, last: bool) -> Bubble:
    """L-03: what was stored, how far the village is, what comes next."""
    fresh = number not in houses.known_numbers or number in houses.outstanding
    today, left = houses.done_today + fresh, len(set(houses.outstanding) - {number})
    lines = [text("household.stored", house=number)]
    if not houses.registered:
        lines.append(text("household.progress_no_register", today=today, total=houses.done + fresh))
    elif left:
        lines.append(text("household.progress", today=today, left=left))
    else:
        lines.append(text("household.progress_all"))
    if last and left:
        lines.append(text("household.next"))
    return Bubble(tuple(lines))


def _ask_next(waiting: tuple[WaitingPhoto, ...], houses: HouseFacts, taken: str) -> Bubble:
    buttons = house_buttons(houses, without=taken)
    return sentence("household.ask_house_at", *buttons, time=waiting[1].sent_at, example=EXAMPLE_HOUSE)


def remaining(state: State, facts: Facts) -> Turn:
    """What is left to photograph."""
    village = village_of(facts)
    if village is None:
        return Turn(state, (sentence("household.not_your_work", example="42070605"),))
    houses = facts.ask(HousesOf(village.code))
    if not houses.registered:
        return Turn(state, (sentence("household.no_register", example=EXAMPLE_HOUSE),))
    if not houses.outstanding:
        return Turn(state, (sentence("household.remaining_none", area=village.name, total=houses.registered),))
    left = len(houses.outstanding)
    lines = [
        text(
            "household.remaining",
            area=village.name,
            done=houses.registered - left,
            total=houses.registered,
            left=left,
            houses=houses.outstanding[:LISTED],
        )
    ]
    if left > LISTED:
        lines.append(text("household.remaining_more", n=left - LISTED))
    return Turn(state, (Bubble(tuple(lines)),))


def how(state: State) -> Turn:
    return Turn(state, (sentence("household.how", example=EXAMPLE_HOUSE),))
