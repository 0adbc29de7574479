"""What was true before a job began, and what must be true after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from benchmarks.journeys.player import JourneyError, Player, wording
from benchmarks.journeys.words import name
from models.campaign import Round
from models.obligation import Obligation, Report
from services.calendar import BANGKOK
from tests.support.chat import Phone, Town

DISTRICT, VILLAGE, PROVINCE = "4207", "42070605", "42"
FIRST_MORNING = dt.datetime(2021, 6, 8, 9, 0, tzinfo=BANGKOK)
SECOND_MORNING = dt.datetime(2021, 6, 15, 9, 0, tzinfo=BANGKOK)
"""When the campaign's plan opens rounds 1 and 2."""
DUE_DAY = dt.datetime(2021, 6, 11, 13, 0, tzinfo=BANGKOK)

FIRST = ("21 15", "3150 3040", "40 35 12 38 9")
"""Villages, households and cases of round 1; made up like all figures here."""
CHANGED = {5: 33, 6: 28, 8: 4720, 9: 4590, 10: 44, 11: 38, 12: 10, 13: 52, 14: 14}
"""Boxes that moved until round 2."""


def officer(town: Town, role: str = "officer", *, computer: bool = False) -> Player:
    return Player(town, town.person(name("officer"), role, DISTRICT), computer)


def leader(town: Town) -> Player:
    return Player(town, town.person(name("leader"), "leader", VILLAGE))


def staff(town: Town) -> Player:
    return Player(town, town.person(name("staff"), "staff", PROVINCE))


def morning(town: Town, when: dt.datetime) -> None:
    """The clock goes on to `when`: reminders are planned and sent."""
    town.clock.civil = when
    for row in town.runtime.reminders.plan():
        town.queue.ring("send_outbox", row)
    town.work()


def province_knows(town: Town, round_number: int = 1) -> None:
    """The province has given its figures of rows 3 and 4 for the round."""
    phone = town.person(name("staff of the province's figures"), "staff", PROVINCE)
    phone.say(wording("menu.button.province_values"))
    weekly = f"23={round_number} 24={7 * round_number}/6/64"
    for words in ("1", weekly, "25=1 26=28/5/64", wording("button.confirm")):
        phone.say(words)
    require(len(sent(town, PROVINCE, round_number)) == 1, "the province's figures are sent")


def answers() -> tuple[str, ...]:
    """All answers of round 1, typed, where the province has given its figures."""
    return ("2", "1", *FIRST, "30/6/64", "2", "0", "1", wording("report.button.none"))


def answered(phone: Phone, count: int) -> None:
    """Begin the report and answer its first `count` questions."""
    phone.say(wording("menu.button.report"))
    for words in answers()[:count]:
        phone.say(words)


def reported(phone: Phone) -> None:
    """Send the whole report."""
    answered(phone, len(answers()))
    phone.say(wording("report.button.confirm_send"))
    require(len(sent(phone.town)) == 1, "round 1 is sent")


def second_round(town: Town) -> Player:
    """The officer on the morning when round 2 opens, with the reminder in hand; round 1 was sent."""
    province_knows(town)
    player = officer(town)
    reported(player.phone)
    town.work()
    town.clock.civil = SECOND_MORNING
    province_knows(town, 2)
    morning(town, SECOND_MORNING)
    player.opens_reminder()
    return player


def sent(town: Town, area: str = DISTRICT, round_number: int = 1) -> Sequence[Report]:
    """Every version of the area's report, oldest first."""
    wanted = select(Obligation.id).join(Round).where(Obligation.area_code == area, Round.number == round_number)
    with town.runtime.sessions() as session:
        return session.scalars(select(Report).where(Report.obligation_id.in_(wanted)).order_by(Report.number)).all()


def require(what: bool, words: str) -> None:  # noqa: FBT001 - a condition, as assert takes one
    """Raises JourneyError with `words` unless `what` holds."""
    if not what:
        raise JourneyError(words)
