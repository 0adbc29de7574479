"""`make journeys`: plays every scripted job, prints one table, and fails on a worse figure.

A figure is worse when it exceeds the job's limit (limits.yaml) or what it was at the last look (baseline.json).
After an improvement, or a change for the worse that is wanted: python -m benchmarks.journeys --write
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from pathlib import Path

import yaml

from benchmarks.journeys.jobs import JOBS, Stage
from benchmarks.journeys.measure import FIGURES, better, over_limit, worse
from benchmarks.journeys.player import JourneyError

HERE = Path(__file__).parent
LIMITS, BASELINE = HERE / "limits.yaml", HERE / "baseline.json"
WRITE = "python -m benchmarks.journeys --write"

Figures = dict[str, dict[str, float]]


def play_all() -> tuple[Figures, list[str]]:
    """The figures of every job that could be done, and in words what could not."""
    found: Figures = {}
    stuck = []
    with tempfile.TemporaryDirectory(prefix="tidtam-") as folder:
        stage = Stage(Path(folder))
        for job in JOBS:
            try:
                found[job] = stage.play(job).figures()
            except JourneyError as problem:
                stuck.append(f"{job}: cannot be done: {problem}")
    return found, stuck


def judge(found: Figures, limits: Figures, before: Figures) -> list[str]:
    """What is worse than it may be, in words."""
    problems = [f"{job}: {words}" for job in found for words in over_limit(found[job], limits.get(job, {}))]
    problems += [f"{job}: {words}" for job in found if job in before for words in worse(found[job], before[job])]
    problems += [f"{job}: has no baseline yet; update it with {WRITE}" for job in found if job not in before]
    problems += [f"{job}: is no job any more" for job in sorted({*limits, *before} - {*JOBS})]
    return problems


def table(found: Figures, limits: Figures) -> str:
    """A row for each job, each figure with its limit."""
    width = max(len(job) for job in JOBS)
    heads = ("turns", "typed chars", "model seconds", "reply bytes", "largest reply")
    lines = [f"{'job':<{width}}" + "".join(f"{head:>15}" for head in heads)]
    for job, figures in found.items():
        cells = (_cell(figures[name], limits.get(job, {}).get(name)) for name in FIGURES)
        lines.append(f"{job:<{width}}" + "".join(f"{cell:>15}" for cell in cells))
    return "\n".join(lines)


def _cell(value: float, limit: float | None) -> str:
    return f"{value:,.0f}" + ("" if limit is None else f" / {limit:,.0f}")


def main(arguments: list[str]) -> int:
    logging.disable()
    limits: Figures = yaml.safe_load(LIMITS.read_text(encoding="utf-8"))
    found, stuck = play_all()
    print(table(found, limits))
    if arguments == ["--write"] and not stuck:
        BASELINE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    before: Figures = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    problems = [*stuck, *judge(found, limits, before)]
    for problem in problems:
        print(f"WORSE  {problem}", file=sys.stderr)
    for job in found:
        if job in before and better(found[job], before[job]):
            print(f"better than the baseline: {job}; update it with {WRITE}")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
