from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar import BANGKOK, WorkingDays, at, day_of
from services.reminders.entries import Entry, Quiet, entries, stage, turns
from tests.unit.campaigns.files import LOEI, yaml_of

PLAN = entries(yaml_of(LOEI / "campaign.yaml"))
ENTRY = {entry.key: entry for entry in PLAN}
WEEKDAYS = WorkingDays(frozenset())
DUE = dt.date(2021, 6, 11)
QUIET = Quiet(dt.time(20), dt.time(7))


def june(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2021, 6, day, hour, minute, tzinfo=BANGKOK)


def sent_at(now: dt.datetime, days: WorkingDays = WEEKDAYS) -> dict[str, str]:
    """Which entry each role would hear at that instant."""
    return {role: turn.entry.key for turn in turns(PLAN, DUE, now, days) for role in turn.roles}


TIMES = st.times(timezones=st.none())
INSTANTS = st.integers(0, 36 * 24 * 60).map(lambda minutes: june(1, 0) + dt.timedelta(minutes=minutes - 7 * 24 * 60))
"""Any minute from a week before June to its end."""
DAYS = st.frozensets(st.dates(dt.date(2021, 5, 25), dt.date(2021, 6, 30)), max_size=8).map(WorkingDays)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Any plan, also one that nobody would write."""
    written: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 5))):
        time = draw(st.times(timezones=st.none())).replace(second=0, microsecond=0)
        written.append(
            {
                "key": f"entry{number}",
                "when": {"working_days": draw(st.integers(-4, 3)), "at": time.isoformat()},
                "to": draw(st.lists(st.sampled_from(["officer", "deputy", "head"]), min_size=1, unique=True)),
                "only_if_owed": True,
                "catch_up": draw(st.sampled_from(["next", "none"])),
                "working_days_only": draw(st.booleans()),
                "quiet": draw(st.sampled_from([None, {"from": "20:00", "until": "07:00"}])),
            }
        )
    return entries({"reminders": written})


@given(plan=plans(), now=INSTANTS, days=DAYS)
def test_nothing_is_ever_sent_before_its_time_in_quiet_hours_or_on_a_day_off(
    plan: tuple[Entry, ...], now: dt.datetime, days: WorkingDays
) -> None:
    for turn in turns(plan, DUE, now, days):
        assert turn.planned <= now
        assert turn.planned == turn.entry.planned(DUE, days)
        assert turn.entry.quiet is None or not turn.entry.quiet.holds(now.time())
        assert not turn.entry.working_days_only or days.works(day_of(now))


@given(plan=plans(), now=INSTANTS, days=DAYS)
def test_on_another_day_only_words_that_hold_are_made_up_for(
    plan: tuple[Entry, ...], now: dt.datetime, days: WorkingDays
) -> None:
    for turn in turns(plan, DUE, now, days):
        assert turn.entry.catch_up or day_of(turn.planned) == day_of(now)


@given(plan=plans(), now=INSTANTS, days=DAYS)
def test_each_role_hears_one_entry_and_none_that_is_newer_has_come(
    plan: tuple[Entry, ...], now: dt.datetime, days: WorkingDays
) -> None:
    found = turns(plan, DUE, now, days)
    roles = [role for turn in found for role in turn.roles]
    assert len(roles) == len(set(roles))
    for turn in found:
        newer = [
            entry
            for entry in plan
            if turn.planned < entry.planned(DUE, days) <= now and set(entry.to) & set(turn.roles)
        ]
        assert newer == []


@given(plan=plans(), looks=st.lists(INSTANTS, min_size=1, max_size=12), days=DAYS)
def test_however_the_clock_jumps_each_entry_is_sent_to_a_role_once_and_never_after_a_newer_one(
    plan: tuple[Entry, ...], looks: list[dt.datetime], days: WorkingDays
) -> None:
    planned = {entry.key: entry.planned(DUE, days) for entry in plan}
    sent = heard(plan, sorted(looks), days)
    for role in ("officer", "deputy", "head"):
        times = [planned[key] for key, hearer in sent if hearer == role]
        assert times == sorted(times)
    assert len(sent) == len(set(sent))


def heard(plan: tuple[Entry, ...], looks: Iterable[dt.datetime], days: WorkingDays) -> list[tuple[str, str]]:
    """(entry, role) in order; what was sent once is decided, as its unique row says."""
    decided: set[tuple[str, str]] = set()
    found = []
    for now in looks:
        for turn in turns(plan, DUE, now, days):
            new = [(turn.entry.key, role) for role in turn.roles if (turn.entry.key, role) not in decided]
            decided.update(new)
            found += new
    return found


@given(plan=plans(), days=DAYS)
def test_a_clock_that_never_stops_sends_every_entry_that_may_be_sent_at_its_time(
    plan: tuple[Entry, ...], days: WorkingDays
) -> None:
    times = sorted({entry.planned(DUE, days) for entry in plan})
    sent = {key for key, _role in heard(plan, times, days)}
    for entry in plan:
        planned = entry.planned(DUE, days)
        hidden = [each for each in plan if each is not entry and each.planned(DUE, days) == planned]
        if entry.allowed(planned, days) and not hidden:
            assert entry.key in sent


@given(time=TIMES, start=TIMES, end=TIMES)
def test_quiet_hours_and_the_others_fill_the_day(time: dt.time, start: dt.time, end: dt.time) -> None:
    if start != end:
        assert Quiet(start, end).holds(time) is not Quiet(end, start).holds(time)


@pytest.mark.parametrize(
    ("time", "quiet"), [("19:59", False), ("20:00", True), ("00:00", True), ("06:59", True), ("07:00", False)]
)
def test_quiet_hours_go_over_midnight(time: str, quiet: bool) -> None:
    assert QUIET.holds(dt.time.fromisoformat(time)) is quiet


def test_the_calendar_of_june() -> None:
    planned = {entry.key: entry.planned(DUE, WEEKDAYS) for entry in PLAN}
    assert planned == {
        "opening": june(8, 9),
        "day_before": june(10, 9),
        "due_day": june(11, 13, 30),
        "staff_summary": june(11, 16),
        "overdue": june(14, 9),
    }


def test_an_opening_that_was_missed_is_sent_the_next_morning_and_not_at_night() -> None:
    assert sent_at(june(8, 21)) == {}
    assert sent_at(june(9, 6, 59)) == {}
    assert sent_at(june(9, 7)) == {"officer": "opening"}


def test_due_tomorrow_is_never_said_on_another_day() -> None:
    assert sent_at(june(10, 19, 59)) == {"officer": "day_before"}
    assert sent_at(june(11, 8)) == {}


def test_due_today_is_never_said_at_night_or_afterwards() -> None:
    assert sent_at(june(11, 21)) == {}
    assert sent_at(june(12, 10)) == {}


def test_the_word_to_the_late_waits_for_a_working_day() -> None:
    holiday = WorkingDays(frozenset({dt.date(2021, 6, 15)}))
    assert sent_at(june(15, 9), holiday) == {}
    assert sent_at(june(16, 9), holiday) == {"officer": "overdue", "head": "overdue"}


def test_the_words_of_the_morning_after_hold_until_noon() -> None:
    overdue = ENTRY["overdue"]
    assert overdue.fresh(june(14, 9), june(14, 11, 59))
    assert not overdue.fresh(june(14, 9), june(14, 12))
    assert not overdue.fresh(june(14, 9), june(15, 9))


@pytest.mark.parametrize(
    ("now", "key"),
    [
        (june(7, 12), "opening"),
        (june(9, 12), "opening"),
        (june(10, 8), "day_before"),
        (june(11, 8), "due_day"),
        (june(11, 22), "due_day"),
        (june(12, 10), "overdue"),
        (june(20, 10), "overdue"),
    ],
)
def test_a_reminder_by_hand_is_worded_as_the_day_wants(now: dt.datetime, key: str) -> None:
    found = stage(PLAN, DUE, now, WEEKDAYS)
    assert found is not None
    assert found.key == key


def test_a_plan_that_reminds_no_district_has_no_words_for_one_by_hand() -> None:
    assert stage([ENTRY["staff_summary"]], DUE, june(11, 10), WEEKDAYS) is None


def test_an_entrys_own_rule_beats_that_of_the_plan() -> None:
    assert ENTRY["opening"].working_days_only
    assert not ENTRY["due_day"].working_days_only
    assert ENTRY["due_day"].quiet == ENTRY["opening"].quiet == QUIET


def test_a_plan_without_rules_may_remind_at_any_hour() -> None:
    (entry,) = entries({"reminders": [{"key": "a", "when": {"working_days": 0, "at": "23:00"}, "to": ["officer"]}]})
    assert entry.allowed(at(DUE, dt.time(23)), WEEKDAYS)
    assert entry.chain("officer") == ("officer",)
