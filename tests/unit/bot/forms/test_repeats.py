"""Repeats: every instance with boxes of its own, "one more?" behind the last, counts that the form itself decides."""

from __future__ import annotations

import json
from xml.etree.ElementTree import fromstring

import pytest

from bot.forms import growth, instance_tree
from bot.forms.compiled import Kind
from bot.forms.environment import Known
from bot.forms.submission import to_xml
from bot.forms.values import ProblemKind, Values, answer, forget, from_json, refresh, remove
from tests.unit.bot.forms.sheets import GROUP_END, KNOWN, MONDAY, YES_NO, Row, begun, calculate, number, refused, repeat

WHO: Row = {"type": "text", "name": "who", "required": "yes"}
CHILDREN = repeat(
    "child",
    WHO,
    number("age", label="Age of ${who}", constraint=". < ${limit}", relevant="${who} != 'nobody'"),
    label="Child",
    appearance="field-list",
)
FAMILY = [
    number("limit", default="18"),
    *CHILDREN,
    calculate("total", "sum(${age})"),
    calculate("heads", "count(${child})"),
]


def due(values: Values) -> list[tuple[str, list[str]]]:
    return [(step.name, [box.name for box in boxes]) for step, boxes in values.due()]


def stored(values: Values) -> Values:
    return from_json(values.form, json.loads(json.dumps(values.to_json())))


def test_the_first_instance_is_asked_and_then_whether_there_is_another() -> None:
    values = begun(FAMILY)
    first = [("child[1]/who", ["child[1]/who"]), ("child[1]/age", ["child[1]/age"])]
    assert due(values) == [*first, ("child[+]", ["child[+]"])]
    values = answer(values, {"child[1]/who": "Ann", "child[1]/age": "7"})
    step, (asked,) = values.next_due() or pytest.fail("nothing is due")
    assert (step.name, asked.kind, values.text(asked.label, "")) == ("child[+]", Kind.ANOTHER, "Child")
    more = answer(values, {"child[+]": "yes"})
    assert [name for name, _ in due(more)] == ["child[2]/who", "child[2]/age", "child[+]"]
    assert due(answer(values, {"child[+]": "no"})) == []


def test_an_instance_can_be_made_and_filled_in_one_go() -> None:
    values = answer(begun(FAMILY), {"child[+]": "yes", "child[2]/who": "Bo", "child[2]/age": "3"})
    assert (values.get("child[2]/who"), values.counts, values.get("heads")) == ("Bo", {"child": 2}, "2")
    ended = answer(values, {"child[+]": "no"})
    assert answer(ended, {"child[+]": "yes"}).next_due() is not None


def test_every_instance_has_its_own_values_problems_and_words() -> None:
    values = answer(begun(FAMILY), {"child[+]": "yes"})
    values = answer(values, {"child[1]/who": "Ann", "child[2]/who": "Bo", "child[1]/age": "7", "child[2]/age": "20"})
    assert values.get("total") == "27"
    assert [(problem.name, problem.kind) for problem in values.problems()] == [("child[2]/age", ProblemKind.CONSTRAINT)]
    second = values.questions["child[2]/age"]
    assert (second.name, second.template, second.place) == ("child[2]/age", "age", (2,))
    assert values.text(second.label, "") == "Age of Bo"
    assert answer(values, {"limit": "21"}).problems() == ()
    assert answer(values, {"child[1]/age": "8"}).get("total") == "28"


def test_relevance_is_of_each_instance_and_what_does_not_apply_does_not_count() -> None:
    values = answer(begun(FAMILY), {"child[+]": "yes", "child[1]/who": "Ann", "child[1]/age": "7", "child[2]/age": "2"})
    values = answer(values, {"child[2]/who": "nobody"})
    assert (values.get("total"), values.get("child[2]/age"), values.relevant("child[1]/age")) == ("7", "", True)
    assert answer(values, {"child[2]/who": "Bo"}).get("total") == "9"


