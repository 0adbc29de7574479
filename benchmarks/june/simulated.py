"""A June against the simulator's own process, over HTTP as to LINE: what its phones show is what was heard."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import yaml

from adapters.line import LineApi
from benchmarks.june.calendar import FIRST
from benchmarks.june.line import Heard
from benchmarks.june.scenarios import Played, Scenario, opened, reports, run
from benchmarks.june.town import Office
from tests.support.runtime import StoppedClock
from tests.support.simulator import ACCESS_TOKEN, RunningSimulator, running_simulator

NAME = "as usual, against the simulator"


def play_on_simulator(office: Office, folder: Path, scenario: Scenario, seed: int) -> Played:
    named = replace(scenario, name=NAME)
    reported = reports(scenario.shares, seed)
    stopped, phones = StoppedClock(civil=FIRST), Phones()
    with running_simulator(folder, phones=_phones(office)) as simulator:
        line = LineApi(simulator.url, simulator.url, ACCESS_TOKEN)
        with opened(office, folder, stopped, line) as june:
            run(june, named, reported, after=lambda _instant: phones.look(simulator, stopped.now()))
            transcript = simulator.transcript()
            assert transcript.billed == len(phones.heard), "the simulator bills what its phones show"
            return Played(named, seed, phones.heard, reported, june.dropped(), office.people)


class Phones:
    """What has come onto the phones since one looked last."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self._seen: Counter[str] = Counter()
        self._pushes = 0

    def look(self, simulator: RunningSimulator, now: dt.datetime) -> None:
        if simulator.state()["counters"]["pushes"] == self._pushes:
            return
        transcript = simulator.transcript()
        for user_id, chat in transcript.phones.items():
            told = sum(each["side"] == "bot" for each in chat)
            self.heard += [Heard(user_id, now)] * (told - self._seen[user_id])
            self._seen[user_id] = told
        self._pushes = transcript.pushes


def _phones(office: Office) -> str:
    everybody = [
        {"user_id": user_id, "name": f"{role} {area}", "language": "th", "role": "other", "following": True}
        for user_id, (role, area) in office.people.items()
    ]
    return yaml.safe_dump({"phones": everybody})
