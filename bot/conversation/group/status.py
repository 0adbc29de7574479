"""How far a district's reports are, as it can be said before everybody: rounds, states, dates. No figure, no name."""

from __future__ import annotations

from bot.conversation.facts import AreaFacts
from bot.conversation.group.facts import GroupFacts, RoundState
from bot.conversation.say import sentence
from bot.messages.bubbles import Bubble, Day, Text, Words, text
from bot.reading.group import GroupWish

MOST_ROUNDS = 4
"""Lines about rounds in one bubble."""
_ELSEWHERE = {"report": "group.report_in_private", "private": "group.in_private", "leave": "group.in_private"}
"""Wishes that are for the private chat, or not this person's to have."""


def answer(wish: GroupWish, facts: GroupFacts) -> Bubble:
    """The answer in the group that is linked with a district."""
    area = facts.area
    if area is None:
        raise ValueError("the group is nobody's")
    if wish.kind in _ELSEWHERE:
        return sentence(_ELSEWHERE[wish.kind])
    if wish.kind == "due":
        return _due(area, facts)
    if not facts.may_see:
        return sentence("group.stranger", area=area.name)
    told = {"missing": _missing, "summary": _summary}.get(wish.kind)
    return told(area, facts) if told is not None else sentence("group.menu", area=area.name)


def _opened(facts: GroupFacts) -> tuple[RoundState, ...]:
    return tuple(item for item in facts.rounds if item.opened)


def _next_due(facts: GroupFacts) -> tuple[RoundState, ...]:
    """Rounds whose day is still to come and that are still owed."""
    return tuple(item for item in facts.rounds if item.owed and item.due_at >= facts.now)


def _due(area: AreaFacts, facts: GroupFacts) -> Bubble:
    coming = _next_due(facts)[:MOST_ROUNDS]
    if not coming:
        return sentence("group.no_due", area=area.name)
    lines = tuple(text("group.due_line", round=item.called, due=_day(item, facts)) for item in coming)
    return Bubble((text("group.due", area=area.name), *lines))


def _missing(area: AreaFacts, facts: GroupFacts) -> Bubble:
    opened = _opened(facts)
    owed = [item for item in opened if item.owed]
    if not opened:
        return sentence("group.no_round", area=area.name)
    if not owed:
        return sentence("group.all_sent", area=area.name)
    lines: list[Words] = [_line(item, facts) for item in owed[:MOST_ROUNDS]]
    if len(owed) > MOST_ROUNDS:
        lines.append(text("group.more_rounds", n=len(owed) - MOST_ROUNDS))
    return Bubble((text("group.missing", area=area.name), *lines))


def _summary(area: AreaFacts, facts: GroupFacts) -> Bubble:
    """Five lines at most."""
    opened = _opened(facts)
    if not opened:
        return sentence("group.no_round", area=area.name)
    asked = [item for item in opened if item.own and item.state != "waived"]
    sent = sum(item.state == "sent" for item in asked)
    lines: list[Words] = [text("group.summary", area=area.name, sent=sent, total=len(asked))]
    owed = [item for item in opened if item.owed]
    lines += [_line(item, facts) for item in owed[-2:]]
    coming = [item for item in _next_due(facts) if not item.opened][:1]
    lines += [text("group.next", round=item.called, due=_day(item, facts)) for item in coming]
    return Bubble((*lines, text("group.figures_in_private")))


def _line(item: RoundState, facts: GroupFacts) -> Text:
    past = item.due_at < facts.now
    when = text("group.past" if past else "group.until", due=item.due_at.astimezone(facts.now.tzinfo).date())
    if item.state == "half":
        return text("group.round.half", round=item.called, left=item.left, when=when)
    return text(f"group.round.{item.state}", round=item.called, when=when)


def _day(item: RoundState, facts: GroupFacts) -> Day:
    return Day(item.due_at.astimezone(facts.now.tzinfo).date())
