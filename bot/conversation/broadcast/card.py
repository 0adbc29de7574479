"""The preview of what is about to be sent (S-02): to how many, at what cost, what is left, and the ways on."""

from __future__ import annotations

import datetime as dt

from bot.conversation.broadcast_facts import (
    ALL,
    ANNOUNCING,
    ASKED,
    NAMED,
    Audience,
    Budget,
    BudgetFacts,
    Reach,
    ReachOf,
)
from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.say import bubble, sentence, tap
from bot.messages.bubbles import Bubble, Button, Day, Text, Words, text

REMINDER = "reminder"


def audience_name(audience: Audience, areas: tuple[AreaFacts, ...]) -> Text:
    """As it was said: the group, the districts, or a group of some districts."""
    names = tuple(area.short for area in areas)
    if audience.group == NAMED:
        return text("broadcast.to.named", list=names)
    name = text(f"broadcast.to.{audience.group}")
    return text("broadcast.to.group_of", group=name, list=names) if names and audience.group != ALL else name


def reach_of(facts: Facts, audience: Audience, kind: str) -> tuple[Reach, BudgetFacts]:
    """Whom it would reach now, and what the month's quota says to that."""
    reminder = kind == REMINDER
    reach = facts.ask(ReachOf(audience, reminder))
    return reach, facts.ask(Budget(reach.messages, ASKED if reminder else ANNOUNCING))


def budget_line(budget: BudgetFacts) -> Text:
    if budget.left is None or budget.limit is None:
        return text("broadcast.no_limit")
    return text("broadcast.left", left=budget.left, limit=budget.limit)


def purposes(names: tuple[str, ...]) -> tuple[Text, ...]:
    """Entries of the plan by the names that people know them by."""
    return tuple(text(f"quota.purpose.{name.rpartition(':')[2]}") for name in names)


def cost_lines(facts: Facts, audience: Audience, kind: str) -> tuple[Words, ...]:
    """To how many, what it costs, what is left, who is missing, what gives way."""
    reach, budget = reach_of(facts, audience, kind)
    key = "broadcast.cost_districts" if kind == REMINDER else "broadcast.cost"
    lines: list[Words] = [text(key, people=reach.people, districts=len(reach.areas), messages=reach.messages)]
    lines.append(budget_line(budget))
    if reach.nobody:
        lines.append(text("broadcast.nobody_there", list=tuple(area.short for area in reach.nobody)))
    if reach.lately:
        lines.append(text("broadcast.lately", people=reach.lately))
    if budget.first_dropped:
        lines.append(text("broadcast.dropped_first", list=purposes(budget.first_dropped)))
    if kind == REMINDER:
        lines.append(text("broadcast.guarded"))
    return tuple(lines)


def when_line(send_at: dt.datetime | None) -> tuple[Text, ...]:
    return () if send_at is None else (text("broadcast.send_at", day=Day(send_at.date()), time=send_at),)


def preview(facts: Facts, audience: Audience, kind: str, key: str, send_at: dt.datetime | None = None) -> Bubble:
    """The card with its buttons; `send_at` (civil) when it is to go out later."""
    lines = (*when_line(send_at), *cost_lines(facts, audience, kind))
    return bubble(*lines, buttons=buttons(kind, key, send_at), card=True)


def buttons(kind: str, key: str, send_at: dt.datetime | None = None, sure: str = "") -> tuple[Button, ...]:
    """[ยืนยันส่ง] carries the time and the doubts that were settled, so that it means the same a week later."""
    data = {"k": key, "at": send_at.isoformat() if send_at else "", "sure": sure}
    confirm = tap(
        "broadcast.button.confirm_send", "many_send", **{name: value for name, value in data.items() if value}
    )
    cancel = tap("button.cancel", "many_cancel", k=key)
    if kind == REMINDER:
        return (confirm, tap("broadcast.button.see_words", "many_words", k=key), cancel)
    ways = (
        tap("broadcast.button.schedule", "many_when", k=key),
        tap("broadcast.button.edit_words", "many_edit", k=key),
    )
    return (confirm, *ways, cancel)


def as_received(words: str) -> Bubble:
    """An announcement as people get it: the sender's office above the words."""
    return sentence("broadcast.message", words=words)
