"""A form that was loaded anew while people answer: carry the answers over, or finish on the version begun on."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import menu
from bot.conversation.effects import ApproveReport, AskApproval, DropDraft, OfferedForm, SubmitReport
from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin
from bot.conversation.report.context import Context
from bot.conversation.report.sharing import newer_card
from bot.conversation.report_facts import NewerFormOf, ReportOf
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, text

_DONE_WITH = (ApproveReport, AskApproval, DropDraft, OfferedForm, SubmitReport)


def offered(turn: Turn, facts: Facts) -> Turn:
    """The turn with the offer after it: once for each draft and version, to whoever works on it."""
    done = {item.obligation_id for item in turn.effects if isinstance(item, _DONE_WITH)}
    found = next((item for item in facts.obligations if item.id not in done and _concerns(item, turn, facts)), None)
    if found is None or found.newer_form is None or not turn.bubbles:
        return turn
    context = Context.of(facts, facts.ask(ReportOf(found.id)))
    card = newer_card.card(context)
    return replace(turn, bubbles=(*turn.bubbles, card)).also(OfferedForm(found.id, found.newer_form)) if card else turn


def _concerns(item: ObligationFacts, turn: Turn, facts: Facts) -> bool:
    """Whether this chat works on the draft, or this person was the last who did."""
    if item.newer_form is None or item.closed or item.asked:
        return False
    under = menu.under(turn.state)
    here = under.flow == "report" and under.data.get("o") == item.id
    return here or (facts.person is not None and item.edited_by == facts.person.id)


def use(state: State, said: Incoming, context: Context) -> Turn:  # noqa: ARG001 - taps share a signature
    """ใช้แบบใหม่: the answers are carried over, and what is open there is asked."""
    found = context.facts.ask(NewerFormOf(context.report.obligation.id))
    if found is None:
        return begin.show(context, (sentence("report.newer.on_it"),))
    after = newer_card.under(context, found)
    first = Bubble((text("report.newer.used"), *newer_card.differences(context, found)))
    return begin.show(after, (first,), stored=True).also(after.save())


def keep(state: State, said: Incoming, context: Context) -> Turn:  # noqa: ARG001 - taps share a signature
    """ทำแบบเดิมต่อ, unless that version was withdrawn."""
    return begin.must_move(context) or begin.show(context, (sentence("report.newer.stays"),))
