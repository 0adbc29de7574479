"""How long it takes to remind a thousand districts, each in words of its own, and whether memory stays flat.

Plans and sends in a process of its own, from an SQLite file that waits for the disk at each commit, to the real
simulator as another process. Fails when a thousand take longer than ten seconds each time they are tried, when anybody
hears nothing or twice, or when five thousand need much more memory than one thousand. Run: make benchmarks
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.sending.town import build, phones
from models.base import make_engine
from tests.support.databases import migrate
from tests.support.ports import free_port
from tests.support.processes import ROOT
from tests.support.settings import environment
from tests.support.simulator import ACCESS_TOKEN, running_simulator

FEW, MANY = 1_000, 5_000
LIMIT_SECONDS = 10.0
"""To plan and send to FEW."""
TRIES = 4
"""The quickest counts: whatever else the machine does is in some tries, what sending costs is in each."""
LIMIT_MB = 48.0
"""How much more MANY may need than FEW at the highest: the list of who is to hear what, and no words."""

Figures = dict[str, float]


def measured(people: int) -> Figures:
    """The figures of one process that reminds so many people. Ends with words when somebody hears nothing or twice."""
    with tempfile.TemporaryDirectory(prefix="tidtam-") as name:
        folder, port = Path(name), free_port()
        url, line = f"sqlite:///{folder}/tidtam.db", f"http://127.0.0.1:{port}"
        migrate(url)
        engine = make_engine(url)
        build(engine, people)
        engine.dispose()
        given = {"DATABASE_URL": url, "LINE_API_URL": line, "LINE_DATA_API_URL": line, "CLOCK": "simulated"}
        env = environment(folder, **given, LINE_CHANNEL_ACCESS_TOKEN=ACCESS_TOKEN)
        with running_simulator(folder, phones=phones(people), port=port) as simulator:
            simulator.settings(quota_limit=None)
            figures: Figures = json.loads(_sender(env))
            heard = [len(bubbles) for bubbles in simulator.transcript().seen().values() if bubbles]
    if heard != [1] * people or figures["sent"] != people:
        raise SystemExit(f"{people} people: {len(heard)} heard something, {sum(heard)} bubbles")
    return figures


def seconds(figures: Figures) -> float:
    return figures["plan_seconds"] + figures["send_seconds"]


def quickest(people: int) -> Figures:
    """The figures of the first try within the limit, or else of the quickest."""
    best = measured(people)
    for _ in range(TRIES - 1):
        if seconds(best) <= LIMIT_SECONDS:
            break
        best = min(best, measured(people), key=seconds)
    return best


def _sender(env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.sending.sender"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=600,
    )
    return done.stdout


def main() -> int:
    few, many = quickest(FEW), measured(MANY)
    for people, figures in ((FEW, few), (MANY, many)):
        print(
            f"{people} districts reminded in {seconds(figures):.1f} s (planning {figures['plan_seconds']:.1f}, "
            f"sending {figures['send_seconds']:.1f}; {figures['cpu_seconds']:.1f} of the processor); memory "
            f"{figures['before_mb']:.0f} MB before, {figures['highest_mb']:.0f} MB at the highest"
        )
    too_slow = seconds(few) > LIMIT_SECONDS
    too_large = many["highest_mb"] - few["highest_mb"] > LIMIT_MB
    if too_slow:
        print(f"more than {LIMIT_SECONDS:.0f} s for {FEW}", file=sys.stderr)
    if too_large:
        print(f"{MANY} need more than {LIMIT_MB:.0f} MB above {FEW}", file=sys.stderr)
    return int(too_slow or too_large)


if __name__ == "__main__":
    raise SystemExit(main())
