"""A field-list is one question as far as one message can answer it; progress counts what is really asked."""

from __future__ import annotations

from bot.forms.values import Values, answer
from tests.unit.bot.forms.sheets import GROUP_END, YES_NO, Row, begun, number, repeat

TEXT: Row = {"type": "text", "name": "who"}
PICK: Row = {"type": "select_one yn", "name": "pick"}
NOTE: Row = {"type": "note", "name": "words"}


def field_list(*inside: Row) -> list[Row]:
    return [{"type": "begin_group", "name": "all", "label": "All", "appearance": "field-list"}, *inside, GROUP_END]


def steps(*inside: Row) -> list[list[str]]:
    values = begun(field_list(*inside), YES_NO)
    return [[question.name for question in step.questions] for step in values.steps]


def test_counts_are_one_question() -> None:
    assert steps(NOTE, number("a"), number("b")) == [["words", "a", "b"]]


def test_boxes_with_printed_numbers_are_one_question_whatever_they_hold() -> None:
    boxes = (number("a", **{"bind::tidtam:box": "1"}), {**TEXT, "bind::tidtam:box": "2"})
    values = begun(field_list(*boxes), namespaces='tidtam="https://tidtam.example/xforms"')
    assert [step.name for step in values.steps] == ["all"]


def test_choices_with_a_text_for_what_is_no_choice_are_one_question() -> None:
    assert steps(PICK, TEXT) == [["pick", "who"]]


def test_other_mixtures_are_asked_one_by_one_runs_of_counts_together() -> None:
    assert steps(TEXT, number("a"), number("b"), NOTE, PICK) == [["who"], ["a", "b"], ["words"], ["pick"]]


def test_very_many_counts_are_asked_in_several_messages() -> None:
    assert [len(names) for names in steps(*(number(f"n{place}") for place in range(14)))] == [6, 6, 2]


def test_each_piece_counts_as_a_question_left() -> None:
    values = begun(field_list(TEXT, number("a"), number("b"), PICK), YES_NO)
    assert values.count_due() == 3
    assert answer(values, {"a": "1", "b": "2"}).count_due() == 2


def test_pieces_inside_a_repeat_are_those_of_each_instance() -> None:
    values: Values = begun(repeat("child", TEXT, number("age"), number("teeth"), appearance="field-list"))
    values = answer(values, {"child[+]": "yes"})
    assert [step.name for step in values.steps] == [
        *("child[1]/who", "child[1]/age", "child[2]/who", "child[2]/age"),
        "child[+]",
    ]
    run = values.step("child[2]/age")
    assert run is not None
    assert [question.name for question in run.asked] == ["child[2]/age", "child[2]/teeth"]
