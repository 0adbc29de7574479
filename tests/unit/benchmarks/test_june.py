"""The judge of the simulated June: whatever breaks a promise is found, whatever keeps them all holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from benchmarks.june import page, tables
from benchmarks.june.calendar import DISTRICTS, SLOTS, STAFF, Slot, slot_of, ticks
from benchmarks.june.judge import judge, lines
from benchmarks.june.line import QUOTA_GONE, RATE_LIMITED, BillingLine, Heard, Killed
from benchmarks.june.scenarios import EVERYBODY_REPORTS, NOBODY_REPORTS, SCENARIOS, Played, Scenario, reports
from services.calendar import BANGKOK
from services.ports import SendOutcome
from services.reminders.dropped import Dropped

PEOPLE = {f"{role} {area}": (role, area) for area in DISTRICTS for role in ("officer", "deputy", "head")}
PEOPLE |= {f"staff {number}": ("staff", "42") for number in range(STAFF)}
USUAL = Scenario("as usual")
OPENING, DUE_DAY, SUMMARY = SLOTS[0], SLOTS[2], SLOTS[3]


def everybody(shares: dict[str, float]) -> Played:
    """A June in which everything went as it should."""
    silent = Played(USUAL, 1, [], reports(shares, 1), [], PEOPLE)
    heard = [Heard(user, line.slot.at) for line in lines(silent) for user in sorted(line.expected)]
    return replace(silent, heard=heard)


@pytest.fixture
def perfect() -> Played:
    return everybody(dict(EVERYBODY_REPORTS))


def without(played: Played, slot: Slot) -> Played:
    return replace(played, heard=[each for each in played.heard if each.at != slot.at])


def dropped(slot: Slot, users: int) -> list[Dropped]:
    return [Dropped(slot.kind, slot.round, DISTRICTS[number], number, slot.at) for number in range(users)]


def test_a_june_that_keeps_every_promise_holds(perfect: Played) -> None:
    assert judge(perfect) == []
    assert len(perfect.heard) == 120


def test_when_nobody_reports_everybody_hears_everything() -> None:
    played = everybody(dict(NOBODY_REPORTS))
    assert len(played.heard) == 3 * (14 + 14 + 28 + 28 + 5)
    assert judge(replace(played, scenario=replace(USUAL, most=300))) == []
    assert judge(played) == ["267 messages were billed, more than 180"]


def test_one_person_who_was_not_reminded_is_found(perfect: Played) -> None:
    assert "1 people heard nothing" in judge(replace(perfect, heard=perfect.heard[1:]))[0]


def test_one_word_after_reporting_is_found(perfect: Played) -> None:
    quick = next(area for (area, number), at in perfect.reported.items() if number == 1 and at < OPENING.at)
    played = replace(perfect, heard=[*perfect.heard, Heard(f"officer {quick}", OPENING.at)])
    assert judge(played) == ["opening, round 1: 1 people heard it who should not have"]


def test_one_word_said_twice_is_found(perfect: Played) -> None:
    again = replace(perfect.heard[0], at=perfect.heard[0].at + dt.timedelta(minutes=61))
    assert judge(replace(perfect, heard=[*perfect.heard, again])) == ["opening, round 1: 1 words were said twice"]


def test_a_word_to_the_wrong_role_is_found(perfect: Played) -> None:
    late = next(user for user in PEOPLE if user.startswith("head"))
    played = replace(perfect, heard=[*perfect.heard, Heard(late, DUE_DAY.at)])
    assert judge(played) == ["due_day, round 1: 1 people heard it who should not have"]


def test_a_word_before_its_time_or_at_night_is_found(perfect: Played) -> None:
    early = Heard("officer 4201", OPENING.at - dt.timedelta(minutes=1))
    night = Heard("officer 4201", dt.datetime(2021, 6, 9, 3, 0, tzinfo=BANGKOK))
    assert judge(replace(perfect, heard=[*perfect.heard, early])) == ["1 words belong to no planned time"]
    assert "1 words were sent in quiet hours" in judge(replace(perfect, heard=[*perfect.heard, night]))


def test_what_is_dropped_must_be_listed_and_only_where_the_quota_is_short(perfect: Played) -> None:
    silent = without(perfect, SUMMARY)
    assert judge(silent) != []
    listed = replace(silent, dropped=dropped(SUMMARY, 5))
    assert judge(listed) == ["5 words were dropped"]
    assert judge(replace(listed, scenario=replace(USUAL, drops=True))) == []


def test_the_due_day_must_be_the_last_to_go(perfect: Played) -> None:
    played = replace(without(perfect, DUE_DAY), dropped=dropped(DUE_DAY, 12), scenario=replace(USUAL, drops=True))
    faults = judge(played)
    assert "due_day, round 1: 12 words were dropped" in faults
    assert "due_day, round 1 was dropped before opening" in faults


def test_a_scenario_that_must_drop_and_does_not_is_found(perfect: Played) -> None:
    assert judge(replace(perfect, scenario=replace(USUAL, drops=True))) == ["0 words were dropped"]


@pytest.mark.parametrize("seed", range(20))
def test_the_shares_hold_at_every_planned_time(seed: int) -> None:
    reported = reports(EVERYBODY_REPORTS, seed)
    for slot in SLOTS:
        by_then = sum(at < slot.at for (_area, number), at in reported.items() if number == slot.round)
        assert by_then == round(14 * slot.share)


def test_nobody_reports_while_a_late_word_may_still_be_under_way() -> None:
    for at in reports(EVERYBODY_REPORTS, 1).values():
        assert all(not slot.at <= at < slot.at + dt.timedelta(minutes=70) for slot in SLOTS)


def test_the_clock_looks_at_every_planned_time_and_every_night() -> None:
    found = ticks()
    assert found == sorted(found)
    assert {slot.at for slot in SLOTS} <= set(found)
    assert {instant.hour for instant in found} >= {6, 22}
    assert slot_of(OPENING.at) is OPENING
    assert slot_of(OPENING.at - dt.timedelta(seconds=1)) is None


def test_the_recorder_bills_recipients_once_a_key_and_nothing_over_the_quota() -> None:
    line = BillingLine(now=lambda: OPENING.at, limit=3)
    assert line.multicast({"to": ["a", "b"], "messages": []}, "key").outcome is SendOutcome.SENT
    assert line.multicast({"to": ["a", "b"], "messages": []}, "key").status == 409
    assert line.push({"to": "c", "messages": []}, "other").outcome is SendOutcome.SENT
    assert line.push({"to": "d", "messages": []}, "third") is QUOTA_GONE
    assert (line.billed, line.repeated, line.refusals["quota"]) == (3, 1, 1)


def test_the_recorder_misbehaves_as_it_is_told() -> None:
    line = BillingLine(now=lambda: OPENING.at, refuse_next=1, die_after=1)
    assert line.push({"to": "a", "messages": []}, "key") is RATE_LIMITED
    with pytest.raises(Killed):
        line.push({"to": "a", "messages": []}, "key")
    assert line.billed == 1, "LINE has taken it"


def test_the_page_gets_its_figures_between_the_marks(perfect: Played) -> None:
    found = [replace(perfect, scenario=replace(scenario, most=300)) for scenario in SCENARIOS]
    filled = page.filled(f"before\n{page.BEGIN}\nof last year\n{page.END}\nafter\n", found)
    assert filled.startswith("before\n")
    assert filled.endswith("after\n")
    assert "of last year" not in filled
    assert tables.by_kind(perfect) in filled
    assert page.filled(filled, found) == filled
    with pytest.raises(ValueError, match="june: begin"):
        page.filled("no marks", found)
