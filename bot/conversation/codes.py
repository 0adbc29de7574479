"""Personal codes and village codes, standing anywhere in what somebody types."""

from __future__ import annotations

import re
from typing import Any

from bot.conversation import consent
from bot.conversation.effects import CountWrongCode
from bot.conversation.facts import AreaBy, Facts, InvitationBy, InvitationFacts
from bot.conversation.inputs import Incoming
from bot.conversation.say import EXAMPLE_CODE, EXAMPLE_VILLAGE, command, sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Value, text

_CODE = re.compile(r"(?<![0-9A-Z-])([0-9]{4}|[0-9]{2}(?=-))(\s*-\s*|\s*)([A-Z0-9]{4})(?![0-9A-Z-])")
_VILLAGE = re.compile(r"(?<!\d)(\d{8})(?!\d)")
LONG_AREA = 4
"""Digits of a district's code; a province's has two."""


def code_or_village(said: Incoming, facts: Facts) -> Turn | None:
    """Answer a personal code or a village code standing anywhere in the text; None when there is neither."""
    plain = "".join(str(int(char)) if char.isdecimal() else char for char in said.text).upper()
    village = _VILLAGE.search(plain)
    if village:
        return _village(village.group(1), facts)
    code = next((found for found in _CODE.finditer(plain) if _is_code(found, plain, facts)), None)
    return _code(f"{code.group(1)}-{code.group(3)}", facts) if code else None


def _is_code(found: re.Match[str], plain: str, facts: Facts) -> bool:
    """Two plain numbers ("3150 3040") are no code, unless a guest sends nothing but them, written like one."""
    area, sign, letters = found.groups()
    if not letters.isdigit():
        return True
    return len(area) == LONG_AREA and "-" in sign and facts.person is None and found.group() == plain.strip()


def _code(code: str, facts: Facts) -> Turn:
    if facts.codes_left <= 0:
        return Turn(IDLE, (sentence("join.too_many_codes", consent.request_button()),))
    invitation = facts.ask(InvitationBy(code))
    if invitation is None:
        return _unknown(code, facts)
    if invitation.state != "usable":
        return _not_usable(invitation, code, facts)
    data: dict[str, Any] = {"what": "invitation", "code": code, "role": invitation.role, "area": invitation.area.code}
    name = facts.person.name if facts.person else invitation.name
    if not name:
        return Turn(State("join_name", data), (consent.ask_name(),))
    return consent.ask({**data, "name": name}, facts)


def _unknown(code: str, facts: Facts) -> Turn:
    left = facts.codes_left - 1
    if left == 0:
        return Turn(IDLE, (sentence("join.too_many_codes", consent.request_button()),), (CountWrongCode(),))
    words: dict[str, Value] = {"code": code, "left": left, "example": EXAMPLE_CODE}
    return Turn(IDLE, (sentence("join.code_unknown", consent.request_button(), **words),), (CountWrongCode(),))


def _not_usable(invitation: InvitationFacts, code: str, facts: Facts) -> Turn:
    """Used or expired; somebody who has that role already sees that all is well."""
    if facts.person is not None and invitation.area in facts.person.areas(invitation.role):
        return already(invitation.role, invitation.area.name)
    shown = sentence(f"join.code_{invitation.state}_now", consent.request_button(), code=code)
    return Turn(IDLE, (shown,), (CountWrongCode(),))


def already(role: str, area: str) -> Turn:
    shown = sentence("join.already_member", command("button.menu"), role=text(f"role.{role}"), area=area)
    return Turn(IDLE, (shown,))


def _village(code: str, facts: Facts) -> Turn:
    village = facts.ask(AreaBy(code))
    if village is None:
        return Turn(IDLE, (sentence("join.village_unknown", code=code, example=EXAMPLE_VILLAGE),))
    if facts.person is not None and village.area in facts.person.areas("leader"):
        return already("leader", village.area.name)
    if facts.waiting is not None and facts.waiting.area == village.area:
        return Turn(IDLE, (consent.still_waiting(facts.waiting),))
    data: dict[str, Any] = {"what": "request", "role": "leader", "area": code}
    name = facts.person.name if facts.person else village.leader_name
    if not name:
        return Turn(State("join_name", data), (consent.ask_name(),))
    return consent.ask({**data, "name": name}, facts)
