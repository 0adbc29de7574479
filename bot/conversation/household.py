"""Village leaders: a photo, then its house number. The photo comes first and is never lost for want of a number."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.effects import BindPhoto, KeepPhoto
from bot.conversation.facts import AreaFacts, Facts, HouseFacts, HousesOf, PhotosWithoutHouse, WaitingPhoto
from bot.conversation.inputs import Incoming
from bot.conversation.say import EXAMPLE_HOUSE, EXAMPLE_VILLAGE, command, heard, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Text, Value, text
from bot.reading.outcome import Action

LISTED = 40
"""House numbers that one answer lists."""


def village_of(state: State, facts: Facts) -> AreaFacts | None:
    """The village that the person's photos are of: the only one, or the one chosen last."""
    villages = facts.person.areas("leader") if facts.person else ()
    if len(villages) == 1:
        return villages[0]
    return next((area for area in villages if area.code == state.data.get("village")), None)


def no_village(state: State, facts: Facts) -> Turn:
    """Several villages and none chosen yet: ask; none at all: say whose work it is."""
    villages = facts.person.areas("leader") if facts.person else ()
    if villages:
        ways = tuple(
            tap(text("household.button.of_area", area=area.name), "village", area=area.code) for area in villages
        )
        return Turn(state, (sentence("household.choose_village", *ways),))
    return Turn(state, (sentence("household.not_your_work", command("button.menu"), example=EXAMPLE_VILLAGE),))


def tapped_village(state: State, said: Incoming, facts: Facts) -> Turn:
    """Which of several villages the photos are of, until another one is chosen."""
    here = state.with_data(village=said.tap.get("area", ""))
    village = village_of(here, facts)
    if village is None:
        return no_village(here, facts)
    if not facts.ask(PhotosWithoutHouse()):
        return how(here, facts)
    return Turn(here, (_ask_house(village, facts),))


def _ask_house(village: AreaFacts, facts: Facts) -> Bubble:
    """L-02."""
    buttons = house_buttons(facts.ask(HousesOf(village.code)))
    if facts.person is not None and len(facts.person.areas("leader")) > 1:
        other = tap("household.button.other_village", "village")
        return sentence("household.ask_house_in", *buttons, other, area=village.name, example=EXAMPLE_HOUSE)
    return sentence("household.ask_house", *buttons, example=EXAMPLE_HOUSE)


def photo(state: State, said: Incoming, facts: Facts) -> Turn:
    """A photo from a leader: keep it, ask for the house."""
    state = _decided(state)
    if said.sent_at is None or facts.person is None or not facts.person.holds("leader"):
        return no_village(state, facts)
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts).also(KeepPhoto(said.message_id, said.sent_at))
    ask = _ask_house(village, facts)
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
    return _bind(_decided(state), said.tap.get("no", ""), facts)


def house_number(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A house number typed by a leader; None when the text is none and no photo waits for one."""
    meant, here = str(state.data.get("house", "")), _decided(state)
    if meant and facts.reader.control(said.text).value == "yes":
        return _bind(here, meant, facts)
    reading = facts.reader.house_number(said.text)
    number = reading.value.house_no if reading.value else None
    if number and reading.action is Action.ACCEPT:
        return _bind(here, number, facts)
    if not facts.ask(PhotosWithoutHouse()):
        return None
    words: dict[str, Value] = {"heard": heard(said.text)}
    if number and reading.action is Action.CONFIRM:
        yes = tap("read.button.yes", "house", no=number)
        return Turn(here.with_data(house=number), (sentence("read.confirm.house", yes, value=number, **words),))
    return Turn(here, (sentence("household.wrong_format", example=EXAMPLE_HOUSE, **words),)).unclear(here)


def _decided(state: State) -> State:
    """Without the house number that waited for a yes."""
    return replace(state, data={name: value for name, value in state.data.items() if name != "house"})


def _bind(state: State, number: str, facts: Facts) -> Turn:
    village = village_of(state, facts)
    if village is None or not number:
        return no_village(state, facts)
    waiting = facts.ask(PhotosWithoutHouse())
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
    left = len(set(houses.outstanding) - {number})
    lines = [text("household.stored", house=number)]
    if houses.registered and number not in houses.known_numbers:
        lines.append(text("household.added"))
    lines.append(_progress(houses, houses.done_today + fresh, houses.done + fresh, left))
    if last and left:
        lines.append(text("household.next"))
    return Bubble(tuple(lines), (tap("household.button.sign_on_screen", "sign", no=number),))


def _progress(houses: HouseFacts, today: int, total: int, left: int) -> Text:
    if not houses.registered:
        return text("household.progress_no_register", today=today, total=total)
    return text("household.progress", today=today, left=left) if left else text("household.progress_all")


def _ask_next(waiting: tuple[WaitingPhoto, ...], houses: HouseFacts, taken: str) -> Bubble:
    buttons = house_buttons(houses, without=taken)
    return sentence("household.ask_house_at", *buttons, time=waiting[1].sent_at, example=EXAMPLE_HOUSE)


def remaining(state: State, facts: Facts) -> Turn:
    """What is left to photograph."""
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
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


def how(state: State, facts: Facts) -> Turn:  # noqa: ARG001 - commands share a signature
    """How photos are sent."""
    return Turn(state, (sentence("household.how", command("menu.button.remaining"), example=EXAMPLE_HOUSE),))
