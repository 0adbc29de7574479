"""R-07: when a push cannot be paid for, words to copy into the office's own LINE group; asking for them is free."""

from __future__ import annotations

from bot.conversation.broadcast_facts import Audience, BudgetFacts
from bot.conversation.facts import Facts
from bot.conversation.overview_facts import CurrentOverview, Overview
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Day, Text, Value, text

_JOINED = {"th": " "}
"""Thai parts the names of a list by spaces."""


def show(state: State, facts: Facts) -> Turn:
    """The words about everybody who owes."""
    overview = facts.ask(CurrentOverview())
    if overview is None:
        return Turn(state, (sentence("staff.no_round"),))
    found = bubbles(facts, None)
    nobody = sentence("staff.all_sent", round=overview.round_number, total=overview.total)
    return Turn(state, found or (nobody,))


def bubbles(facts: Facts, audience: Audience | None) -> tuple[Bubble, ...]:
    """What to do with the words, then the words alone, so that a long press copies nothing else."""
    found = words(facts, audience)
    return () if found is None else (sentence("broadcast.group_how"), Bubble((found,)))


def words(facts: Facts, audience: Audience | None) -> Text | None:
    """Whom of the audience (None: all) the round still waits for, to be pasted; None when for nobody."""
    overview = facts.ask(CurrentOverview())
    if overview is None:
        return None
    half = tuple(item.area for item in overview.half_finished)
    areas = dict.fromkeys((*half, *overview.not_started))
    names = tuple(area.short for area in areas if audience is None or area.code in audience.areas)
    if not names:
        return None
    values: dict[str, Value] = {
        "districts": _JOINED.get(facts.catalogue.locale, ", ").join(names),
        "round": overview.round_number,
    }
    return text("broadcast.group_text", when=_when(facts, overview), **values)


def _when(facts: Facts, overview: Overview) -> Text:
    due = overview.due_at.astimezone(facts.now.tzinfo).date()
    if facts.now > overview.due_at:
        return text("broadcast.group_late", due=Day(due))
    return text("broadcast.group_today") if due == facts.now.date() else text("broadcast.group_by", due=Day(due))


def no_room(budget: BudgetFacts, messages: int) -> Bubble:
    """Why it is not sent: the month's messages are used up, or kept for what matters more."""
    if not budget.left:
        return sentence("broadcast.quota_gone")
    return sentence("broadcast.quota_kept", left=budget.left, messages=messages)
