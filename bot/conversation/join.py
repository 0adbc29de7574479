"""Joining: a code that was handed out, a village's QR, or a request that somebody approves.

Nobody becomes a member without a personal code or a person's approval. The privacy notice is acknowledged in the
same tap as the identity.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import consent
from bot.conversation.codes import code_or_village
from bot.conversation.facts import AreaFacts, Districts, Facts
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.say import EXAMPLE_CODE, EXAMPLE_VILLAGE, command, heard, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Value, text
from bot.reading.outcome import Action

LONGEST_NAME = 120
SHORTEST_NAME = 2
_STOP = frozenset({"cancel", "pause", "no", "back"})
"""Intents that end the joining: there is nothing before it to go back to."""


def greet(facts: Facts) -> Turn:
    """Somebody added the account as a friend, or unblocked it."""
    if facts.person is not None:
        role = facts.person.roles[0]
        words: dict[str, Value] = {"name": facts.person.name, "role": text(f"role.{role.role}"), "area": role.area.name}
        return Turn(IDLE, (sentence("join.welcome_back", command("button.menu"), **words),))
    if facts.waiting is not None:
        return Turn(IDLE, (consent.still_waiting(facts.waiting),))
    welcome = sentence("join.welcome", consent.request_button("join.button.request_no_code"), example=EXAMPLE_CODE)
    return Turn(IDLE, (welcome,))


def guest(state: State, said: Incoming, facts: Facts) -> Turn:
    """Whatever somebody without a role says, when no joining step is under way."""
    turn = code_or_village(said, facts) if said.kind is Kind.TEXT else None
    if turn is not None:
        return turn
    if facts.waiting is not None:
        return Turn(state, (consent.still_waiting(facts.waiting),))
    if said.kind is Kind.PHOTO:
        shown = sentence("household.not_your_work", consent.request_button(), example=EXAMPLE_VILLAGE)
        return Turn(state, (shown,))
    return Turn(state, (sentence("join.still_a_guest", consent.request_button(), example=EXAMPLE_CODE),))


def ask_to_join(state: State, facts: Facts) -> Turn:  # noqa: ARG001 - commands share a signature
    """Without a code: name, position and district, then a person of the province decides."""
    if facts.waiting is not None:
        return Turn(IDLE, (consent.still_waiting(facts.waiting),))
    data: dict[str, Any] = {"what": "request", "role": "officer"}
    if facts.person is not None:
        data["name"] = facts.person.name
        return Turn(State("join_district", data), (_ask_district(facts.person.name, facts),))
    return Turn(State("join_name", data), (consent.ask_name(),))


def notice(state: State, facts: Facts) -> Turn:
    return Turn(state, (consent.notice(facts),))


def _steer(said: Incoming, facts: Facts) -> Turn | None:
    """A code after all, or a wish to stop, in any joining step."""
    if said.kind is not Kind.TEXT:
        return None
    turn = code_or_village(said, facts)
    if turn is not None:
        return turn
    if facts.reader.control(said.text).value in _STOP:
        return Turn(IDLE, (sentence("join.cancelled", consent.request_button(), example=EXAMPLE_CODE),))
    return None


def take_name(state: State, said: Incoming, facts: Facts) -> Turn:
    """Name and position were asked for; the district may stand in the same line."""
    turn = _steer(said, facts)
    if turn is not None:
        return turn
    name = " ".join(said.text.split())
    if said.kind is not Kind.TEXT or not _is_name(name, facts):
        return Turn(state, (again(state, facts, said),)).unclear(state)
    if "area" in state.data:
        return consent.ask({**state.data, "name": name}, facts)
    return _district_in(name, dict(state.data), facts)


def _is_name(name: str, facts: Facts) -> bool:
    """Letters, neither too few nor too many, and no wish such as ขอบคุณ or รายงาน."""
    right_length = SHORTEST_NAME <= len(name) <= LONGEST_NAME
    return right_length and any(char.isalpha() for char in name) and facts.reader.control(name).value is None


def _district_in(line: str, data: dict[str, Any], facts: Facts) -> Turn:
    """The district, if the line with the name says one; otherwise it is asked."""
    districts = {area.short: area for area in facts.ask(Districts())}
    words = line.split()
    named = {word: found for word in words[1:] if (found := _sure(word, facts, districts)) is not None}
    if len(set(named.values())) == 1:
        name = " ".join(word for word in words if word not in named)
        return consent.ask({**data, "name": name, "area": next(iter(named.values())).code}, facts)
    return Turn(State("join_district", {**data, "name": line}), (_ask_district(line, facts),))


def _sure(word: str, facts: Facts, districts: dict[str, AreaFacts]) -> AreaFacts | None:
    reading = facts.reader.district(word, tuple(districts))
    return districts.get(reading.value or "") if reading.action is Action.ACCEPT else None


def _ask_district(name: str, facts: Facts) -> Bubble:
    buttons = tuple(
        tap(text("join.button.district", district=area.short), "join_district", area=area.code)
        for area in facts.ask(Districts())
    )
    return sentence("join.ask_district", *buttons, name=name, example=text("join.example_district"))


def take_district(state: State, said: Incoming, facts: Facts) -> Turn:
    turn = _steer(said, facts)
    if turn is not None:
        return turn
    districts = facts.ask(Districts())
    if said.kind is Kind.TAP:
        chosen = next((area for area in districts if area.code == said.tap.get("area")), None)
    else:
        by_name = {area.short: area for area in districts}
        chosen = by_name.get(facts.reader.district(said.text, tuple(by_name)).value or "")
    if chosen is None:
        return Turn(state, (again(state, facts, said),)).unclear(state)
    return consent.ask({**state.data, "area": chosen.code}, facts)


def take_consent(state: State, said: Incoming, facts: Facts) -> Turn:
    """Yes, no, or the full notice first."""
    answer = said.tap.get("do", "")
    if said.kind is Kind.TEXT:
        turn = code_or_village(said, facts)
        if turn is not None:
            return turn
        answer = _ANSWERS.get(facts.reader.control(said.text).value or "", "")
    if answer == "join_privacy":
        return Turn(state, (consent.notice(facts), consent.card(state.data, facts)))
    if answer == "join_no":
        return Turn(IDLE, (sentence("join.not_me", consent.request_button()),))
    if answer != "join_yes":
        return Turn(state, (consent.card(state.data, facts),)).unclear(state)
    return consent.given(state, facts)


_ANSWERS = {
    "yes": "join_yes",
    "ack": "join_yes",
    "submit": "join_yes",
    **dict.fromkeys(_STOP, "join_no"),
    "full_text": "join_privacy",
    "privacy": "join_privacy",
}
Step = Callable[[State, Incoming, Facts], Turn]
STEPS: dict[str, Step] = {"join_name": take_name, "join_district": take_district, "join_confirm": take_consent}


def again(state: State, facts: Facts, said: Incoming | None = None) -> Bubble:
    """The open joining question once more; with what was `said` when that could not be taken."""
    if state.flow == "join_confirm":
        return consent.card(state.data, facts)
    words: dict[str, Value] = {"heard": heard(said.text) if said is not None else ""}
    if state.flow == "join_name":
        unclear = sentence("join.name_unclear", example=text("join.example_name"), **words)
        return unclear if said is not None and said.text else consent.ask_name()
    asked = _ask_district(str(state.data["name"]), facts)
    if said is None or not said.text:
        return asked
    unknown = text("join.district_unknown", example=text("join.example_district"), **words)
    return Bubble((unknown,), asked.buttons)


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """A button of the joining: of the step that is open, or stale."""
    do = said.tap["do"]
    if do == "join_request":
        return ask_to_join(state, facts)
    if state.flow == "join_confirm" and do != "join_district":
        return take_consent(state, said, facts)
    if state.flow in {"join_confirm", "join_district"} and do == "join_district":
        return take_district(State("join_district", state.data), said, facts)
    if state.flow in STEPS:
        return Turn(state, (again(state, facts),))
    if facts.person is None:
        return guest(state, said, facts)
    return Turn(state, (sentence("general.stale_button_other", command("button.menu")),))
