from __future__ import annotations

import datetime as dt

import pytest

from bot.forms.environment import Known
from bot.forms.values import ProblemKind, Values, answer, forget, from_json, refresh
from tests.unit.bot.forms.sheets import (
    GROUP_END,
    KNOWN,
    MONDAY,
    YES_NO,
    begun,
    calculate,
    number,
)


def kinds(values: Values, *names: str) -> list[tuple[str, ProblemKind]]:
    return [(problem.name, problem.kind) for problem in values.problems(names or None)]


def test_a_calculation_follows_its_inputs_through_other_calculations() -> None:
    values = begun([number("a"), number("b"), calculate("twice", "${sum} * 2"), calculate("sum", "${a} + ${b}")])
    assert values.get("twice") == ""  # empty plus empty is no number, and no number is empty
    assert answer(values, {"a": "1", "b": "2"}).get("twice") == "6"


def test_the_draft_that_was_answered_stays_as_it_was() -> None:
    before = begun([number("a")])
    after = answer(before, {"a": "1"})
    assert (before.get("a"), after.get("a")) == ("", "1")
    assert before != after


def test_a_box_that_does_not_apply_is_empty_to_everything_but_comes_back() -> None:
    values = begun([number("a"), number("b", relevant="${a} > 1"), calculate("c", "coalesce(${b}, 'none')")])
    values = answer(values, {"a": "2", "b": "7"})
    assert (values.get("b"), values.get("c")) == ("7", "7")
    values = answer(values, {"a": "1"})
    assert (values.get("b"), values.get("c"), values.relevant("b")) == ("", "none", False)
    assert answer(values, {"a": "3"}).get("c") == "7"


def test_relevance_is_inherited_from_every_group_around() -> None:
    values = begun(
        [
            number("a"),
            {"type": "begin_group", "name": "outer", "relevant": "${a} = 1"},
            {"type": "begin_group", "name": "inner", "relevant": "${a} < 5"},
            number("b"),
            GROUP_END,
            GROUP_END,
        ]
    )
    assert not values.relevant("b")
    opened = answer(values, {"a": "1"})
    assert opened.relevant("b")
    assert opened.relevant("inner")
    assert not answer(opened, {"a": "2"}).relevant("inner")


def test_a_constraint_is_checked_when_either_side_changes() -> None:
    values = begun([number("all"), number("done", constraint=". <= ${all}", constraint_message="at most ${all}")])
    values = answer(values, {"all": "10", "done": "11"})
    (problem,) = values.problems()
    assert (problem.name, problem.kind) == ("done", ProblemKind.CONSTRAINT)
    assert problem.message is not None
    assert values.text(problem.message, "") == "at most 10"
    assert answer(values, {"all": "11"}).problems() == ()


def test_an_empty_box_breaks_no_constraint_and_an_irrelevant_one_has_no_problem() -> None:
    values = begun([number("a", constraint=". > 5"), number("b", relevant="${a} = 9", required="yes")])
    assert values.problems() == ()
    assert kinds(answer(values, {"a": "9"})) == [("b", ProblemKind.REQUIRED)]


def test_a_box_can_be_required_by_an_answer_with_its_own_message() -> None:
    values = begun([number("a"), number("b", required="${a} > 0", required_message="Needed")])
    assert not values.required("b")
    values = answer(values, {"a": "1"})
    assert values.required("b")
    (problem,) = values.problems(("b",))
    assert problem.message is not None
    assert values.text(problem.message, "") == "Needed"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("integer", ["0", "-5", "2147483647"], ["1.5", "2147483648", "๑", "1 ", "one", "99999999999"]),
        ("decimal", ["0.5", ".5", "3.", "-2"], ["1,5", "1e5", "."]),
        ("date", ["2021-06-30", "2020-02-29"], ["2021-02-29", "30/06/2021", "2021-6-3"]),
        ("time", ["08:30", "08:30:00.000+07:00"], ["8.30", "25:00:00"]),
        ("dateTime", ["2021-06-30T08:30:00.000+07:00"], ["2021-06-30", "2021-06-30T99:00"]),
        ("text", ["anything", "1"], []),
        ("acknowledge", ["OK"], ["yes"]),
        ("select_one yn", ["yes"], ["maybe", "yes no"]),
        ("select_multiple yn", ["yes", "no yes"], ["maybe", "yes yes"]),
    ],
)
def test_values_must_have_the_lexical_form_of_their_kind(kind: str, good: list[str], bad: list[str]) -> None:
    values = begun([{"type": kind, "name": "a"}], YES_NO)
    for text in good:
        assert answer(values, {"a": text}).problems() == (), text
    for text in bad:
        assert kinds(answer(values, {"a": text})) == [("a", ProblemKind.TYPE)], text


