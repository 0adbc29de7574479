"""ผลการส่ง: who got it and who did not, and why (S-03); announcements that wait for their time, and stopping them."""

from __future__ import annotations

from bot.conversation.broadcast.card import budget_line
from bot.conversation.broadcast.decide import listed
from bot.conversation.broadcast_effects import CancelBroadcast, ToldDelivery
from bot.conversation.broadcast_facts import Budget, DeliveryFacts, LastDelivery, NotSent, Scheduled
from bot.conversation.facts import Facts
from bot.conversation.say import bubble, command, sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Day, Text, Words, text

SHOWN = 4
"""Scheduled announcements with a bubble of their own."""


def show(state: State, facts: Facts) -> Turn:
    """Of the newest that went out; asking is free."""
    found = facts.ask(LastDelivery())
    if found is None:
        return Turn(state, (sentence("broadcast.nothing_sent", command("menu.button.who_owes")),))
    told = () if found.waiting else (ToldDelivery(found.broadcast.key),)
    left = budget_line(facts.ask(Budget()))
    return Turn(state, (bubble(*_head(found, facts), *lines(found), left, card=True),), told)


def _head(found: DeliveryFacts, facts: Facts) -> tuple[Words, ...]:
    sent = found.broadcast
    then = (sent.confirmed_at or sent.created_at).astimezone(facts.now.tzinfo)
    return (text(f"broadcast.delivery_of.{sent.kind}", day=Day(then.date()), time=then, who=sent.by),)


def lines(found: DeliveryFacts) -> tuple[Words, ...]:
    """Sent, on its way, not sent with why."""
    if not found.sent and not found.not_sent:
        return (
            (text("broadcast.waiting", people=found.waiting),) if found.waiting else (text("broadcast.sent_to_nobody"),)
        )
    said: list[Words] = [text("broadcast.sent_to", people=found.sent)]
    if found.waiting:
        said.append(text("broadcast.waiting", people=found.waiting))
    return (*said, *(_not_sent(item) for item in found.not_sent))


def _not_sent(item: NotSent) -> Text:
    if not item.people and item.area is not None and item.at is not None:
        return text("broadcast.not_needed", area=item.area.name, time=item.at)
    return text("broadcast.not_sent", people=item.people, why=_why(item))


def _why(item: NotSent) -> Text:
    if item.why == "settled" and item.area is not None and item.at is not None:
        return text("broadcast.why.just_reported", area=item.area.name, time=item.at)
    return text(f"broadcast.why.{item.why}")


def scheduled(state: State, facts: Facts) -> Turn:
    """ประกาศที่ตั้งเวลา: each with its button."""
    waiting = facts.ask(Scheduled())
    if not waiting:
        return Turn(state, (sentence("broadcast.nothing_scheduled", command("menu.button.announce")),))
    shown = tuple(listed(item, facts) for item in waiting[:SHOWN])
    return Turn(state, (sentence("broadcast.scheduled_head", n=len(waiting)), *shown))


def stop(state: State, facts: Facts) -> Turn:
    """ยกเลิกประกาศ, typed: clear where a single one waits, else they are shown with their buttons."""
    waiting = facts.ask(Scheduled())
    if len(waiting) != 1:
        return scheduled(state, facts)
    return Turn(IDLE, (sentence("broadcast.cancelled", command("button.menu")),), (CancelBroadcast(waiting[0].key),))
