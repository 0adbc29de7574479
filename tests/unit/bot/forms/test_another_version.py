"""A draft under another version of its form: what stays, what has no place any more, what is asked anew."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.forms.another_version import Moved, move
from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.load import compile_xlsform
from bot.forms.values import Values, answer, start

NOW = dt.datetime(2021, 6, 7, 8, 30, tzinfo=dt.UTC)
HEAD = "| survey |\n| | type | name | label | required | constraint | relevant |\n"
CHOICES = "| choices |\n| | list_name | name | label |\n| | ways | road | Road |\n"


def form(*rows: str, choices: str = CHOICES) -> CompiledForm:
    lines = "".join(f"| | {row} |\n" for row in rows)
    return compile_xlsform((HEAD + lines + choices).encode(), "form.md")


COUNT, NOTE, WAY = "integer | count | Count | yes | |", "text | note | Note | | |", "select_one ways | way | Way | | |"
RAIL = CHOICES.replace("road", "rail")
OLD = form(COUNT, NOTE, WAY)
STRICTER = form("integer | count | Count | yes | . < 3 and . >= 0 |", NOTE, WAY, choices=RAIL)


def filled(**answers: str) -> Values:
    return answer(start(OLD, Known(), NOW, "seed"), answers)


def moved(other: CompiledForm, **answers: str) -> Moved:
    return move(other, filled(**answers), Known(), NOW)


def test_boxes_that_still_exist_keep_their_answers() -> None:
    found = moved(form(COUNT, NOTE, WAY, "integer | more | More | yes | |"), count="3", note="x", way="road")
    assert [found.values.get(name) for name in ("count", "note", "way", "more")] == ["3", "x", "road", ""]
    assert (found.kept, found.lost, found.fresh) == (3, (), ("more",))


def test_a_box_that_is_gone_is_named() -> None:
    found = moved(form(COUNT, WAY), count="3", note="x")
    assert (found.kept, found.lost, found.fresh) == (1, ("note",), ())


def test_an_answer_that_the_other_version_refuses_is_dropped_and_asked_again() -> None:
    found = moved(form("integer | count | Count | yes | . < 3 |", NOTE, WAY), count="3", note="x")
    assert found.lost == ("count",)
    assert next(step.name for step, _boxes in found.values.due()) == "count"
    assert found.fresh == ()


def test_an_answer_of_another_type_or_a_choice_that_is_gone_is_dropped() -> None:
    other = form(COUNT, "integer | note | Note | | |", WAY, choices=RAIL)
    found = moved(other, count="3", note="x", way="road")
    assert found.lost == ("note", "way")


def test_what_no_longer_applies_is_named() -> None:
    found = moved(form(COUNT, "text | note | Note | | | ${count} > 5", WAY), count="3", note="x")
    assert found.lost == ("note",)


def test_the_same_version_changes_nothing() -> None:
    old = filled(count="3", note="x")
    found = move(OLD, old, Known(), NOW)
    assert (found.values, found.lost) == (old, ())


@given(st.text(max_size=8), st.sampled_from(["3", "0", "-1", "99999", "x"]), st.sampled_from(["road", "rail", ""]))
def test_whatever_was_answered_nothing_impossible_is_carried_over(note: str, count: str, way: str) -> None:
    found = moved(STRICTER, note=note, count=count, way=way)
    assert {problem.kind.value for problem in found.values.problems()} <= {"required"}
