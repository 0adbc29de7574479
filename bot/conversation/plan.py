"""แผน: the contractor's plan, and what was reported against it. For knowing only: contractors are never reminded."""

from __future__ import annotations

from bot.conversation.duty_facts import ContractorPlan, WatchedDuty
from bot.conversation.facts import Facts
from bot.conversation.say import command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Value, Words, text

READERS = ("officer", "deputy", "head", "staff", "admin")
MOST_LINES = 11
"""Lines of a card."""


def show(state: State, facts: Facts) -> Turn:
    """The plan as it was uploaded, then each duty: planned until today against reported."""
    if facts.person is None or not facts.person.holds(*READERS):
        return Turn(state, (sentence("plan.not_yours", command("button.menu")),))
    plan = facts.ask(ContractorPlan())
    if not plan.lines and not plan.duties:
        return Turn(state, (sentence("plan.none"),))
    pages = [plan.lines[start : start + MOST_LINES] for start in range(0, len(plan.lines), MOST_LINES)]
    cards = [Bubble(page, title=text("plan.title"), card=True) for page in pages]
    if plan.duties:
        lines: list[Words] = [line for duty in plan.duties for line in _lines(duty)]
        cards.append(Bubble((*lines, text("plan.for_knowing")), title=text("plan.against"), card=True))
    return Turn(state, tuple(cards))


def _lines(duty: WatchedDuty) -> tuple[Words, ...]:
    """รายงานประจำสัปดาห์: ตามแผนถึงวันนี้ 2 จาก 4 ครั้ง, and what was reported, where the province reports of it."""
    return (_planned(duty), *((_reported(duty),) if duty.reported else ()))


def _planned(duty: WatchedDuty) -> Words:
    words: dict[str, Value] = {"title": duty.title, "times": duty.times}
    if not duty.dated:
        return text("plan.undated" if duty.times else "plan.unplanned", **words)
    if duty.times == 1:
        due = duty.following or duty.so_far[-1]
        return text("plan.once" if duty.following else "plan.once_past", due=due, title=duty.title)
    if duty.following is None:
        return text("plan.planned", n=len(duty.so_far), **words)
    return text("plan.planned_next", n=len(duty.so_far), following=duty.following, **words)


def _reported(duty: WatchedDuty) -> Words:
    if duty.count is None:
        return text("plan.not_reported")
    key = "plan.reported_behind" if duty.count < len(duty.so_far) else "plan.reported"
    behind = len(duty.so_far) - duty.count
    if duty.last:
        return text(f"{key}_last", n=duty.count, behind=behind, last=duty.last)
    return text(key, n=duty.count, behind=behind)
