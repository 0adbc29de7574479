"""แดชบอร์ด: a button that opens the desk without a password; and the end of every session from the chat."""

from __future__ import annotations

from bot.conversation.desk_facts import DeskAddress, OpenDesks
from bot.conversation.effects import EndDeskSessions
from bot.conversation.facts import Facts
from bot.conversation.say import command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Link, text

ROLES = ("staff", "admin", "officer", "deputy", "head")
"""Who has pages: the province, and offices for their own district."""


def show(state: State, facts: Facts) -> Turn:
    """A new link at every request: the one before it may have been seen by somebody else."""
    if facts.person is None or not facts.person.holds(*ROLES):
        return Turn(state, (sentence("desk.not_yours", command("button.menu")),))
    page = facts.ask(DeskAddress())
    words = text("desk.come_in", time=page.good_until)
    return Turn(state, (Bubble((words,), (Link(text("desk.button.open"), page.address),)),))


def sign_out(state: State, facts: Facts) -> Turn:
    """ออกจากระบบทุกเครื่อง: at once, without a question: signing in again takes two taps."""
    if facts.person is None or not facts.person.holds(*ROLES):
        return Turn(state, (sentence("desk.not_yours", command("button.menu")),))
    open_desks = facts.ask(OpenDesks())
    again = command("menu.button.dashboard")
    if not open_desks:
        return Turn(state, (sentence("desk.nowhere_signed_in", again),))
    return Turn(state, (sentence("desk.signed_out", again, n=open_desks),), (EndDeskSessions(),))
