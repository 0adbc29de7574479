"""Where a chat stands that sends something to many: choosing to whom, typing the words, deciding on the preview."""

from __future__ import annotations

from typing import Any

from bot.conversation.facts import Facts
from bot.conversation.say import command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import text

FLOW = "broadcast"
TO, WORDS, WHEN, PREVIEW = "to", "words", "when", "preview"
"""Steps, as they stand in the state."""
STAFF_ROLES = ("staff", "admin")


def at(step: str, **data: Any) -> State:
    return State(FLOW, {"step": step, **data})


def refused(state: State) -> Turn:
    """Whose task it is, to somebody else."""
    shown = sentence("general.no_permission", command("button.menu"), role=text("join.approver_province"))
    return Turn(state, (shown,))


def may_send(facts: Facts) -> bool:
    """Only provincial staff write to many."""
    return facts.person is not None and facts.person.holds(*STAFF_ROLES)