def test_a_step_knows_which_instances_it_stands_in() -> None:
    rows = repeat("house", *repeat("room", number("beds"), label="Room"), label="House")
    values = answer(begun(rows), {"house[+]": "yes", "house[2]/room[+]": "yes"})
    step = next(step for step in values.steps if step.name == "house[2]/room[2]/beds")
    assert [(group.name, group.position, values.text(group.label, "")) for group in step.repeats] == [
        ("house[2]", 2, "House"),
        ("house[2]/room[2]", 2, "Room"),
    ]
    assert [step.name for step in values.steps] == [
        "house[1]/room[1]/beds",
        "house[1]/room[+]",
        "house[2]/room[1]/beds",
        "house[2]/room[2]/beds",
        "house[2]/room[+]",
        "house[+]",
    ]
    assert values.questions["house[2]/room[+]"].place == (2,)


def test_a_form_can_say_how_many_instances_there_are() -> None:
    rows = [
        number("n"),
        *repeat("child", WHO, number("age", default="5"), repeat_count="${n}"),
        calculate("c", "count(${child})"),
    ]
    values = begun(rows)
    assert (due(values), values.get("c")) == ([("n", ["n"])], "0")
    values = answer(values, {"n": "2"})
    assert due(values) == [("child[1]/who", ["child[1]/who"]), ("child[2]/who", ["child[2]/who"])]
    assert (values.get("child[2]/age"), values.get("c")) == ("5", "2")
    values = answer(values, {"child[1]/who": "Ann", "child[2]/who": "Bo"})
    fewer = answer(values, {"n": "1"})
    assert (fewer.counts, "child[2]/who" in fewer.questions, fewer.get("c")) == ({"child": 1}, False, "1")
    assert answer(fewer, {"n": "2"}).get("child[2]/who") == "Bo"  # what was typed is not lost by a slip
    assert answer(values, {"n": "-3"}).counts == {"child": 0}
    with pytest.raises(ValueError, match=r"child\[1\]"):
        remove(values, "child[1]")


def test_counts_of_inner_repeats_follow_each_outer_instance() -> None:
    rows = [*repeat("house", number("rooms"), *repeat("room", number("beds"), repeat_count="${rooms}"))]
    values = answer(begun(rows), {"house[1]/rooms": "2", "house[+]": "yes"})
    values = answer(values, {"house[2]/rooms": "1"})
    assert values.counts == {"house": 2, "house[1]/room": 2, "house[2]/room": 1}
    assert values.to_json()["repeats"] == {"house": 2, "house[1]/room": 2, "house[2]/room": 1}


def test_more_instances_than_a_draft_can_have_are_a_problem_of_the_box_that_asks_for_them() -> None:
    rows = [number("n"), *repeat("child", WHO, repeat_count="${n} * 2")]
    values = answer(begun(rows), {"n": "251"})
    assert values.counts == {"child": growth.REPEAT_CAP}
    assert [(problem.name, problem.kind) for problem in values.problems(("n",))] == [("n", ProblemKind.COUNT)]
    assert answer(values, {"n": "3"}).problems(("n",)) == ()


def test_a_repeat_that_can_hold_no_more_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    values = begun(repeat("child", number("age")))
    monkeypatch.setattr(growth, "REPEAT_CAP", 2)
    two = answer(values, {"child[+]": "yes"})
    assert due(answer(two, {"child[+]": "yes"})) == due(answer(two, {"child[+]": "no"}))
    monkeypatch.setattr(growth, "REPEAT_CAP", 9)
    monkeypatch.setattr(instance_tree, "BOX_CAP", 10)
    full = answer(answer(two, {"child[+]": "yes"}), {"child[+]": "yes"})
    assert full.answer_of("child[+]") is not None


