"""What may happen in a June, and June played through with it."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.june.calendar import DISTRICTS, FIRST, ROUNDS, SLOTS, Slot, ticks
from benchmarks.june.line import BillingLine, Heard, Killed
from benchmarks.june.town import June, Office
from services.ports import LineGateway
from services.reminders.dropped import Dropped
from tests.support.runtime import StoppedClock
from workers import clock

REQUESTS_BEFORE_THE_CRASH = 3
REFUSED_AS_TOO_FAST = 4
RESTARTED_AFTER = dt.timedelta(minutes=2)
DOWN = dt.timedelta(minutes=60)
EVERYBODY_REPORTS: Mapping[str, float] = {slot.kind: slot.share for slot in SLOTS}
NOBODY_REPORTS: Mapping[str, float] = dict.fromkeys(EVERYBODY_REPORTS, 0.0)


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    shares: Mapping[str, float] = field(default_factory=lambda: EVERYBODY_REPORTS)
    """How many of the districts have reported by each planned time."""
    most: int = 180
    """Messages that it may cost."""
    limit: int | None = 300
    clocks: int = 1
    crashes: bool = False
    too_fast: bool = False
    down: bool = False
    silent_about_quota: bool = False
    drops: bool = False
    """The quota is too small: something is dropped, in its order."""


SCENARIOS = (
    Scenario("as usual"),
    Scenario("two clocks at once", clocks=2),
    Scenario("a crash in the middle of each send", crashes=True),
    Scenario("LINE says: too fast (429)", too_fast=True),
    Scenario("an hour of downtime at each time", down=True),
    Scenario("quota of 60, LINE does not say so (429)", most=60, limit=60, silent_about_quota=True, drops=True),
    Scenario("nobody ever reports", shares=NOBODY_REPORTS, most=300),
    Scenario("nobody ever reports, quota of 200", shares=NOBODY_REPORTS, most=200, limit=200, drops=True),
    Scenario("nobody ever reports, quota of 100", shares=NOBODY_REPORTS, most=100, limit=100, drops=True),
)


@dataclass(frozen=True)
class Played:
    """What is known after a June."""

    scenario: Scenario
    seed: int
    heard: list[Heard]
    reported: dict[tuple[str, int], dt.datetime]
    """When each district's report of a round came in."""
    dropped: list[Dropped]
    people: Mapping[str, tuple[str, str]]
    repeated: int = 0
    refusals: Mapping[str, int] = field(default_factory=dict)


def reports(shares: Mapping[str, float], seed: int) -> dict[tuple[str, int], dt.datetime]:
    """When each district reports: somewhere between two planned times, so that the shares hold at each."""
    chance = random.Random(seed)  # noqa: S311 - which districts are quick is no secret
    found: dict[tuple[str, int], dt.datetime] = {}
    for number in ROUNDS:
        order = chance.sample(DISTRICTS, len(DISTRICTS))
        since = FIRST
        for slot in (each for each in SLOTS if each.round == number):
            by_then = round(len(DISTRICTS) * shares[slot.kind])
            for area in order[:by_then]:
                moment = since + (slot.at - since) * chance.uniform(0.01, 0.99)
                found.setdefault((area, number), moment)
            since = slot.at + dt.timedelta(minutes=75)
    return found


def play(office: Office, folder: Path, scenario: Scenario, seed: int) -> Played:
    """One June through the real services, on simulated time, against the recorder."""
    stopped = StoppedClock(civil=FIRST)
    line = BillingLine(now=stopped.now, limit=scenario.limit, silent_about_quota=scenario.silent_about_quota)
    starts = {slot.at for slot in SLOTS}

    def trouble(instant: dt.datetime) -> None:
        if instant in starts and scenario.crashes:
            line.die_after = REQUESTS_BEFORE_THE_CRASH
        if instant in starts and scenario.too_fast:
            line.refuse_next = REFUSED_AS_TOO_FAST

    reported = reports(scenario.shares, seed)
    with opened(office, folder, stopped, line, scenario.clocks) as june:
        run(june, scenario, reported, before=trouble)
        return Played(scenario, seed, line.heard, reported, june.dropped(), office.people, line.repeated, line.refusals)


@contextmanager
def opened(
    office: Office, folder: Path, stopped: StoppedClock, line: LineGateway, processes: int = 1
) -> Iterator[June]:
    engine = office.copy(folder)
    june = June(office, engine, stopped, line)
    june.start(processes)
    try:
        yield june
    finally:
        engine.dispose()


def _nothing(_instant: dt.datetime) -> None:
    """For whoever does not look."""


def run(
    june: June,
    scenario: Scenario,
    reported: Mapping[tuple[str, int], dt.datetime],
    *,
    before: Callable[[dt.datetime], None] = _nothing,
    after: Callable[[dt.datetime], None] = _nothing,
) -> None:
    """Every report and every tick in the order of time; `before` and `after` stand around each tick."""
    for instant, what in _timeline(reported):
        if what is not None:
            june.go_to(instant)
            june.report(*what)
        elif not (scenario.down and any(slot.at <= instant < slot.at + DOWN for slot in SLOTS)):
            june.go_to(instant)
            before(instant)
            _tick(june, instant)
            after(instant)


def _timeline(
    reported: Mapping[tuple[str, int], dt.datetime],
) -> list[tuple[dt.datetime, tuple[str, int] | None]]:
    events: list[tuple[dt.datetime, tuple[str, int] | None]] = [(instant, what) for what, instant in reported.items()]
    events += [(instant, None) for instant in ticks()]
    return sorted(events, key=lambda event: event[0])


def _tick(june: June, instant: dt.datetime) -> None:
    """Every clock process ticks, all at the same moment; whoever dies is started again two minutes later."""
    try:
        if len(june.runtimes) == 1:
            clock.tick(june.runtimes[0])
        else:
            _together([partial(clock.tick, runtime) for runtime in june.runtimes])
    except Killed:
        june.go_to(instant + RESTARTED_AFTER)
        june.start(len(june.runtimes))
        clock.tick(june.runtimes[0])


def _together(tickers: list[Callable[[], None]]) -> None:
    barrier = threading.Barrier(len(tickers))

    def at_once(tick: Callable[[], None]) -> None:
        barrier.wait(timeout=30)
        tick()

    with ThreadPoolExecutor(len(tickers)) as pool:
        for done in [pool.submit(at_once, tick) for tick in tickers]:
            done.result(timeout=60)


def slots_of(kind: str) -> list[Slot]:
    return [slot for slot in SLOTS if slot.kind == kind]
