"""Joining: a code that was handed out, a village's QR, or a request that somebody approves.

Nobody becomes a member without a personal code or a person's approval. The privacy notice is acknowledged in the
same tap as the identity.
"""

from __future__ import annotations

import re

from bot.conversation.effects import CountWrongCode, RedeemInvitation, RequestToJoin
from bot.conversation.facts import AreaBy, AreaFacts, Districts, Facts, InvitationBy, InvitationFacts
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.say import EXAMPLE_CODE, EXAMPLE_VILLAGE, heard, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Text, Value, text
from bot.reading.outcome import Action

LONGEST_NAME = 120
_CODE = re.compile(r"(?<![0-9A-Z])([0-9]{4})\s*-?\s*([A-Z0-9]{4})(?![0-9A-Z])")
_VILLAGE = re.compile(r"(?<!\d)(\d{8})(?!\d)")


def greet(facts: Facts) -> Turn:
    """Somebody added the account as a friend, or unblocked it."""
    if facts.person is not None:
        role = facts.person.roles[0]
        words: dict[str, Value] = {"name": facts.person.name, "role": text(f"role.{role.role}"), "area": role.area.name}
        return Turn(IDLE, (sentence("join.welcome_back", **words),))
    return Turn(IDLE, (welcome(),))


def welcome() -> Bubble:
    return sentence("join.welcome", _request_button("join.button.request_no_code"), example=EXAMPLE_CODE)


def _request_button(label: str = "join.button.request") -> Button:
    return tap(label, "join_request")


def guest(state: State, said: Incoming, facts: Facts) -> Turn:
    """Whatever somebody without a role says, when no joining step is under way."""
    if said.kind is Kind.TEXT:
        turn = code_or_village(said, facts)
        if turn is not None:
            return turn
    if facts.waiting is not None:
        return Turn(state, (_still_waiting(facts),))
    if said.kind is Kind.PHOTO:
        return Turn(state, (sentence("household.not_your_work", _request_button(), example=EXAMPLE_VILLAGE),))
    return Turn(state, (sentence("join.still_a_guest", _request_button(), example=EXAMPLE_CODE),))


def _still_waiting(facts: Facts) -> Bubble:
    request = facts.waiting
    if request is not None and request.role == "leader":
        return sentence("join.waiting_village", area=request.area.name)
    return sentence("join.waiting", approver=text("join.approver_province"))


def code_or_village(said: Incoming, facts: Facts) -> Turn | None:
    """Answer a personal code or a village code standing anywhere in the text; None when there is neither."""
    plain = "".join(str(int(char)) if char.isdigit() else char for char in said.text).upper()
    found = _VILLAGE.search(plain)
    if found:
        return _village(found.group(1), facts)
    code = _CODE.search(plain)
    return _code(f"{code.group(1)}-{code.group(2)}", facts) if code else None


def _code(code: str, facts: Facts) -> Turn:
    if facts.codes_left <= 0:
        return Turn(IDLE, (sentence("join.too_many_codes", _request_button()),))
    invitation = facts.ask(InvitationBy(code))
    if invitation is None:
        words: dict[str, Value] = {"code": code, "left": facts.codes_left - 1, "example": EXAMPLE_CODE}
        return Turn(IDLE, (sentence("join.code_unknown", _request_button(), **words),), (CountWrongCode(),))
    if invitation.state != "usable":
        key = f"join.code_{invitation.state}_now"
        return Turn(IDLE, (sentence(key, _request_button(), code=code),), (CountWrongCode(),))
    data = {"what": "invitation", "id": invitation.id, "code": code, "role": invitation.role}
    if not invitation.name and facts.person is None:
        return Turn(State("join_name", data), (sentence("join.ask_name", example=text("join.example_name")),))
    return _confirm_invitation(data, invitation, facts)


def _confirm_invitation(data: dict[str, object], invitation: InvitationFacts, facts: Facts) -> Turn:
    name = facts.person.name if facts.person else invitation.name or str(data["name"])
    return _confirm({**data, "name": name, "area": invitation.area.code}, name, invitation.role, invitation.area)


def _confirm(data: dict[str, object], name: str, role: str, area: AreaFacts) -> Turn:
    """C-01: identity and privacy notice in one tap."""
    words = text(
        "join.confirm",
        name=name,
        role=text(f"role.{role}"),
        area=area.name,
        privacy=text("join.privacy_short"),
    )
    return Turn(State("join_confirm", data), (_with_consent(words, "join.button.confirm"),))


def _with_consent(words: Text, label: str) -> Bubble:
    buttons = (
        tap(label, "join_yes"),
        tap("join.button.not_me", "join_no"),
        tap("join.button.read_privacy", "join_privacy"),
    )
    return Bubble((words,), buttons)


def _village(code: str, facts: Facts) -> Turn:
    village = facts.ask(AreaBy(code))
    if village is None:
        return Turn(IDLE, (sentence("join.village_unknown", code=code, example=EXAMPLE_VILLAGE),))
    if facts.person is not None and village.area in facts.person.areas("leader"):
        words: dict[str, Value] = {"role": text("role.leader"), "area": village.area.name}
        return Turn(IDLE, (sentence("join.already_member", **words),))
    data = {"what": "request", "role": "leader", "area": code}
    name = facts.person.name if facts.person else village.leader_name
    if name:
        return _confirm({**data, "name": name}, name, "leader", village.area)
    return Turn(State("join_name", data), (sentence("join.ask_name", example=text("join.example_name")),))


