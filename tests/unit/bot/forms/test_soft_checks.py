"""Soft checks: what should hold, in words with values, and which boxes would mend it."""

from __future__ import annotations

from bot.forms.values import Values, answer
from tests.unit.bot.forms.sheets import OURS, Row, begun, calculate, number, refused

SUM: Row = number(
    "total",
    **{
        "bind::tidtam:soft": ". = ${parts}",
        "bind::tidtam:soft_message": "รวม {total} แต่แยกไว้ {parts} {{ดู}}",
        "bind::tidtam:soft_message_en": "{total} in all, {parts} by kind",
        "bind::tidtam:soft2": ". <= 60000",
        "bind::tidtam:soft10": ". != 7",
        "bind::tidtam:running": "yes",
    },
)
ROWS: list[Row] = [SUM, number("a"), number("b"), calculate("parts", "${a} + ${b}")]


def draft(**changes: str) -> Values:
    return answer(begun(ROWS, namespaces=OURS), changes)


def test_a_check_that_does_not_hold_is_told_with_the_boxes_that_can_mend_it() -> None:
    values = draft(total="23", a="12", b="7")
    (remark,) = values.remarks()
    assert (remark.name, remark.check, remark.boxes) == ("total", "soft", ("total", "a", "b"))
    assert remark.message is not None
    assert values.text(remark.message, "") == "รวม 23 แต่แยกไว้ 19 {ดู}"
    assert values.text(remark.message, "en", lambda box, raw: f"{box.name if box else '?'}:{raw}") == (
        "total:23 in all, parts:19 by kind"
    )


def test_checks_never_stand_in_the_way_and_speak_only_of_filled_boxes_that_apply() -> None:
    assert draft(a="1").remarks() == ()
    assert draft(total="3", a="1", b="2").remarks() == ()
    assert draft(total="4", a="1", b="2").problems() == ()
    hidden = [number("n"), {**SUM, "relevant": "${n} = 1"}, *ROWS[1:]]
    assert answer(begun(hidden, namespaces=OURS), {"total": "9", "a": "1", "b": "1"}).remarks() == ()


def test_a_box_can_have_several_checks_in_the_order_of_their_numbers() -> None:
    assert [remark.check for remark in draft(total="70000", a="1", b="2").remarks()] == ["soft", "soft2"]
    assert [(r.check, r.message) for r in draft(total="7", a="3", b="4").remarks()] == [("soft10", None)]


def test_a_running_count_that_fell_since_the_last_report_is_told() -> None:
    before, now = draft(total="4720", a="5"), draft(total="4270", a="3")
    (fell,) = now.fallen(before)
    assert (fell.name, fell.before, fell.now) == ("total", "4720", "4270")
    assert before.fallen(now) == draft().fallen(before) == now.fallen(draft()) == ()


def test_messages_and_targets_that_name_no_box_are_refused_by_row() -> None:
    wrong = number("a", **{"bind::tidtam:soft": ". > 1", "bind::tidtam:soft_message": "{nobody}"})
    (problem,) = refused([wrong], namespaces=OURS)
    assert (problem.what, problem.row, problem.args["about"]) == ("unknown_target", 2, "nobody")
    (problem,) = refused([number("a", **{"bind::tidtam:target": "b"})], namespaces=OURS)
    assert (problem.what, problem.args["about"]) == ("unknown_target", "b")
    (problem,) = refused([number("a", **{"bind::tidtam:soft3": "frob(.)"})], namespaces=OURS)
    assert (problem.what, problem.args["column"]) == ("unsupported_function", "soft3")