def test_an_instance_can_be_taken_out_and_those_after_it_move_up() -> None:
    values = answer(begun(FAMILY), {"child[+]": "yes", "child[1]/who": "Ann", "child[2]/who": "Bo"})
    values = answer(values, {"child[+]": "yes", "child[3]/who": "Cy", "child[3]/age": "4", "child[1]/age": "9"})
    values = remove(values, "child[2]")
    assert [values.get(f"child[{place}]/who") for place in (1, 2)] == ["Ann", "Cy"]
    assert (values.get("total"), values.counts) == ("13", {"child": 2})
    none = remove(remove(values, "child[1]"), "child[1]")
    assert (none.counts, [step.name for step in none.steps][1:]) == ({"child": 0}, ["child[+]"])
    assert stored(none) == none
    with pytest.raises(KeyError):
        remove(none, "child[1]")
    with pytest.raises(KeyError):
        answer(none, {"house[+]": "yes"})
    with pytest.raises(KeyError):
        none.get("age")


def test_taking_out_an_outer_instance_moves_what_it_holds() -> None:
    rows = repeat("house", *repeat("room", number("beds"), calculate("double", "${beds} * 2")))
    values = answer(begun(rows), {"house[+]": "yes", "house[2]/room[+]": "yes"})
    values = answer(values, {"house[2]/room[2]/beds": "3", "house[1]/room[+]": "no"})
    values = remove(values, "house[1]")
    assert (values.get("house[1]/room[2]/double"), values.counts) == ("6", {"house": 1, "house[1]/room": 2})
    assert values.answer_of("house[1]/room[+]") is None


def test_positions_indexed_repeat_and_running_totals() -> None:
    rows = repeat(
        "visit",
        number("amount"),
        calculate("place", "position(..)"),
        calculate("before", "indexed-repeat(${amount}, ${visit}, position(..) - 1)"),
        calculate("running", "${amount} + coalesce(indexed-repeat(${running}, ${visit}, position(..) - 1), 0)"),
        calculate("sibling", "../../visit[position() = 1]/amount"),
        calculate("share", "round(${amount} div sum(../../visit/amount) * 100)"),
    )
    values = answer(begun(rows), {"visit[+]": "yes"})
    values = answer(answer(values, {"visit[+]": "yes"}), {f"visit[{n}]/amount": str(n * 10) for n in (1, 2, 3)})
    assert [values.get(f"visit[{n}]/{name}") for name in ("place", "before", "running") for n in (1, 2, 3)] == [
        *("1", "2", "3"),
        *("", "10", "20"),
        *("10", "30", "60"),
    ]
    assert (values.get("visit[3]/sibling"), values.get("visit[3]/share")) == ("10", "50")
    assert answer(values, {"visit[1]/amount": "15"}).get("visit[3]/running") == "65"


def test_indexed_repeat_needs_the_repeats_around_its_box() -> None:
    (problem,) = refused([number("a"), *repeat("r", number("b")), calculate("c", "indexed-repeat(${a}, ${r}, 1)")])
    assert (problem.what, problem.args["about"]) == ("wrong_arguments", "indexed-repeat")


def test_indexed_repeat_reaches_into_inner_repeats() -> None:
    rows = [
        *repeat("house", *repeat("room", number("beds"), calculate("first", "indexed-repeat(${beds}, ${room}, 1)"))),
        calculate("picked", "indexed-repeat(${beds}, ${house}, 2, ${room}, 1)"),
        calculate("none", "indexed-repeat(${beds}, ${house}, 7, ${room}, 'x')"),
    ]
    values = answer(begun(rows), {"house[+]": "yes", "house[2]/room[+]": "yes"})
    values = answer(values, {"house[2]/room[1]/beds": "4", "house[1]/room[1]/beds": "1"})
    assert (values.get("picked"), values.get("none"), values.get("house[2]/room[2]/first")) == ("4", "", "4")


def test_a_circle_through_other_instances_that_leads_out_of_the_repeat_is_refused() -> None:
    rows = [*repeat("r", number("a"), calculate("b", "${a} + ${all}")), calculate("all", "sum(${b})")]
    (problem,) = refused(rows)
    assert (problem.what, problem.args["names"]) == ("cycle", "all, b")
    (problem,) = refused(repeat("r", number("a"), calculate("b", "${c}"), calculate("c", "${b}")))
    assert problem.what == "cycle"


