"""ใบรับ: receipts of what was sent, again: reference, version, when, late or not, how it stands, what is owed."""

from __future__ import annotations

import datetime as dt

from bot.conversation import documents
from bot.conversation.facts import Facts
from bot.conversation.receipt_facts import ReceiptFacts, Receipts
from bot.conversation.report.choose import next_due
from bot.conversation.say import by, command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Day, Text, Words, text

MOST = 4
"""Receipts at once; LINE takes five bubbles."""


def show(state: State, facts: Facts, round_number: int | None = None) -> Turn:
    """Of every round, the newest last, or of the one that was named."""
    every = facts.ask(Receipts())
    found = [item for item in every if round_number is None or (not item.duty and item.round_number == round_number)]
    if not found:
        nothing = "receipt.none" if round_number is None else "receipt.none_of_round"
        words = {} if round_number is None else {"round": round_number}
        return Turn(state, (sentence(nothing, command("menu.button.owe"), **words),))
    shown = found[-MOST:]
    return Turn(state, tuple(_receipt(item, facts, last=item is shown[-1]) for item in shown))


def _receipt(item: ReceiptFacts, facts: Facts, *, last: bool) -> Bubble:
    at = item.sent_at.astimezone(facts.now.tzinfo)
    which = "report.receipt.which" if item.version == 1 else "report.receipt.which_amended"
    lines: list[Words] = [
        text(which, area=item.area.name, round=item.called, version=max(item.version - 1, 1)),
        text("report.receipt.reference", reference=item.reference),
        text("receipt.sent", day=Day(at.date()), time=at, who=by(item.by, item.phoned_by), timing=_timing(item, facts)),
        text("receipt.state", state=_state(item, facts)),
    ]
    if last:
        lines += _still_owed(facts)
    buttons: tuple[Button, ...] = (command("menu.button.owe"),) if last else ()
    buttons = (*documents.printed(item.obligation_id, facts), *buttons)
    return Bubble(tuple(lines), buttons, title=text("receipt.title"), card=True)


def _timing(item: ReceiptFacts, facts: Facts) -> Text:
    days = (item.due_at.astimezone(facts.now.tzinfo).date() - item.sent_at.astimezone(facts.now.tzinfo).date()).days
    if days > 0:
        return text("report.receipt.early", days=days)
    return text("report.receipt.on_time") if days == 0 else text("receipt.late", days=-days)


def _state(item: ReceiptFacts, facts: Facts) -> Text:
    if item.decided_at is None or item.state not in {"accepted", "returned"}:
        return text(f"receipt.state_of.{item.state}")
    at = item.decided_at.astimezone(facts.now.tzinfo)
    return text(f"receipt.state_on.{item.state}", day=Day(at.date()))


def _still_owed(facts: Facts) -> list[Text]:
    owed = [item for item in facts.obligations if not item.settled and not item.closed]
    if not owed:
        return [text("receipt.nothing_owed"), *next_due(facts)]
    due = [text("receipt.owed_round", round=item.called, due=Day(_day(item.due_at, facts))) for item in owed]
    return [text("receipt.owed", list=tuple(due))]


def _day(instant: dt.datetime, facts: Facts) -> dt.date:
    return instant.astimezone(facts.now.tzinfo).date()
