"""What one turn costs the form engine: a 20-question form against a 400-question one, cached and cold.

A turn is what the conversation does with a draft: take its data, refresh it, store one message's answers, look for
problems, find what is due next and how much is left, write the next question, give back its data. Reading and writing
the JSON text is the database's part and is shown beside it. Run: python -m benchmarks.forms
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
from typing import Any

from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.load import compile_xform, compile_xlsform
from bot.forms.values import answer, from_json, refresh, start

NOW = dt.datetime(2021, 6, 7, 1, 30, tzinfo=dt.UTC)
LIMIT_MS, LIMIT_RATIO = 3.0, 1.5
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
    """A draft in the middle of the form, as its JSON data."""
    groups = len(form.steps)
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


def milliseconds(form: CompiledForm, rounds: int = 20) -> float:
    """Median CPU time of a turn."""
    stored = half_filled(form)
    spent: list[float] = []
    for _ in range(rounds):
        before = time.process_time()
        for _ in range(10):
            turn(form, stored)
        spent.append((time.process_time() - before) * 100)
    return statistics.median(spent)


def main() -> int:
    small, large = (compile_xlsform(form_text(size).encode(), "form.md") for size in (20, 400))
    rounds = [(milliseconds(small), milliseconds(large)) for _ in range(5)]
    quick, slow = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(b / a for a, b in rounds)
    stored = half_filled(large)
    before = time.process_time()
    for _ in range(100):
        json.loads(json.dumps(stored))
    codec = (time.process_time() - before) * 10
    before = time.process_time()
    compile_xform(large.xform)
    cold = (time.process_time() - before) * 1000
    print(f"turn on a form of 20 questions:  {quick:.2f} ms CPU")
    print(f"turn on a form of 400 questions: {slow:.2f} ms CPU, {ratio:.2f} times (cached)")
    print(f"its JSON text, written and read by the standard library: {codec:.2f} ms CPU")
    print(f"compiling the form of 400 from its XForm: {cold:.0f} ms CPU, once a process")
    return 0 if slow <= LIMIT_MS and ratio <= LIMIT_RATIO else 1


if __name__ == "__main__":
    raise SystemExit(main())