def test_the_question_for_another_one_goes_with_the_repeat() -> None:
    rows = [
        {"type": "select_one yn", "name": "any"},
        *repeat("child", WHO, relevant="${any} = 'yes' and position(.) < 3"),
    ]
    values = begun(rows, YES_NO)
    assert due(values) == [("any", ["any"])]
    values = answer(values, {"any": "yes"})
    assert [name for name, _ in due(values)] == ["child[1]/who", "child[+]"]
    two = answer(values, {"child[+]": "yes"})
    assert [name for name, _ in due(two)] == ["child[1]/who", "child[2]/who"]  # a third would not apply
    assert due(answer(values, {"any": "no"})) == []


def test_new_instances_take_their_defaults_and_known_values() -> None:
    rows = [
        KNOWN,
        *repeat(
            "child",
            number("age", default="5"),
            {"type": "text", "name": "tag", "default": "concat('no ', position(..))"},
            number("share", default="instance('known')/root/share"),
        ),
    ]
    values = answer(begun(rows, known=Known({"share": "3"})), {"child[+]": "yes"})
    assert [values.get(f"child[2]/{name}") for name in ("age", "tag", "share")] == ["5", "no 2", "3"]
    assert values.get("child[1]/tag") == "no 1"
    followed = refresh(answer(values, {"child[1]/share": "9"}), Known({"share": "4"}), MONDAY)
    assert [followed.get(f"child[{n}]/share") for n in (1, 2)] == ["9", "4"]


def test_triggers_stay_in_their_instance_and_reach_into_all_from_outside() -> None:
    rows = [
        number("all"),
        *repeat(
            "child",
            number("a"),
            {"type": "calculate", "name": "own", "label": "", "calculation": "${a} + 1", "trigger": "${a}"},
            {"type": "calculate", "name": "each", "label": "", "calculation": "${all} * 2", "trigger": "${all}"},
        ),
    ]
    values = answer(begun(rows), {"child[+]": "yes"})
    values = answer(values, {"child[2]/a": "4", "all": "5"})
    assert [values.get(f"child[{n}]/{name}") for name in ("own", "each") for n in (1, 2)] == ["", "5", "10", "10"]


def test_a_repeat_inside_a_field_list_comes_right_after_it() -> None:
    rows: list[Row] = [
        {"type": "begin_group", "name": "block", "appearance": "field-list"},
        number("a"),
        *repeat("child", WHO),
        number("b"),
        GROUP_END,
    ]
    values = begun(rows)
    assert [(step.name, [box.name for box in step.questions]) for step in values.steps] == [
        ("block", ["a", "b"]),
        ("child[1]/who", ["child[1]/who"]),
        ("child[+]", ["child[+]"]),
    ]
    assert values.steps[1].row is None


def test_groups_in_instances_have_addresses() -> None:
    rows = repeat(
        "child",
        {"type": "begin_group", "name": "home", "appearance": "field-list", "label": "Home of ${who}"},
        {"type": "text", "name": "who"},
        calculate("loud", "concat(${who}, '!')"),
        GROUP_END,
    )
    values = answer(begun(rows), {"child[1]/who": "Ann"})
    (step, _) = values.steps
    assert (step.name, step.template, values.text(step.label, "")) == ("child[1]/home", "home", "Home of Ann")
    assert [box.name for box in step.calculates] == ["child[1]/loud"]
    assert [group.name for group in step.groups] == ["child[1]", "child[1]/home"]
    assert values.relevant("child[1]/home")


def test_names_that_repeats_share_are_told_apart() -> None:
    rows = [*repeat("boy", number("age")), *repeat("girl", number("age")), calculate("both", "sum(/data/boy/age)")]
    values = answer(begun(rows), {"boy[1]/age": "4", "girl[1]/age": "5", "girl[+]": "yes"})
    assert (values.get("both"), "girl[2]/age" in values.questions) == ("4", True)
    assert values.questions["girl[2]/age"].template == "girl/age"


