"""Closing a village: its summary with what is still missing, and the page on which its leader signs it (L-06).

What is shown is what is signed: the counts are kept under the page's key in the turn that shows them.
"""

from __future__ import annotations

from bot.conversation.broadcast_effects import ShowSummary
from bot.conversation.certificate_facts import StandingOf, VillageStanding
from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.household import certificates
from bot.conversation.household.counted import MOST, count_lines, missing_lines
from bot.conversation.household.facts import ChecksOf
from bot.conversation.household.which import no_village, village_of, villages
from bot.conversation.inputs import Incoming
from bot.conversation.say import command, sentence, tap
from bot.conversation.sign_facts import SignAddress
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Link, Words, text

LISTED = 30
"""House numbers that the list of what is missing names of a kind."""


def close(state: State, facts: Facts) -> Turn:
    """ปิดหมู่บ้าน: the summary to sign; from an inspector, the summaries that wait for a second signature."""
    if facts.person is not None and not facts.person.holds("leader"):
        return certificates.show(state, facts)
    village = village_of(state, facts)
    if village is None:
        return _which(state, facts)
    found = facts.ask(ChecksOf(village.code))
    if not found.counts.checked:
        shown = sentence("certificate.nothing_checked", command("menu.button.photos"), area=village.name)
        return Turn(state, (shown,))
    standing = facts.ask(StandingOf(village.code))
    if standing.certified is not None and standing.certified.counts == found.counts:
        return Turn(state, (certificates.unchanged(standing.certified),))
    return _to_sign(state, facts, village, standing)


def _which(state: State, facts: Facts) -> Turn:
    """Several villages, and none chosen yet."""
    ways = tuple(
        tap(text("household.button.of_area", area=area.name), "close_village", area=area.code)
        for area in villages(facts)
    )
    return Turn(state, (sentence("household.choose_village", *ways),))


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """One of several villages was chosen."""
    here = state.with_data(village=said.tap.get("area", ""))
    return close(here if village_of(here, facts) is not None else state, facts)


def _to_sign(state: State, facts: Facts, village: AreaFacts, standing: VillageStanding) -> Turn:
    found = facts.ask(ChecksOf(village.code))
    page = facts.ask(SignAddress(village.code, ""))
    counts = found.counts
    gaps = bool(counts.lacking or counts.unchecked)
    lines: list[Words] = [*count_lines(counts, found.cases), *missing_lines(counts, MOST), *_beside(standing)]
    lines.append(text("certificate.with_gaps") if gaps else text("certificate.no_gaps"))
    more = (command("certificate.button.lacking"),) if gaps else ()
    sign = Link(text("certificate.button.sign"), page.address)
    card = Bubble(tuple(lines), (sign, *more), title=text("certificate.summary_of", area=village.name))
    return Turn(state, (card,), (ShowSummary(page.key, village.code, counts.to_json()),))


def _beside(standing: VillageStanding) -> list[Words]:
    """What a new signature means where one was given before."""
    lines: list[Words] = []
    if standing.certified is not None:
        lines.append(text("certificate.further", reference=standing.certified.reference))
    if standing.waiting_since is not None:
        lines.append(text("certificate.replaces"))
    return lines


def lacking(state: State, facts: Facts) -> Turn:
    """ดูหลังที่ยังขาด: every house that something is missing of, by what it is."""
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    counts = facts.ask(ChecksOf(village.code)).counts
    if not counts.total:
        return Turn(state, (sentence("certificate.nothing_checked", command("menu.button.photos"), area=village.name),))
    lines = missing_lines(counts, LISTED)
    if not lines:
        return Turn(state, (sentence("certificate.nothing_lacks", command("menu.button.close"), area=village.name),))
    title = text("certificate.lacking_of", area=village.name)
    return Turn(state, (Bubble(tuple(lines), (command("menu.button.close"),), title=title),))
