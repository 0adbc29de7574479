"""Sending the report, giving a change of it up, pausing it."""

from __future__ import annotations

from bot.conversation.effects import DropDraft, SubmitReport
from bot.conversation.report import begin
from bot.conversation.report.context import Context, remaining
from bot.conversation.report.sending import review
from bot.conversation.report.sending.receipt import receipt
from bot.conversation.report.sharing import approving, known_since
from bot.conversation.say import command, sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Day


def send(state: State, context: Context) -> Turn:
    """ยืนยันส่ง: only what this person has seen is sent."""
    if begin.current(context) is not None:
        return begin.show(context, (sentence("report.not_complete", n=remaining(context)),))
    if _changed_by_other(state, context):
        when = context.report.updated_at or context.facts.now
        first = sentence("report.changed_by_other", who=context.report.updated_by_name, time=when)
        return begin.show(context, (first,))
    blocked = review.missing(context)
    if blocked is not None:
        return Turn(state, (blocked,))
    row_version = context.report.row_version
    nothing = row_version is None or (context.report.sent is not None and review.nothing_new(context))
    if row_version is None or nothing or known_since.moved(state, context):
        return begin.show(context)
    consent = approving.instead(context, row_version)
    if consent is not None:
        return consent
    return Turn(IDLE, (receipt(context),), (SubmitReport(context.report.obligation.id, row_version),))


def _changed_by_other(state: State, context: Context) -> bool:
    me = context.facts.person.id if context.facts.person else None
    return state.data.get("seen") != context.report.row_version and context.report.updated_by != me


def cancel(context: Context) -> Turn:
    """Give a change of a sent report up; a first report is only paused, never thrown away."""
    if context.report.sent is None:
        return pause(context)
    row_version = context.report.row_version
    effects = () if row_version is None else (DropDraft(context.report.obligation.id, row_version),)
    return Turn(IDLE, (sentence("report.amend_cancelled"),), effects)


def pause(context: Context) -> Turn:
    """C-10: nothing is lost, until when it is wanted, and the way back."""
    obligation, now = context.report.obligation, context.facts.now
    due = obligation.due_at.astimezone(now.tzinfo).date()
    go_on = command("report.button.resume")
    if context.report.sent is not None:
        return Turn(IDLE, (sentence("report.paused_amendment", go_on),))
    late = now > obligation.due_at
    shown = sentence("report.paused_late", go_on) if late else sentence("report.paused", go_on, due=Day(due))
    return Turn(IDLE, (shown,))
