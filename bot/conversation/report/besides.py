"""What has to be said besides the answer itself: a request that a change has withdrawn."""

from __future__ import annotations

from bot.conversation.effects import DropDraft, SaveDraft
from bot.conversation.facts import Facts
from bot.conversation.report import newer_form
from bot.conversation.say import sentence
from bot.conversation.turn import Turn


def told(turn: Turn, facts: Facts) -> Turn:
    """The same turn, with what is said before and after it."""
    return newer_form.offered(_withdrawn(turn, facts), facts)


def _withdrawn(turn: Turn, facts: Facts) -> Turn:
    """Any change of a report that waits for the head of office withdraws the request."""
    changed = {item.obligation_id for item in turn.effects if isinstance(item, SaveDraft | DropDraft)}
    if not any(item.asked for item in facts.obligations if item.id in changed):
        return turn
    return turn.before(sentence("report.approval.withdrawn"))
