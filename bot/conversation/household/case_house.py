"""What a leader typed about houses and cases, as names of households and the campaign's own cases."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.household.case_talk import Step, Talk
from bot.conversation.household.checks import PHOTO, Case
from bot.conversation.household.facts import ChecksOf
from bot.conversation.household.house_facts import HousesOf
from bot.conversation.household.meant import meant
from bot.conversation.household.names import is_unsure
from bot.conversation.household.which import moo_of, villages
from bot.conversation.inputs import Incoming
from bot.reading.cases import UNKNOWN, CaseSaid
from bot.reading.outcome import Action
from bot.reading.phone import holds_personal_number

LONGEST_NOTE = 200
"""Characters of a reason."""


def keys_of(refs: tuple[str, ...], cases: tuple[Case, ...], facts: Facts) -> tuple[str, ...]:
    """The cases that marks or numbers mean; empty when one of them means none of the campaign's."""
    found: list[str] = []
    for ref in refs:
        same = (case.key for case in cases if ref == case.symbol or ref == facts.reader.plain(case.number))
        key = "" if ref == UNKNOWN else next(same, "")
        if not key:
            return ()
        found.append(key)
    return tuple(dict.fromkeys(found))


def village_named(words: str, village: AreaFacts, facts: Facts) -> AreaFacts | None:
    """The village that the words mean: the one that photos are of, or another of the leader's own; None for others."""
    house = facts.reader.house_number(words).value
    moo = house.moo if house is not None else None
    if moo is None or moo == moo_of(village):
        return village
    return next((area for area in villages(facts) if moo_of(area) == moo), None)


def name_in(words: str, village: AreaFacts, facts: Facts, *, doubtful: bool = True) -> str:
    """The household that words name, or that stands in a row of the visit sheet; it may be unsure, and "" for none.

    `doubtful`: also one that was not typed plainly. What is asked next reads it back.
    """
    houses = facts.ask(HousesOf(village.code))
    rows = facts.reader.house_numbers(words)
    if rows is not None:
        one = len(rows.rows) == 1 and rows.rows[0] <= len(houses.rows)
        return houses.rows[rows.rows[0] - 1] if one else ""
    reading = facts.reader.house_number(words)
    plain = reading.action is Action.ACCEPT or (doubtful and reading.action is Action.CONFIRM)
    if not plain or reading.value is None:
        return ""
    return meant(reading.value, facts.reader.plain(words), houses)


def talk_of(said: CaseSaid, message: Incoming, village: AreaFacts, facts: Facts) -> Talk:
    """What was said of one house, as far as it can be understood."""
    cases = facts.ask(ChecksOf(village.code)).cases
    keys = keys_of(said.cases, cases, facts)
    note = "" if holds_personal_number(said.note) or len(said.note) > LONGEST_NOTE else said.note
    return Talk(
        village.code,
        name_in(said.house, village, facts) if said.house else "",
        keys,
        keys_of(said.other, cases, facts) if keys else (),
        note,
        message.message_id,
        moment(message),
        Step.SURE if keys else Step.LIST,
    )


def moment(message: Incoming) -> int:
    """LINE's time of sending, milliseconds."""
    return round(message.sent_at.timestamp() * 1000) if message.sent_at is not None else 0


def speaks_of_a_house(said: CaseSaid) -> bool:
    """Whether words beside the case can name a house at all: a sentence such as วันนี้ไม่อยู่ names none."""
    return not said.house or any(letter.isdigit() for letter in said.house)


def refuses_photo(talk: Talk, facts: Facts) -> bool:
    """Whether one of its cases says that there is no photo, and nothing else: a photo that waits is another house's."""
    known = facts.ask(ChecksOf(talk.village)).cases
    return any(case.key in talk.cases and case.excuses == {PHOTO} for case in known)


def whole(talk: Talk) -> bool:
    """Whether house and case are both known for sure."""
    return bool(talk.house and talk.cases and not talk.other) and not is_unsure(talk.house)


def joined(old: Talk, new: Talk) -> Talk:
    """What was said twice of one house before it was stored: both, to be read back together."""
    cases = tuple(dict.fromkeys([*old.cases, *new.cases]))
    note = new.note or old.note
    message = new.message if new.note else old.message
    step = Step.SURE if cases and new.cases else new.step
    return replace(old, cases=cases, other=(), note=note, message=message, at=new.at, step=step)
