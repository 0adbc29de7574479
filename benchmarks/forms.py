"""What one turn costs the form engine: a 20-question form against a 400-question one, cached and cold.

A turn is what the conversation does with a draft: read its JSON, refresh it, store one message's answers, look for
problems, find what is due next, write the next question, give back JSON. Run: python -m benchmarks.forms
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time

from bot.forms.compiled import CompiledForm
from bot.forms.load import compile_xform, compile_xlsform
from bot.forms.values import Known, answer, from_json, refresh, start

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


def half_filled(form: CompiledForm) -> str:
    """A draft in the middle of the form, as stored."""
    groups = len(form.steps)
    changes: dict[str, str] = {}
    for group in range(groups // 2):
        changes |= {f"q{group}_0": "3150", f"q{group}_1": "3040", f"q{group}_2": "40", f"q{group}_3": "no"}
    return json.dumps(answer(start(form, Known(), NOW, "seed"), changes, meta={"message": "123456"}).to_json())


def turn(form: CompiledForm, stored: str) -> str:
    """One message that answers two boxes."""
    draft = refresh(from_json(form, json.loads(stored)), Known(), NOW)
    step, _ = draft.due()[0]
    first, second = step.asked[0].name, step.asked[1].name
    draft = answer(draft, {first: "3150", second: "3040"}, meta={"message": "123457"})
    if draft.problems((first, second)):
        raise AssertionError(step.name)
    following, open_boxes = draft.due()[0]
    words = [draft.text(following.label, "en"), *(draft.text(box.label, "en") for box in open_boxes)]
    if not words:
        raise AssertionError(step.name)
    return json.dumps(draft.to_json())


def milliseconds(form: CompiledForm, rounds: int = 60) -> float:
    """Median CPU time of a turn."""
    stored = half_filled(form)
    spent: list[float] = []
    for _ in range(rounds):
        before = time.process_time()
        turn(form, stored)
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent)


def main() -> int:
    small, large = (compile_xlsform(form_text(size).encode(), "form.md") for size in (20, 400))
    rounds = [(milliseconds(small), milliseconds(large)) for _ in range(5)]
    quick, slow = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(b / a for a, b in rounds)
    before = time.process_time()
    compile_xform(large.xform)
    cold = (time.process_time() - before) * 1000
    print(f"turn on a form of 20 questions:  {quick:.2f} ms CPU")
    print(f"turn on a form of 400 questions: {slow:.2f} ms CPU, {ratio:.2f} times (cached)")
    print(f"compiling the form of 400 from its XForm: {cold:.0f} ms CPU, once a process")
    return 0 if slow <= LIMIT_MS and ratio <= LIMIT_RATIO else 1


if __name__ == "__main__":
    raise SystemExit(main())
