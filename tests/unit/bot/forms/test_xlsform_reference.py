"""docs/xlsform.md keeps its word: its example works, and it names every function and every fault there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.forms
from bot.forms.environment import Known
from bot.forms.load import compile_xlsform
from bot.forms.values import ProblemKind, answer, start
from bot.forms.xpath.library import LIBRARY
from tests.unit.bot.forms.sheets import MONDAY

SOURCES = Path(bot.forms.__path__[0])
GUIDE = (SOURCES.parents[1] / "docs" / "xlsform.md").read_text(encoding="utf-8")


def example() -> bytes:
    found = re.search(r"```markdown\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    return found.group(1).encode()


def test_the_example_asks_what_the_guide_says() -> None:
    form = compile_xlsform(example(), "example.md")
    values = start(form, Known({"target": "6240"}, {"target": "register"}), MONDAY)
    assert [(step.name, [box.box for box in boxes]) for step, boxes in values.due()] == [
        ("status", [1]),
        ("counts", [8, 9]),
    ]
    assert (values.source("target"), values.evaluate(form.questions["checked"].formulas["suggest"])) == (
        "register",
        "6240",
    )
    values = answer(values, {"status": "doing", "checked": "3150", "full": "3040"})
    assert (values.get("left"), values.problems(), values.count_due()) == ("110", (), 0)
    (problem,) = answer(values, {"full": "3151"}).problems()
    assert problem.kind is ProblemKind.CONSTRAINT
    assert problem.message is not None
    assert values.text(problem.message, "th").endswith("3150")
    assert answer(values, {"status": "no"}).get("left") == ""
    assert form.steps[1].row is form.groups["review"]


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_every_function_is_in_the_guide(name: str) -> None:
    assert f"`{name}`" in GUIDE or f"`jr:{name}`" in GUIDE


def test_every_fault_is_in_the_guide() -> None:
    calls = re.compile(
        r"(?:problem|fault|_refusal|ExpressionError|FormProblem)\(\s*(?:\"\w*\", \S+ )?\"([a-z]+(?:_[a-z]+)+)\""
    )
    faults = {name for path in SOURCES.rglob("*.py") for name in calls.findall(path.read_text(encoding="utf-8"))}
    assert {"unsupported_type", "bad_expression", "not_a_form"} <= faults
    assert {name for name in faults if f"`{name}`" not in GUIDE} == set()
