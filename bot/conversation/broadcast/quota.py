"""โควตา: what is left of the month's messages, what the plan needs, what gives way first; R-07 when it is out."""

from __future__ import annotations

from bot.conversation.broadcast import group_text
from bot.conversation.broadcast.card import purposes
from bot.conversation.broadcast_facts import Budget
from bot.conversation.facts import Facts
from bot.conversation.say import bubble, command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Words, text


def show(state: State, facts: Facts) -> Turn:
    budget = facts.ask(Budget())
    if budget.left is None or budget.limit is None:
        return Turn(state, (sentence("broadcast.no_limit"),))
    lines: list[Words] = [text("quota.standing", used=budget.used, limit=budget.limit, left=budget.left)]
    lines.append(text("quota.planned", n=budget.planned))
    if budget.first_dropped:
        lines.append(text("broadcast.dropped_first", list=purposes(budget.first_dropped)))
    else:
        lines.append(text("quota.enough"))
    if budget.left:
        return Turn(state, (bubble(*lines, buttons=(command("broadcast.button.group_text"),), card=True),))
    return Turn(state, (bubble(*lines, card=True), *group_text.bubbles(facts, None)))
