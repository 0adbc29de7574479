"""E-03: impossible figures are said at once, each of them one tap away, and nothing else of the message is lost."""

from __future__ import annotations

import pytest

from tests.integration.conversation.reports import CASES, HOUSEHOLDS, REVIEW, go_to, send
from tests.support.chat import Phone

LOWERED = "ครบ 3,040 มากกว่าที่ตรวจทานแล้ว 3,000 กรุณาตรวจอีกครั้ง"
RAISED = "ครบ 3,400 มากกว่าที่ตรวจทานแล้ว 3,150 กรุณาตรวจอีกครั้ง"
BOTH = ["แก้ช่อง 8", "แก้ช่อง 9"]
EDITS = [("8=3000", LOWERED), ("9=3400", RAISED)]


@pytest.mark.parametrize(("words", "told"), EDITS)
@pytest.mark.parametrize("question", [CASES, REVIEW])
def test_either_direction_is_refused_and_offers_both_figures(
    officer: Phone, question: int, words: str, told: str
) -> None:
    go_to(officer, question)
    assert told in officer.say(words)
    assert officer.labels() == BOTH


@pytest.mark.parametrize(("words", "told"), EDITS)
def test_a_change_of_a_sent_report_is_refused_the_same_way(officer: Phone, words: str, told: str) -> None:
    send(officer)
    assert told in officer.say(f"แก้ {words}")
    assert officer.labels() == BOTH


def test_a_block_is_refused_as_a_whole_and_both_may_be_typed_again(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    assert RAISED in officer.say("3150 3400")
    assert officer.labels() == BOTH
    assert "รับแล้ว: ตรวจทานแล้ว 3,150 · ครบ 3,040" in officer.say("3150 3040")


def test_the_other_figure_can_be_mended_and_the_typed_one_stays(officer: Phone) -> None:
    go_to(officer, REVIEW)
    officer.say("9=3400")
    officer.press("แก้ช่อง 8")
    shown = officer.say("3500")
    assert "โปรดตรวจก่อนส่ง" in shown
    assert "3,500 จาก 6,240 (56%) · ครบ 3,400" in shown


def test_the_rest_of_the_message_is_stored_with_the_mended_figure(officer: Phone) -> None:
    go_to(officer, REVIEW)
    officer.say("8=3000 5=22")
    officer.press("แก้ช่อง 9")
    shown = officer.say("2900")
    assert "3,000 จาก 6,240 (48%) · ครบ 2,900" in shown
    assert "5 หมู่บ้านที่ตรวจทานแล้ว: 22" in officer.say("ทบทวน")


def test_typing_the_other_figure_with_its_box_keeps_the_rest_too(officer: Phone) -> None:
    go_to(officer, REVIEW)
    officer.say("8=3000 5=22")
    shown = officer.say("9=2900")
    assert "3,000 จาก 6,240 (48%) · ครบ 2,900" in shown
    assert "5 หมู่บ้านที่ตรวจทานแล้ว: 22" in officer.say("ทบทวน")


def test_one_refusal_after_the_other_loses_nothing(officer: Phone) -> None:
    go_to(officer, REVIEW)
    officer.say("8=36 5=22")
    officer.press("แก้ช่อง 9")
    assert "กรณี ๓.๑ 40 ครัวเรือน มากกว่าที่ตรวจทานแล้ว 36" in officer.say("30")
    assert officer.labels() == ["แก้ช่อง 8", "แก้ช่อง 10"]
    officer.press("แก้ช่อง 10")
    assert "กรณี ๓.๔ 38 ครัวเรือน" in officer.say("5")
    shown = officer.say("13=1")
    assert "36 จาก 6,240 (1%) · ครบ 30" in shown
    assert "5 หมู่บ้านที่ตรวจทานแล้ว: 22" in officer.say("ทบทวน")


def test_a_message_about_something_else_does_not_bring_the_refused_figures_back(officer: Phone) -> None:
    go_to(officer, REVIEW)
    officer.say("9=3400")
    officer.say("5=22")
    assert "3,150 จาก 6,240 (50%) · ครบ 3,040" in officer.say("8=3150")
