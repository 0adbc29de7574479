"""Saying whose group it is: an officer, deputy or head for their own district, the province's staff for any."""

from __future__ import annotations

from bot.conversation.facts import AreaFacts
from bot.conversation.group.facts import GroupFacts
from bot.conversation.group.turn import GroupTurn, LinkGroup
from bot.conversation.say import heard, sentence
from bot.conversation.state import IDLE, State
from bot.messages.bubbles import Bubble
from bot.reading.group import GroupWish

REPORTING = ("officer", "deputy", "head")


def own(facts: GroupFacts) -> tuple[AreaFacts, ...]:
    """The districts that the speaker reports for."""
    held = facts.person.areas(*REPORTING) if facts.person is not None else ()
    return tuple(area for area in held if area.kind == "district")


def may_link(facts: GroupFacts) -> bool:
    return facts.staff or bool(own(facts))


def may_part(facts: GroupFacts) -> bool:
    """Who may send us away: staff, and the offices of the group's district; of nobody's group any office."""
    mine = own(facts)
    return facts.staff or (facts.area in mine if facts.area is not None else bool(mine))


def example(facts: GroupFacts) -> str:
    """A district to put into an example: no one's own, so that nobody copies it unseen."""
    return facts.districts[-1].short if facts.districts else ""


def link(state: State, wish: GroupWish, facts: GroupFacts) -> GroupTurn:
    """Link the group, or say what is wanted for it."""
    if not may_link(facts):
        return GroupTurn(state, sentence("group.link.not_yours"))
    found = _wanted(wish.about, facts)
    if isinstance(found, Bubble):
        return GroupTurn(state, found)
    if facts.area is not None and facts.area.code == found.code:
        return GroupTurn(state, sentence("group.link.already", area=found.name))
    if facts.area is not None and not facts.staff:
        return GroupTurn(state, sentence("group.link.elsewhere", area=facts.area.name))
    return GroupTurn(IDLE, sentence("group.link.done", area=found.name), (LinkGroup(found.code),))


def _wanted(name: str, facts: GroupFacts) -> AreaFacts | Bubble:
    """The district that is meant, or what to say when it is none of the speaker's, or not plain."""
    mine = own(facts)
    if not name:
        return mine[0] if len(mine) == 1 else sentence("group.link.which", district=example(facts))
    every = {area.short: area for area in facts.districts}
    named = every.get(facts.reader.district(name, tuple(every)).value or "")
    if named is None:
        return sentence("group.link.unknown", heard=heard(name), district=example(facts))
    if facts.staff or named in mine:
        return named
    return sentence("group.link.other", list=tuple(area.short for area in mine))