def ask_to_join(facts: Facts) -> Turn:
    """Without a code: name and position, then a person of the province decides."""
    if facts.waiting is not None:
        return Turn(IDLE, (_still_waiting(facts),))
    data = {"what": "request", "role": "officer"}
    return Turn(State("join_name", data), (sentence("join.ask_name", example=text("join.example_name")),))


def take_name(state: State, said: Incoming, facts: Facts) -> Turn:
    """Name and position were asked for; the district may stand in the same line."""
    turn = code_or_village(said, facts) if said.kind is Kind.TEXT else None
    if turn is not None:
        return turn
    name = " ".join(said.text.split())
    if said.kind is not Kind.TEXT or len(name) < 2 or len(name) > LONGEST_NAME or not _has_letters(name):  # noqa: PLR2004 - a name has two letters
        words: dict[str, Value] = {"heard": heard(said.text), "example": text("join.example_name")}
        return Turn(state, (sentence("join.name_unclear", **words),)).unclear(state)
    data = {**state.data, "name": name}
    if data["what"] == "invitation":
        invitation = facts.ask(InvitationBy(str(data["code"])))
        return _confirm_invitation(data, invitation, facts) if invitation else greet(facts)
    if "area" in data:
        village = facts.ask(AreaBy(str(data["area"])))
        return _confirm(data, name, "leader", village.area) if village else greet(facts)
    return _district_in(name, data, facts)


def _has_letters(name: str) -> bool:
    return any(char.isalpha() for char in name)


def _district_in(name: str, data: dict[str, object], facts: Facts) -> Turn:
    """The district, if the line with the name says one; otherwise it is asked."""
    districts = {area.short: area for area in facts.ask(Districts())}
    reading = facts.reader.district(name, tuple(districts))
    if reading.action is Action.ACCEPT and reading.value in districts:
        return _confirm_request(data, districts[reading.value])
    return Turn(State("join_district", data), (_ask_district(str(data["name"]), facts),))


def _ask_district(name: str, facts: Facts) -> Bubble:
    buttons = tuple(
        tap(text("join.button.district", district=area.short), "join_district", area=area.code)
        for area in facts.ask(Districts())
    )
    return sentence("join.ask_district", *buttons, name=name, example=text("join.example_district"))


def take_district(state: State, said: Incoming, facts: Facts) -> Turn:
    districts = facts.ask(Districts())
    if said.kind is Kind.TAP:
        chosen = next((area for area in districts if area.code == said.tap.get("area")), None)
    else:
        by_name = {area.short: area for area in districts}
        chosen = by_name.get(facts.reader.district(said.text, tuple(by_name)).value or "")
    if chosen is None:
        return Turn(state, (_ask_district(str(state.data["name"]), facts),)).unclear(state)
    return _confirm_request(dict(state.data), chosen)


def _confirm_request(data: dict[str, object], area: AreaFacts) -> Turn:
    words = text("join.confirm_request", name=str(data["name"]), area=area.name, privacy=text("join.privacy_short"))
    state = State("join_confirm", {**data, "area": area.code})
    return Turn(state, (_with_consent(words, "join.button.confirm_request"),))


def take_consent(state: State, said: Incoming, facts: Facts) -> Turn:
    """Yes, no, or the full notice first."""
    answer = said.tap.get("do", "")
    if said.kind is Kind.TEXT:
        turn = code_or_village(said, facts)
        if turn is not None:
            return turn
        reading = facts.reader.control(said.text)
        answer = {"yes": "join_yes", "ack": "join_yes", "no": "join_no", "cancel": "join_no"}.get(
            reading.value or "", ""
        )
    if answer == "join_privacy":
        notice = sentence("join.privacy_full", version=facts.privacy_version, days=90)
        return Turn(state, (notice, _again(state, facts)))
    if answer == "join_no":
        return Turn(IDLE, (sentence("join.not_me", _request_button()),))
    if answer != "join_yes":
        return Turn(state, (_again(state, facts),)).unclear(state)
    return _join(state, facts)


def _again(state: State, facts: Facts) -> Bubble:
    """The same card once more."""
    name, role = str(state.data["name"]), str(state.data["role"])
    area = _area(state, facts)
    if state.data["what"] == "request" and role != "leader":
        return _confirm_request(dict(state.data), area).bubbles[0]
    return _confirm(dict(state.data), name, role, area).bubbles[0]


def _area(state: State, facts: Facts) -> AreaFacts:
    code = str(state.data["area"])
    village = facts.ask(AreaBy(code))
    if village is not None:
        return village.area
    return next((area for area in facts.ask(Districts()) if area.code == code), AreaFacts(code, "province", "", ""))


def _join(state: State, facts: Facts) -> Turn:
    name, role, version = str(state.data["name"]), str(state.data["role"]), facts.privacy_version
    if state.data["what"] == "invitation":
        invitation = facts.ask(InvitationBy(str(state.data["code"])))
        if invitation is None or invitation.state != "usable":
            words: dict[str, Value] = {"code": str(state.data["code"])}
            return Turn(IDLE, (sentence("join.code_used_now", _request_button(), **words),))
        joined = sentence(f"join.joined.{role}", area=invitation.area.name, **_names(invitation.area))
        return Turn(IDLE, (joined,), (RedeemInvitation(invitation.id, name, version),))
    area = _area(state, facts)
    effect = RequestToJoin(name, role, area.code, version)
    if role == "leader":
        return Turn(IDLE, (sentence("join.requested_village", area=area.name),), (effect,))
    return Turn(IDLE, (sentence("join.requested", approver=text("join.approver_province")),), (effect,))


def _names(area: AreaFacts) -> dict[str, str]:
    return {"district": area.short, "province": area.short}
