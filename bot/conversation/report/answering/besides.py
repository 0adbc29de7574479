"""What has to be said besides the answer itself: a request that a change has withdrawn."""

from __future__ import annotations

from bot.conversation.effects import DropDraft, SaveDraft
from bot.conversation.facts import Facts
from bot.conversation.report.sharing import newer_form
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import sentence
from bot.conversation.turn import Turn


def told(turn: Turn, facts: Facts) -> Turn:
    """The same turn, with what is said before and after it."""
    return newer_form.offered(_withdrawn(turn, facts), facts)


def _withdrawn(turn: Turn, facts: Facts) -> Turn:
    """Any change of a report that waits for the head of office withdraws the request."""
    changed = {item.obligation_id: item for item in turn.effects if isinstance(item, SaveDraft | DropDraft)}
    found = next((item for item in facts.obligations if item.asked and item.id in changed), None)
    if found is None:
        return turn
    again = isinstance(changed[found.id], SaveDraft) and facts.ask(ReportOf(found.id)).approval.must_ask
    return turn.before(sentence("report.approval.withdrawn_again" if again else "report.approval.withdrawn"))