def test_static_defaults_stand_from_the_start_and_are_not_asked() -> None:
    values = begun([number("a", default="5"), number("b")])
    assert (values.get("a"), values.answers["a"].origin) == ("5", "default")
    assert [step.name for step, _ in values.due()] == ["b"]


def test_dynamic_defaults_are_set_once_in_document_order() -> None:
    values = begun(
        [
            number("a", default="1 + 1"),
            number("b", default="${a} * 10"),
            {"type": "date", "name": "d", "default": "today()"},
        ]
    )
    assert (values.get("a"), values.get("b"), values.get("d")) == ("2", "20", "2021-06-07")
    later = refresh(answer(values, {"a": "7"}), Known(), MONDAY + dt.timedelta(days=3))
    assert (later.get("b"), later.get("d")) == ("20", "2021-06-07")


def test_a_trigger_runs_when_its_box_changes_and_marks_what_it_set() -> None:
    values = begun([number("a"), number("b"), calculate("stamp", "${b} + 1", trigger="${a}")])
    values = answer(values, {"b": "5"})
    assert values.get("stamp") == ""
    values = answer(values, {"a": "1"})
    assert (values.get("stamp"), values.answers["stamp"].origin) == ("6", "trigger")
    assert answer(answer(values, {"b": "9"}), {"a": "1"}).get("stamp") == "6"  # the same value again is no change


def test_triggers_that_set_each_other_off_come_to_an_end() -> None:
    values = begun(
        [
            number("a", calculation="${b} + 1", trigger="${b}"),
            number("b", calculation="${a} + 1", trigger="${a}"),
        ]
    )
    assert int(answer(values, {"a": "1"}).get("b")) > 1


def test_a_trigger_without_a_value_empties_its_box() -> None:
    values = begun([number("a"), number("b", trigger="${a}")])
    assert answer(answer(values, {"b": "3"}), {"a": "1"}).get("b") == ""


def test_a_trigger_that_sets_what_is_known_already_keeps_its_source() -> None:
    rows = [
        KNOWN,
        {"type": "select_one yn", "name": "as_known"},
        number(
            "a",
            default="instance('known')/root/x",
            calculation="if(${as_known} = 'no', '', instance('known')/root/x)",
            trigger="${as_known}",
        ),
    ]
    values = begun(rows, YES_NO, known=Known({"x": "3"}, {"x": "province"}))
    confirmed = answer(values, {"as_known": "yes"})
    assert (confirmed.get("a"), confirmed.source("a")) == ("3", "province")
    emptied = answer(confirmed, {"as_known": "no"})
    assert (emptied.get("a"), emptied.source("a")) == ("", "")
    again = answer(emptied, {"as_known": "yes"})
    assert (again.get("a"), again.source("a")) == ("3", "province")
    assert answer(answer(values, {"a": "4"}), {"as_known": "yes"}).source("a") == "province"


def test_a_known_value_fills_its_box_and_says_where_it_comes_from() -> None:
    known = Known({"total": "47"}, {"total": "register"})
    values = begun([KNOWN, number("a", default="instance('known')/root/total"), number("b")], known=known)
    assert (values.get("a"), values.answers["a"].origin, values.source("a")) == ("47", "known", "register")
    assert [step.name for step, _ in values.due()] == ["b"]
    assert values.source("b") == ""


def test_a_box_follows_its_known_value_until_somebody_types_over_it() -> None:
    row = number("a", default="instance('known')/root/total")
    values = begun([KNOWN, row, calculate("c", "${a} * 2")], known=Known({"total": "47"}))
    followed = refresh(values, Known({"total": "48"}), MONDAY)
    assert (followed.get("a"), followed.get("c")) == ("48", "96")
    assert refresh(followed, Known(), MONDAY).get("a") == ""
    typed = answer(followed, {"a": "50"})
    assert refresh(typed, Known({"total": "60"}), MONDAY).get("a") == "50"


