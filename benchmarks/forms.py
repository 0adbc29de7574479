"""What one turn costs the form engine: a 20-question form against a 400-question one, cached and cold.

A turn is what the conversation does with a draft: take its data, refresh it, store one message's answers, look for
problems, find what is due next and how much is left, write the next question, give back its data. Reading and writing
the JSON text is the database's part and is shown beside it. Cold is all that a new process does up to the end of its
first turn. Fails when the large form costs too much, twice in a row. Run: make benchmarks
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.load import compile_xform, compile_xlsform
from bot.forms.values import answer, from_json, refresh, start

NOW = dt.datetime(2021, 6, 7, 1, 30, tzinfo=dt.UTC)
LIMIT_MS, LIMIT_RATIO, LIMIT_COLD_RATIO = 3.0, 1.5, 10.0
PAIRS, TURNS, COLD_RUNS = 60, 10, 5
SMALL, LARGE = 20, 400
_HEAD = "| survey |\n| | type | name | label | relevant | constraint | required | calculation | appearance |\n"


def form_text(questions: int) -> str:
    """Groups of five: four numbers with a constraint on the first, a yes/no that opens the fifth, a sum."""
    rows = ["| | xml-external | known | | | | | | |"]
    for group in range(questions // 5):
        a, b, c, d, e = (f"q{group}_{place}" for place in range(5))
        rows += [
            f"| | begin_group | g{group} | Block {group} of ${{{a}}} | | | | | field-list |",
            f"| | integer | {a} | Checked | | . >= 0 | yes | | |",
            f"| | integer | {b} | Complete of ${{{a}}} | | . >= 0 and . <= ${{{a}}} | yes | | |",
            f"| | integer | {c} | Cases | ${{{a}}} > ${{{b}}} | . <= ${{{a}}} - ${{{b}}} | | | |",
            f"| | select_one yn | {d} | Problems? | | | yes | | |",
            f"| | text | {e} | Which? | ${{{d}}} = 'yes' | | | | |",
            f"| | calculate | s{group} | | | | | ${{{a}}} - ${{{b}}} + today() * 0 | |",
            "| | end_group | | | | | | | |",
        ]
    choices = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |\n"
    return _HEAD + "\n".join(rows) + "\n" + choices


def half_filled(form: CompiledForm) -> dict[str, Any]:
    """A draft in the middle of the form, as its JSON data: a question of several numbers is due."""

    groups = sum(name.endswith("_0") for name in form.questions)
    changes: dict[str, str] = {}
    for group in range(groups // 2):
        changes |= {f"q{group}_0": "3150", f"q{group}_1": "3040", f"q{group}_2": "40", f"q{group}_3": "no"}
    draft = answer(start(form, Known(), NOW, "seed"), changes, meta={"message": "123456"})
    return dict(json.loads(json.dumps(draft.to_json())))


def turn(form: CompiledForm, stored: dict[str, Any]) -> dict[str, Any]:
    """One message that answers two boxes, a minute later than the last."""

    draft = refresh(from_json(form, stored), Known(), NOW + dt.timedelta(minutes=1))
    step, _ = draft.next_due() or (form.steps[0], ())
    first, second = step.asked[0].name, step.asked[1].name
    draft = answer(draft, {first: "3150", second: "3040"}, meta={"message": "123457"})
    if draft.problems((first, second)):
        raise AssertionError(step.name)
    following, open_boxes = draft.next_due() or (form.steps[0], ())
    words = [
        str(draft.count_due()),
        draft.text(following.label, "en"),
        *(draft.text(box.label, "en") for box in open_boxes),
        *(draft.text(choice.label, "en") for box in open_boxes for choice in draft.choices(box.name)),
    ]
    if not words:
        raise AssertionError(step.name)
    return draft.to_json()


def milliseconds(form: CompiledForm, stored: dict[str, Any]) -> float:
    """CPU time of a turn, over a few of them."""
    before = time.process_time()
    for _ in range(TURNS):
        turn(form, stored)
    return (time.process_time() - before) * 1000 / TURNS


def cached() -> tuple[float, float, float]:
    """A turn on the small and on the large form in milliseconds, and how many times as much the large one takes.

    Batches of both alternate, so that whatever else the machine does slows both; medians pass over what hits one.
    """

    forms = [compile_xlsform(form_text(size).encode(), "form.md") for size in (SMALL, LARGE)]
    drafts = [half_filled(form) for form in forms]
    for form, draft in zip(forms, drafts, strict=True):
        milliseconds(form, draft)
    pairs = [[milliseconds(form, draft) for form, draft in zip(forms, drafts, strict=True)] for _ in range(PAIRS)]
    small, large = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"its JSON text, written and read by the standard library: {_codec(drafts[1]):.2f} ms CPU")
    return small, large, statistics.median(b / a for a, b in pairs)


def _codec(stored: dict[str, Any]) -> float:
    before = time.process_time()
    for _ in range(100):
        json.loads(json.dumps(stored))
    return (time.process_time() - before) * 10


def cold() -> list[float]:
    """The first turn of a fresh process on the small and on the large form, in milliseconds of CPU."""

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for size in (SMALL, LARGE):
            form = compile_xlsform(form_text(size).encode(), "form.md")
            path = Path(folder) / f"{size}.json"
            path.write_text(json.dumps({"form": form.xform.decode(), "draft": half_filled(form)}))
            paths.append(path)
        runs = [[_cold_run(path) for path in paths] for _ in range(COLD_RUNS)]
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def _cold_run(path: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.forms", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return float(done.stdout)


def first_turn(path: Path) -> float:
    """What this process has needed since it began, with one form read and one turn taken."""
    stored = json.loads(path.read_text())
    turn(compile_xform(stored["form"].encode()), stored["draft"])
    return time.process_time() * 1000


def compiling() -> list[float]:
    """Reading a form once more in a process that has read others, in milliseconds of CPU."""

    found = []
    for size in (SMALL, LARGE):
        xform = compile_xlsform(form_text(size).encode(), "form.md").xform
        spent = []
        for _ in range(COLD_RUNS):
            before = time.process_time()
            compile_xform(xform)
            spent.append((time.process_time() - before) * 1000)
        found.append(statistics.median(spent))
    return found


def measure() -> list[str]:
    """Take all figures, print them, and return in words which limits they break."""
    small, large, ratio = cached()
    print(f"turn on a form of {SMALL} questions:  {small:.2f} ms CPU")
    print(f"turn on a form of {LARGE} questions: {large:.2f} ms CPU, {ratio:.2f} times (cached)")
    first = cold()
    cold_ratio = first[1] / first[0]
    print(f"new process to the end of its first turn: {first[0]:.0f} and {first[1]:.0f} ms CPU, {cold_ratio:.2f} times")
    compiled = compiling()
    print(f"compiling from the stored XForm, once a process: {compiled[0]:.0f} and {compiled[1]:.0f} ms CPU")
    limits = (
        ("a turn on the large form", large, LIMIT_MS, " ms CPU"),
        ("a turn on the large form", ratio, LIMIT_RATIO, " times the small one's"),
        ("a first turn on the large form", cold_ratio, LIMIT_COLD_RATIO, " times the small one's"),
    )
    return [f"{what}: {value:.2f}{unit}, over {limit}" for what, value, limit, unit in limits if value > limit]


def main() -> int:
    if len(sys.argv) > 1:
        print(first_turn(Path(sys.argv[1])))
        return 0
    broken = measure()
    if broken:
        print("once more, as another process may have been in the way")
        broken = measure()
    for problem in broken:
        print(f"WORSE  {problem}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
