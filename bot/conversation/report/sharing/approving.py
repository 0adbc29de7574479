"""Asking the head of office to agree, agreeing, and sending back with a reason."""

from __future__ import annotations

from bot.conversation.effects import ApproveReport, AskApproval, SendBack
from bot.conversation.facts import Facts, ObligationFacts, OpenRequests
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin
from bot.conversation.report.context import Context
from bot.conversation.report.sending.receipt import receipt
from bot.conversation.report.sending.review import review
from bot.conversation.report.sharing import approval
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import heard, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Day, Say, text

FLOW = "send_back"
"""The head of office is asked for the reason."""
LONGEST_REASON = 300
READY = ("report.approval.button.reason_check", "report.approval.button.reason_missing")
"""Reasons in one tap."""
_LEAVE = frozenset({"cancel", "no", "back", "pause"})
_ELSEWHERE = frozenset({"menu", "help", "thai", "english", "language", "contact", "report", "what_do_i_owe"})
_AGREE = frozenset({"yes", "submit", "send_back"})


def instead(context: Context, row_version: int) -> Turn | None:
    """What sending means for this person, where the head of office has to agree; None: the report is sent."""
    if approval.waits(context):
        return _agree(context, row_version) if approval.mine(context) else begin.show(context)
    if not context.report.approval.must_ask:
        return None
    obligation = context.report.obligation
    due = obligation.due_at.astimezone(context.facts.now.tzinfo).date()
    late = context.facts.now > obligation.due_at
    told = sentence(
        "report.approval.asked_late" if late else "report.approval.asked",
        tap("report.button.look", "form", o=obligation.id),
        head=approval.heads(context),
        round=obligation.called,
        **({} if late else {"due": Day(due)}),
    )
    return Turn(IDLE, (told,), (AskApproval(obligation.id, row_version),))


def _agree(context: Context, row_version: int) -> Turn:
    told = text("report.approval.told", who=context.report.approval.asked_by)
    done = receipt(context)
    card = Bubble((*done.lines, told), done.buttons, title=done.title, footer=done.footer, card=True)
    return Turn(IDLE, (card,), (ApproveReport(context.report.obligation.id, row_version),))


def tapped_send_back(state: State, said: Incoming, context: Context) -> Turn:
    return gone(state, context, said.tap.get("r", "")) or ask_reason(state, context)


def gone(state: State, context: Context, seen: str) -> Turn | None:
    """The card is of a request that does not stand any more."""
    if approval.mine(context) and str(context.report.row_version) == seen:
        return None
    if approval.mine(context):
        return begin.show(context, (sentence("report.changed_since"),))
    return Turn(state, (sentence("report.approval.gone", round=context.report.obligation.called),))


def ask_reason(state: State, context: Context) -> Turn:
    """ส่งกลับ: why, in one line; two usual reasons are one tap."""
    if not approval.mine(context):
        return Turn(state, (sentence("report.approval.gone", round=context.report.obligation.called),))
    ready: list[Button] = [Say(text(label), text(label)) for label in READY]
    where: dict[str, str | int] = {"o": context.report.obligation.id}
    cancel = tap("button.cancel", "begin", **where)
    asked = sentence("report.approval.ask_reason", *ready, cancel, who=context.report.approval.asked_by)
    return Turn(State(FLOW, {**where, "r": context.report.row_version}), (asked,))


def reason_given(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """The reason, word for word; None for a command that leads elsewhere."""
    owed = next((item for item in facts.obligations if item.id == state.data.get("o") and not item.closed), None)
    meant = facts.reader.control(said.text).value
    if owed is None or meant in _ELSEWHERE:
        return None
    context = Context.of(facts, facts.ask(ReportOf(owed.id)))
    if meant in _LEAVE:
        return begin.show(context)
    if not approval.mine(context) or context.report.row_version != state.data.get("r"):
        return gone(IDLE, context, str(state.data.get("r")))
    words = " ".join(said.text.split())
    if len(words) > LONGEST_REASON:
        return Turn(
            state, (sentence("read.bound.too_long", n=len(words), most=LONGEST_REASON, example=_example(facts)),)
        )
    told = sentence("report.approval.sent_back", who=context.report.approval.asked_by, words=heard(words))
    return Turn(IDLE, (told,), (SendBack(owed.id, context.report.row_version or 0, words),))


def _example(facts: Facts) -> str:
    return facts.catalogue.say(text(READY[0]))


def typed(said: Incoming, facts: Facts) -> Turn | None:
    """เห็นชอบ or ส่งกลับ typed by a head of office: the card first, so that only what was seen is agreed to."""
    meant = facts.reader.control(said.text).value
    found = _for_me(facts) if meant in _AGREE or (meant == "approve" and not facts.ask(OpenRequests())) else None
    return begin.begin(found, facts) if found is not None else None


def _for_me(facts: Facts) -> ObligationFacts | None:
    asked = (item for item in facts.obligations if item.asked and not item.closed)
    return next((item for item in asked if facts.ask(ReportOf(item.id)).approval.may_agree), None)


def request(context: Context) -> tuple[Bubble, ...]:
    """What the head of office gets: who asks, and the card."""
    obligation = context.report.obligation
    words = approval.asked(context)
    shown = sentence("report.approval.request", who=words["who"], round=obligation.called, area=obligation.area.name)
    return (shown, review(context))


def agreed(context: Context, head: str) -> tuple[Bubble, ...]:
    """What whoever asked gets when the head of office has agreed. `context` is the report before it is sent."""
    return (sentence("report.approval.agreed", who=head), receipt(context))


def came_back(context: Context) -> tuple[Bubble, ...]:
    """What whoever asked gets when it was sent back: the reason stands on the card."""
    obligation = context.report.obligation
    said = sentence(
        "report.approval.came_back",
        who=context.report.approval.sent_back_by,
        round=obligation.called,
        area=obligation.area.name,
        words=context.report.approval.sent_back_reason,
    )
    return (said, review(context))
