"""The receipt after sending: what was stored, in time or late, how to change it, and what is still owed."""

from __future__ import annotations

import datetime as dt

from bot.conversation import documents
from bot.conversation.facts import ObligationFacts
from bot.conversation.report.asking.prompt import edit_example
from bot.conversation.report.context import Context
from bot.conversation.report.sharing import approval
from bot.conversation.say import command
from bot.messages.bubbles import Bubble, Button, Day, Text, Words, text


def receipt(context: Context) -> Bubble:
    """C-06: what was stored, under which number, in time or late, how to change it, and what is still owed."""
    obligation, now = context.report.obligation, context.facts.now
    amended = context.report.sent is not None
    version = obligation.versions if amended else 1
    lines: list[Words] = [
        _done(context, amended=amended),
        text(
            "report.receipt.which_amended" if amended else "report.receipt.which",
            area=obligation.area.name,
            round=obligation.called,
            version=version,
        ),
        text("report.receipt.reference", reference=context.report.reference),
        text("report.receipt.when", day=Day(now.date()), time=now, timing=_timing(obligation, now)),
        *approval.trail(context),
        text("report.receipt.change", example=edit_example(context)),
        " · ".join(context.facts.catalogue.say(item) for item in _rounds(context)),
    ]
    printed = documents.printed(obligation.id, context.facts)
    return Bubble(tuple(lines), (*printed, *_next(context)), card=True)


def _done(context: Context, *, amended: bool) -> Text:
    if amended:
        return text("report.receipt.done_amended")
    if context.facts.now > context.report.obligation.due_at:
        return text("report.receipt.done_late", round=context.report.obligation.called)
    return text("report.receipt.done")


def _timing(obligation: ObligationFacts, now: dt.datetime) -> Text:
    due = obligation.due_at.astimezone(now.tzinfo).date()
    days = (due - now.date()).days
    if days > 0:
        return text("report.receipt.early", days=days)
    return text("report.receipt.on_time") if days == 0 else text("report.receipt.late", days=-days)


def _told(context: Context) -> list[ObligationFacts]:
    """Every round; of a duty's many dates this one and the next."""
    own, rounds = context.report.obligation, context.report.rounds
    return [item for item in rounds if item.id == own.id or not own.duty or item.round_number == own.round_number + 1]


def _rounds(context: Context) -> list[Text]:
    """All rounds in one line: done, due, or late."""
    found: list[Text] = []
    for item in _told(context):
        due = item.due_at.astimezone(context.facts.now.tzinfo).date()
        if item.settled or item.id == context.report.obligation.id:
            found.append(text("report.receipt.round_done", round=item.called))
        elif context.facts.now > item.due_at:
            found.append(text("report.receipt.round_late", round=item.called, due=due))
        else:
            found.append(text("report.receipt.round_due", round=item.called, due=due))
    return found


def _next(context: Context) -> tuple[Button, ...]:
    """The next report, when another one is owed already."""
    this = context.report.obligation.id
    open_ones = (item for item in context.facts.obligations if not item.settled and not item.closed)
    return (command("menu.button.report"),) if any(item.id != this for item in open_ones) else ()