def test_choices_can_be_the_instances_of_a_repeat() -> None:
    rows = [
        *repeat("child", WHO, number("age")),
        {"type": "select_one ${who}", "name": "eldest", "choice_filter": "${age} > 5"},
    ]
    values = answer(begun(rows), {"child[+]": "yes", "child[1]/who": "Ann", "child[2]/who": "Bo", "child[2]/age": "7"})
    assert [(choice.value, values.text(choice.label, "")) for choice in values.choices("eldest")] == [("Bo", "Bo")]
    values = answer(values, {"eldest": "Bo"})
    assert values.problems(("eldest",)) == ()
    assert answer(values, {"child[2]/age": "1"}).get("eldest") == ""


def test_choices_are_filtered_by_the_answers_of_their_own_instance() -> None:
    lists: list[Row] = [
        {"list_name": "town", "name": "loei", "label": "Loei", "of": "north"},
        {"list_name": "town", "name": "trang", "label": "Trang", "of": "south"},
    ]
    town: Row = {"type": "select_one town", "name": "town", "choice_filter": "of = ${region}"}
    values = begun(repeat("trip", {"type": "text", "name": "region"}, town), lists)
    values = answer(values, {"trip[+]": "yes", "trip[1]/region": "north", "trip[2]/region": "south"})
    assert [[choice.value for choice in values.choices(f"trip[{n}]/town")] for n in (1, 2)] == [["loei"], ["trang"]]
    values = answer(values, {"trip[1]/town": "loei", "trip[2]/town": "trang"})
    moved = answer(values, {"trip[2]/region": "north"})
    assert (moved.get("trip[1]/town"), moved.get("trip[2]/town")) == ("loei", "")


def test_soft_checks_and_suggestions_speak_of_their_instance() -> None:
    cells = {
        "bind::tidtam:soft": ". <= ${all}",
        "bind::tidtam:soft_message": "{part} of {all}",
        "bind::tidtam:suggest": "${all}",
    }
    rows = repeat("r", number("a"), calculate("all", "${a} * 2"), number("part", **cells))
    values = begun(rows, namespaces='tidtam="https://tidtam.example/xforms"')
    values = answer(values, {"r[+]": "yes", "r[1]/a": "1", "r[1]/part": "9", "r[2]/a": "4", "r[2]/part": "8"})
    (remark,) = values.remarks()
    assert (remark.name, remark.boxes) == ("r[1]/part", ("r[1]/a", "r[1]/part"))
    assert remark.message is not None
    assert values.text(remark.message, "") == "9 of 2"
    assert values.evaluate(values.questions["r[2]/part"].formulas["suggest"]) == "8"


def test_unwanted_answers_in_instances_are_forgotten() -> None:
    values = answer(begun(FAMILY), {"child[1]/who": "Ann", "child[+]": "no"}, meta={"message": "m"})
    values = forget(values, lambda kept: kept.meta.get("message") == "m")
    assert [name for name, _ in due(values)] == ["child[1]/who", "child[1]/age", "child[+]"]


def test_a_submission_holds_every_instance() -> None:
    values = answer(begun(FAMILY), {"child[+]": "yes", "child[1]/who": "Ann", "child[2]/who": "nobody"})
    root = fromstring(to_xml(values, "uuid:1"))  # noqa: S314 - our own text
    assert [[box.tag for box in child] for child in root.findall("child")] == [["who", "age"], ["who"]]
    assert [child.findtext("who") for child in root.findall("child")] == ["Ann", "nobody"]


def test_another_version_of_the_form_keeps_the_instances_it_still_has() -> None:
    values = answer(begun(FAMILY), {"child[+]": "yes", "child[2]/who": "Bo", "child[2]/age": "4"})
    new = begun([*repeat("child", WHO), number("other")]).form
    moved = from_json(new, values.to_json())
    assert (moved.get("child[2]/who"), moved.counts, "child[2]/age" in moved.answers) == ("Bo", {"child": 2}, False)
