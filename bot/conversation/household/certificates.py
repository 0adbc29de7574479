"""Certificates as they are looked up: a leader's own, those that wait for an inspector, those of a province (L-07)."""

from __future__ import annotations

from bot.conversation.broadcast_effects import SawWaitingSummaries
from bot.conversation.certificate_facts import (
    Certificates,
    CertificatesIn,
    CertifiedSummary,
    StandingOf,
    WaitingSummary,
)
from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.household.counted import MOST, count_lines, missing_lines
from bot.conversation.household.which import villages
from bot.conversation.say import command
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Link, Words, text

_INSPECTORS = ("officer", "deputy", "head")
_STAFF = ("staff", "admin")
MOST_NAMED = 3
"""Villages that one sentence names."""
MOST_BUBBLES = 4
"""Of one answer: LINE takes five, and one may be said before."""


def show(state: State, facts: Facts) -> Turn:
    """ใบรับรอง: what there is, and what waits for this person's signature."""
    person = facts.person
    if person is None:
        return Turn(state)
    shown = [_of_village(village, facts) for village in villages(facts)]
    effects = (SawWaitingSummaries(),) if person.areas(*_INSPECTORS) else ()
    for area in (*person.areas(*_INSPECTORS), *person.areas(*_STAFF)):
        shown += _of_area(facts.ask(CertificatesIn(area.code)))
    return Turn(state, tuple(shown[:MOST_BUBBLES]), effects)


def _of_village(village: AreaFacts, facts: Facts) -> Bubble:
    standing = facts.ask(StandingOf(village.code))
    lines: list[Words] = []
    ways: list[Button] = []
    if standing.certified is not None:
        lines.append(text("certificate.stands", area=village.name, reference=standing.certified.reference))
        ways.append(_open(standing.certified))
    if standing.waiting_since is not None:
        lines.append(text("certificate.waits_for_inspector", area=village.name))
    if not lines:
        lines.append(text("certificate.none_yet", area=village.name))
        ways.append(command("menu.button.close"))
    return Bubble(tuple(lines), tuple(ways))


def _of_area(found: Certificates) -> list[Bubble]:
    """How many are certified, with the newest to open; then a card for each that waits, the oldest first."""
    lines: list[Words] = [text("certificate.of_area", area=found.area.name, n=found.certified, total=found.villages)]
    if found.waits:
        lines.append(text("certificate.wait_for_you", n=found.waits))
    opened = tuple(
        Link(text("certificate.button.open_one", reference=one.reference), one.address) for one in found.newest
    )
    return [Bubble(tuple(lines), opened), *(waiting(one) for one in found.waiting)]


def waiting(found: WaitingSummary) -> Bubble:
    """The card of L-06 for an inspector: the counts that the leader has signed, and the page to sign them too."""
    lines: list[Words] = [*count_lines(found.counts, found.cases), *missing_lines(found.counts, MOST)]
    if found.further:
        lines.append(text("certificate.is_further"))
    lines.append(text("certificate.signed_by_leader", leader=found.leader, time=found.good_until))
    sign = Link(text("certificate.button.sign"), found.address)
    return Bubble(tuple(lines), (sign,), title=text("certificate.summary_of", area=found.village.name))


def certified(found: CertifiedSummary, *, thanks: bool = False) -> Bubble:
    """L-07: both have signed."""
    words = {"area": found.village.name, "inspector": found.inspector, "leader": found.leader}
    lines: list[Words] = [text("certificate.certified", **words, reference=found.reference)]
    if thanks:
        lines.append(text("certificate.thanks"))
    return Bubble(tuple(lines), (_open(found),))


def unchanged(found: CertifiedSummary) -> Bubble:
    """Nothing has changed since the newest certificate."""
    words = text("certificate.unchanged", area=found.village.name, reference=found.reference)
    return Bubble((words,), (_open(found),))


def _open(found: CertifiedSummary) -> Link:
    return Link(text("certificate.button.open"), found.address)
