"""`make june`: plays a simulated June in every way that it may go, prints the tables, and fails on a broken promise.

After a change that is wanted: python -m benchmarks.june --write docs/reminders.md
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.june import page, tables
from benchmarks.june.judge import judge
from benchmarks.june.scenarios import SCENARIOS, Played, play
from benchmarks.june.simulated import play_on_simulator
from benchmarks.june.town import Office

SEEDS = (1, 2, 3)
PAGE = Path(__file__).parents[2] / "docs" / "reminders.md"


def play_all(folder: Path) -> list[Played]:
    """Every June, in the order of the table; two at a time, as many as a small machine has processors."""
    office = Office.open(folder)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=logging.disable) as pool:
        on_simulator = pool.submit(play_on_simulator, office, folder, SCENARIOS[0], SEEDS[0])
        others = [pool.submit(play, office, folder, scenario, seed) for scenario in SCENARIOS for seed in SEEDS]
        return [done.result() for done in (*others, on_simulator)]


def main(arguments: list[str]) -> int:
    logging.disable()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tidtam-") as folder:
        found = play_all(Path(folder))
    print(tables.by_time(found[0]))
    print()
    print(tables.summary(found))
    print(f"\n{len(found)} Junes in {time.monotonic() - began:.0f} s")
    problems = [f"{each.scenario.name}, seed {each.seed}: {fault}" for each in found for fault in judge(each)]
    if arguments[:1] == ["--write"] and not problems:
        path = Path(arguments[1])
        path.write_text(page.filled(path.read_text(encoding="utf-8"), found), encoding="utf-8")
    elif page.filled(PAGE.read_text(encoding="utf-8"), found) != PAGE.read_text(encoding="utf-8"):
        problems.append(
            "docs/reminders.md shows other figures; bring it up to date with "
            "python -m benchmarks.june --write docs/reminders.md"
        )
    for problem in problems:
        print(f"FAILS  {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
