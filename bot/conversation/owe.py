"""What do I owe: every round of every area that the person answers for, with its state."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.duty_facts import CertifiedFacts, CertifiedOf
from bot.conversation.facts import AreaFacts, Facts, ObligationFacts
from bot.conversation.household.house_facts import HousesOf
from bot.conversation.report.choose import next_due
from bot.conversation.report.context import Context, remaining
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Day, Text, Words, text


def what_do_i_owe(state: State, facts: Facts) -> Turn:
    bubbles = [*_reports(facts), *_villages(facts)]
    nothing = Bubble((text("owe.nothing"), *next_due(facts)))
    return Turn(state, tuple(bubbles) or (nothing,))


def _reports(facts: Facts) -> list[Bubble]:
    """One card for each area."""
    areas = dict.fromkeys(item.area for item in facts.obligations)
    return [_card(facts, [item for item in facts.obligations if item.area == area]) for area in areas]


def _card(facts: Facts, owed: list[ObligationFacts]) -> Bubble:
    open_ones = [item for item in owed if not item.settled and not item.closed]
    lines: list[Words] = [text("owe.of_area", area=owed[0].area.name)]
    lines += [_line(item, facts) for item in owed]
    given = (item for item in open_ones if item.assigned_to is not None)
    lines += [text("owe.assigned", round=item.called, who=item.assigned_name) for item in given]
    if not open_ones:
        lines += [text("owe.nothing"), *next_due(facts)]
    lines += _certified(facts, owed[0].area)
    buttons: tuple[Button, ...] = (command("menu.button.report"),) if open_ones else ()
    return Bubble(tuple(lines), buttons, card=True)


def _line(item: ObligationFacts, facts: Facts) -> Words:
    due = Day(item.due_at.astimezone(facts.now.tzinfo).date())
    if item.settled:
        return text("owe.line_done", round=item.called, state=_done(item))
    late = facts.now > item.due_at
    if item.asked:
        return text("owe.line_asked", round=item.called, due=due)
    if item.returned and not item.closed:
        return text("owe.line_owed", round=item.called, due=due, state=text("state.returned"))
    if item.draft_exists and not item.closed:
        context = Context.of(facts, facts.ask(ReportOf(item.id)))
        half = "owe.line_half_late" if late else "owe.line_half"
        return text(half, round=item.called, due=due, n=remaining(context))
    state = text("state.closed" if item.closed else "state.not_reported")
    if item.duty:  # its name says when it is due
        return text("owe.line_duty_late" if late else "owe.line_duty", round=item.called, state=state)
    return text("owe.line_late" if late else "owe.line_owed", round=item.called, due=due, state=state)


def _certified(facts: Facts, area: AreaFacts) -> list[Words]:
    """What the villages of a district, or a village itself, have to certify: one line for each duty."""
    if area.kind not in {"district", "village"}:
        return []
    return [_certificate(found, area, facts) for found in facts.ask(CertifiedOf(area.code))]


def _certificate(found: CertifiedFacts, area: AreaFacts, facts: Facts) -> Words:
    due = found.due_at.astimezone(facts.now.tzinfo).date()
    if area.kind == "district":
        return text("owe.certified", title=found.title, done=found.done, total=found.total, due=due)
    return text("owe.certified_done" if found.done else "owe.certified_owed", title=found.title, due=due)


def _done(item: ObligationFacts) -> Text:
    """How far it has come: sent, late, accepted, waived."""
    if item.locked:
        return text(f"state.{item.state}")
    return text("state.sent_late" if item.late else "state.sent")


def _villages(facts: Facts) -> list[Bubble]:
    villages = facts.person.areas("leader") if facts.person else ()
    bubbles = []
    for village in villages:
        houses = facts.ask(HousesOf(village.code))
        left = len(houses.outstanding)
        if not houses.registered:
            bubbles.append(sentence("owe.leader_no_register", area=village.name, total=houses.done))
        elif left:
            bubbles.append(sentence("owe.leader", area=village.name, left=left))
        else:
            bubbles.append(sentence("owe.leader_nothing", area=village.name))
        bubbles[-1] = replace(bubbles[-1], lines=(*bubbles[-1].lines, *_certified(facts, village)))
    return bubbles
