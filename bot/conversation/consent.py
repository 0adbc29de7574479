"""Who somebody is and the privacy notice, acknowledged in one tap; then they join, or their request waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.effects import RedeemInvitation, RequestToJoin
from bot.conversation.facts import AreaBy, AreaFacts, Districts, Facts, InvitationBy, RequestFacts
from bot.conversation.say import command, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Text, Value, text

NOTICE_KINDS = ("photos", "signatures", "chats")
"""Whose days of keeping the privacy notice names."""
FIRST_STEPS = {
    "officer": ("menu.button.report",),
    "deputy": ("menu.button.report",),
    "head": ("menu.button.owe",),
    "leader": ("menu.button.photos",),
    "staff": ("menu.button.who_owes", "menu.button.province_values"),
}
"""What a new member does first, by role; everybody has the menu."""


def request_button(label: str = "join.button.request") -> Button:
    return tap(label, "join_request")


def ask_name() -> Bubble:
    """P-02."""
    return sentence("join.ask_name", example=text("join.example_name"))


def still_waiting(request: RequestFacts) -> Bubble:
    if request.role == "leader":
        return sentence("join.waiting_village", area=request.area.name)
    return sentence("join.waiting", approver=text("join.approver_province"))


def ask(data: Mapping[str, Any], facts: Facts) -> Turn:
    """C-01: the card that asks for identity and consent at once."""
    return Turn(State("join_confirm", dict(data)), (card(data, facts),))


def card(data: Mapping[str, Any], facts: Facts) -> Bubble:
    name, role, area = str(data["name"]), str(data["role"]), area_of(data, facts)
    words: dict[str, Value] = {"name": name, "area": area.name, "privacy": text("join.privacy_short")}
    if data["what"] == "request" and role != "leader":
        return _with_consent(text("join.confirm_request", **words), "join.button.confirm_request")
    return _with_consent(text("join.confirm", role=text(f"role.{role}"), **words), "join.button.confirm")


def _with_consent(words: Text, label: str) -> Bubble:
    buttons = (
        tap(label, "join_yes"),
        tap("join.button.not_me", "join_no"),
        tap("join.button.read_privacy", "join_privacy"),
    )
    return Bubble((words,), buttons)


def area_of(data: Mapping[str, Any], facts: Facts) -> AreaFacts:
    """The area that somebody joins, for its name."""
    code = str(data["area"])
    if data["what"] == "invitation":
        invitation = facts.ask(InvitationBy(str(data["code"])))
        if invitation is not None:
            return invitation.area
    village = facts.ask(AreaBy(code))
    if village is not None:
        return village.area
    return next((area for area in facts.ask(Districts()) if area.code == code), AreaFacts(code, "", code, code))


def notice(facts: Facts) -> Bubble:
    """The full privacy notice."""
    kept = {kind: _kept(facts.kept_days.get(kind)) for kind in NOTICE_KINDS}
    return sentence("join.privacy_full", version=facts.privacy_version, **kept)


def _kept(days: int | None) -> Text:
    return text("join.kept_as_records") if days is None else text("join.kept_days", days=days)


def given(state: State, facts: Facts) -> Turn:
    """Yes: the invitation is used up, or the request waits for a person's approval."""
    if state.data["what"] == "invitation":
        return _redeem(state, facts)
    name, role = str(state.data["name"]), str(state.data["role"])
    area = area_of(state.data, facts)
    effect = RequestToJoin(name, role, area.code, facts.privacy_version)
    if role == "leader":
        return Turn(IDLE, (sentence("join.requested_village", area=area.name),), (effect,))
    return Turn(IDLE, (sentence("join.requested", approver=text("join.approver_province")),), (effect,))


def _redeem(state: State, facts: Facts) -> Turn:
    code, role = str(state.data["code"]), str(state.data["role"])
    invitation = facts.ask(InvitationBy(code))
    if invitation is None or invitation.state != "usable":
        return Turn(IDLE, (sentence("join.code_used_now", request_button(), code=code),))
    area = invitation.area
    steps = tuple(command(key) for key in (*FIRST_STEPS.get(role, ()), "button.menu"))
    joined = sentence(f"join.joined.{role}", *steps, area=area.name, district=area.short, province=area.short)
    return Turn(IDLE, (joined,), (RedeemInvitation(invitation.id, str(state.data["name"]), facts.privacy_version),))
