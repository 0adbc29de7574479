"""A draft that was stored and read between any two answers is the same as one that never left memory."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.environment import Known
from bot.forms.values import Values, answer, from_json, refresh, start
from tests.unit.bot.forms.sheets import GROUP_END, KNOWN, MONDAY, YES_NO, calculate, form_of, number

FORM = form_of(
    [
        KNOWN,
        {"type": "select_one yn", "name": "any"},
        {"type": "begin_group", "name": "g", "relevant": "${any} = 'yes'", "appearance": "field-list"},
        number("all", default="instance('known')/root/all", required="yes"),
        number("done", constraint=". <= ${all}", required="${all} > 5"),
        number("left", read_only="${done} = ${all}", relevant="${done} < ${all}"),
        GROUP_END,
        calculate("gap", "${all} - ${done}"),
        calculate("seen", "once(concat(${any}, ${gap}))"),
        number("note_at", calculation="${gap} + 1", trigger="${done}"),
        calculate("day", "format-date(today(), '%d')"),
        calculate("listed", "count(/data/*[. != ''])"),
    ],
    YES_NO,
)
NAMES = ["any", "all", "done", "left", "note_at"]
NUMBERS = st.sampled_from(["", "0", "1", "5", "6", "7", "x"])
CHANGES = st.dictionaries(st.sampled_from(NAMES), NUMBERS | st.sampled_from(["yes", "no"]), min_size=1, max_size=3)
DAYS = st.integers(0, 3).map(lambda days: MONDAY + dt.timedelta(days=days))
KNOWNS = st.sampled_from([Known(), Known({"all": "6"}), Known({"all": "9"}, {"all": "register"})])


def stored(values: Values) -> Values:
    return from_json(FORM, json.loads(json.dumps(values.to_json())))


def facts(values: Values) -> object:
    """All that a caller can see."""
    return (
        {name: values.get(name) for name in FORM.questions},
        {name: (values.relevant(name), values.required(name), values.readonly(name)) for name in NAMES},
        [(problem.name, problem.kind) for problem in values.problems()],
        [(step.name, [box.name for box in boxes]) for step, boxes in values.due()],
        values.count_due(),
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(CHANGES | st.tuples(KNOWNS, DAYS), max_size=8))
def test_a_round_trip_between_every_two_turns_changes_nothing(
    turns: list[dict[str, str] | tuple[Known, dt.datetime]],
) -> None:
    kept = read = start(FORM, Known(), MONDAY, "seed")
    for turn in turns:
        if isinstance(turn, tuple):
            kept, read = refresh(kept, *turn), refresh(stored(read), *turn)
        else:
            kept, read = answer(kept, turn, meta={"m": 1}), answer(stored(read), turn, meta={"m": 1})
        assert facts(kept) == facts(read)
    assert kept == stored(read)


@settings(max_examples=150, deadline=None)
@given(st.lists(CHANGES, max_size=8))
def test_recomputing_only_dependants_gives_what_recomputing_all_gives(turns: list[dict[str, str]]) -> None:
    values = start(FORM, Known({"all": "6"}), MONDAY, "seed")
    for changes in turns:
        values = answer(values, changes)
    data = {**values.to_json(), "form": "another version"}
    fresh = from_json(FORM, data)
    assert {n: values.get(n) for n in FORM.questions} == {n: fresh.get(n) for n in FORM.questions}
    assert [p.name for p in values.problems()] == [p.name for p in fresh.problems()]
    assert values.due() == fresh.due()


@given(CHANGES)
def test_emptying_what_was_filled_brings_back_the_draft_as_it_was(changes: dict[str, str]) -> None:
    before = start(FORM, Known(), MONDAY, "seed")
    free = {name: value for name, value in changes.items() if name not in {"all", "done"}}
    after = answer(answer(before, free), dict.fromkeys(free, ""))
    assert {n: after.get(n) for n in NAMES} == {n: before.get(n) for n in NAMES}
