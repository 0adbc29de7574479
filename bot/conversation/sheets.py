"""Paper ordered in the chat: ใบเยี่ยม ภูเรือ, ใบเยี่ยม หมู่ 5 สานตม, ป้ายเข้าร่วม. The answer is a button that opens the file."""

from __future__ import annotations

from bot.conversation.facts import AreaFacts, Districts, Facts
from bot.conversation.inputs import Incoming
from bot.conversation.say import heard, sentence
from bot.conversation.sheet_facts import SIGNS, VISIT, SheetOf, VillagesNamed
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Link, text
from bot.reading.outcome import Action

OFFICE = ("officer", "deputy", "head")
STAFF = ("staff", "admin")
MOST = 8
"""Villages offered as buttons."""


def typed(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """The answer to an order for paper; None for any other words, and for those who have no villages."""
    order = facts.reader.order(said.text)
    if order is None or order.verb not in {VISIT, SIGNS} or facts.person is None:
        return None
    districts = _districts(facts)
    if not districts:
        own = facts.person.areas("leader")
        return Turn(state, (_files(own, order.verb, facts),)) if own else None
    if not order.about:
        return _without_name(state, order.verb, districts, facts)
    return _named(state, said, order.verb, order.about, districts, facts)


def _districts(facts: Facts) -> tuple[AreaFacts, ...]:
    """Whose paper this person may print: provincial staff every district's."""
    if facts.person is not None and facts.person.holds(*STAFF):
        return facts.ask(Districts())
    return facts.person.areas(*OFFICE) if facts.person is not None else ()


def _without_name(state: State, kind: str, districts: tuple[AreaFacts, ...], facts: Facts) -> Turn:
    """Of the only district; a leader of a village as well has that one too."""
    own = facts.person.areas("leader") if facts.person is not None else ()
    if len(districts) > 1:
        return Turn(state, (sentence(f"sheet.{kind}.which_district", example=districts[0].short),))
    return Turn(state, (_files((*districts, *own), kind, facts),))


def _named(state: State, said: Incoming, kind: str, about: str, districts: tuple[AreaFacts, ...], facts: Facts) -> Turn:
    reading = facts.reader.district(about, [area.short for area in districts])
    if reading.action is not Action.ASK:
        meant = next(area for area in districts if area.short == reading.value)
        return Turn(state, (_files((meant,), kind, facts),))
    inside = tuple(area.code for area in districts)
    found = facts.ask(VillagesNamed(inside, facts.reader.village(about)))
    if not found or len(found) > MOST:
        key = "sheet.too_many" if found else "sheet.unknown"
        return Turn(state, (sentence(key, heard=heard(said.text), example=text(f"sheet.{kind}.example")),))
    return Turn(state, (_files(found, kind, facts),))


def _files(areas: tuple[AreaFacts, ...], kind: str, facts: Facts) -> Bubble:
    """A button for each area's file."""
    files = [(area, facts.ask(SheetOf(area.code, kind))) for area in areas]
    there = [(area, file) for area, file in files if file.villages]
    if not there:
        return sentence("sheet.no_villages", area=areas[0].name)
    until = there[0][1].good_until
    if len(there) > 1:
        ways = tuple(Link(text("sheet.button.of_area", area=area.name), file.address) for area, file in there)
        return sentence("sheet.choose", *ways)
    area, file = there[0]
    opening = Link(text("sheet.button.open"), file.address)
    if file.villages > 1:
        return sentence(f"sheet.{kind}.ready_many", opening, area=area.name, n=file.villages, day=until.date())
    return sentence(f"sheet.{kind}.ready", opening, area=area.name, day=until.date())