def test_a_known_value_that_was_emptied_by_hand_stays_empty_and_is_asked() -> None:
    values = begun([KNOWN, number("a", default="instance('known')/root/x")], known=Known({"x": "1"}))
    emptied = answer(values, {"a": ""})
    again = refresh(from_json(emptied.form, emptied.to_json()), Known({"x": "2"}), MONDAY)
    assert again.get("a") == ""
    assert again.next_due() is not None


def test_a_known_value_that_arrives_later_fills_the_box() -> None:
    values = begun([KNOWN, number("a", default="instance('known')/root/x")])
    assert values.count_due() == 1
    filled = refresh(values, Known({"x": "3"}), MONDAY)
    assert (filled.get("a"), filled.count_due()) == ("3", 0)


def test_expressions_follow_known_values_named_or_searched() -> None:
    row = calculate("named", "instance('known')/root/x + 1")
    searched = calculate("searched", "count(instance('known')/root/*)")
    values = begun([KNOWN, number("a"), row, searched], known=Known({"x": "1"}))
    assert (values.get("named"), values.get("searched")) == ("2", "1")
    values = refresh(values, Known({"x": "5", "y": "1"}), MONDAY)
    assert (values.get("named"), values.get("searched")) == ("6", "2")


def test_today_moves_with_the_civil_date_and_now_with_the_clock() -> None:
    values = begun([number("a"), calculate("day", "today()"), calculate("clock", "format-date-time(now(), '%H:%M')")])
    assert (values.get("day"), values.get("clock")) == ("2021-06-07", "08:30")
    night = refresh(values, Known(), dt.datetime(2021, 6, 7, 17, 5, tzinfo=dt.UTC))
    assert (night.get("day"), night.get("clock")) == ("2021-06-08", "00:05")


def test_answers_keep_their_origin_and_the_callers_notes() -> None:
    values = answer(begun([number("a")]), {"a": "1"}, "carried", {"by": 7})
    kept = values.answer_of("a")
    assert kept is not None
    assert (kept.value, kept.origin, kept.meta) == ("1", "carried", {"by": 7})
    assert values.answer_of("b") is None


def test_unwanted_answers_are_forgotten_and_known_values_return() -> None:
    rows = [KNOWN, number("a", default="instance('known')/root/x"), number("b"), calculate("c", "${a} + ${b}")]
    values = answer(begun(rows, known=Known({"x": "1"})), {"a": "5", "b": "6"}, meta={"message": "m1"})
    values = forget(values, lambda kept: kept.meta.get("message") == "m1")
    assert (values.get("a"), values.get("b"), values.get("c")) == ("1", "", "")
    assert values.count_due() == 1


def test_computed_boxes_and_unknown_names_cannot_be_answered() -> None:
    values = begun([number("a"), calculate("c", "${a}")])
    with pytest.raises(ValueError, match="c is computed"):
        answer(values, {"c": "1"})
    with pytest.raises(KeyError):
        answer(values, {"nobody": "1"})


def test_another_version_of_the_form_keeps_the_answers_that_still_have_a_box() -> None:
    old = answer(begun([number("a"), number("b")]), {"a": "1", "b": "2"})
    new = begun([number("b"), calculate("c", "${b} + 1")]).form
    moved = from_json(new, old.to_json())
    assert (list(moved.answers), moved.get("c")) == (["b"], "3")


def test_a_conditionally_readonly_box_is_asked_only_while_it_is_open() -> None:
    values = begun([number("a"), number("b", read_only="${a} = 1", required="yes")])
    assert [step.name for step, _ in values.due(frozenset({"a"}))] == ["b"]
    closed = answer(values, {"a": "1"})
    assert closed.readonly("b")
    assert closed.next_due() is None
    assert closed.problems() == ()
    assert answer(closed, {"a": "2"}).next_due() is not None


def test_uuid_and_random_follow_from_the_seed() -> None:
    rows = [number("a"), calculate("id", "once(uuid())"), calculate("dice", "random()"), calculate("short", "uuid(6)")]
    first, second = begun(rows), begun(rows)
    assert first == second
    assert len(first.get("id")) == 36
    assert len(first.get("short")) == 6
    assert 0 <= float(first.get("dice")) < 1
    assert hash(first) == hash(second)
    assert first != "something else"
