"""What people send that no question asks for: a clear answer, nothing stored twice, nothing lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.area import Household
from models.media import Media
from models.obligation import Draft, Obligation, Report
from tests.e2e.events import body_of, text_event
from tests.e2e.rounds import BOTH, IN_PROGRESS, SEND, answer_by_tapping, report
from tests.support import pictures
from tests.support.people import Someone
from tests.support.processes import wait_until
from tests.support.screen import screen
from tests.support.stage import MONDAY, Stage

PHOTO = pictures.jpeg()
NATIONAL_ID = "1100700000001"
"""Made up; its last digit is the right check digit."""


def stored(stage: Stage, name: str) -> str:
    """The value of a box of ภูเรือ's draft, the one that was touched last."""
    with stage.sessions() as session:
        draft: dict[str, Any] = session.scalars(select(Draft.answers).order_by(Draft.updated_at.desc())).first() or {}
    return str(draft["answers"].get(name, [""])[0])


@pytest.fixture
def asked_for_villages(officer: Someone) -> Someone:
    """The officer, asked for two numbers: villages checked and certified, of 47."""
    officer.say("รายงาน")
    officer.tap(IN_PROGRESS)
    officer.tap(BOTH)
    return officer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("ประมาณ 20", "ค่าประมาณ"),
        ("1 2 3 4 5", "มากกว่า"),
        ("21", "21"),
        ("50 50", "มากกว่าทั้งหมด 47"),
        ("ยี่สิบกว่าๆ", "เช่น"),
        ("🙂🙂🙂", "ค้างอยู่ที่"),
        ("ก" * 5000, "5,000"),
        ("-5 3", "เช่น"),
        ("21,15,3", "เช่น"),
        ("<script>alert(1)</script>", "เช่น"),
        ("1234567890123", "เช่น"),
        (NATIONAL_ID, "13 หลัก"),
    ],
    ids=[
        "about",
        "many",
        "one",
        "too large",
        "vague",
        "emoji",
        "5,000 characters",
        "minus",
        "commas",
        "script",
        "13 digits",
        "national id",
    ],
)
def test_what_is_no_answer_is_said_to_be_none_with_an_example(
    stage: Stage, asked_for_villages: Someone, words: str, answer: str
) -> None:
    asked_for_villages.say(words)
    assert answer in asked_for_villages.screen()
    assert stored(stage, "t3_villages_checked") == ""
    assert "รับแล้ว: ตรวจทานแล้ว 21" in asked_for_villages.say("21 15")


@pytest.mark.parametrize(
    "send",
    [
        lambda person: person.sticker(),
        lambda person: person.photo(PHOTO),
        lambda person: person.event({"type": "audio", "duration": 1000, "contentProvider": {"type": "line"}}),
        lambda person: person.event({"type": "location", "address": "เลย", "latitude": 17.4, "longitude": 101.7}),
        lambda person: person.event({"type": "somethingNew"}),
    ],
    ids=["sticker", "photo", "voice", "place", "unknown kind"],
)
def test_other_kinds_of_messages_keep_the_question_open(
    stage: Stage, asked_for_villages: Someone, send: Callable[[Someone], str]
) -> None:
    assert send(asked_for_villages)
    assert stored(stage, "t3_villages_checked") == ""
    assert "รับแล้ว: ตรวจทานแล้ว 21" in asked_for_villages.say("21 15")


def test_a_photo_instead_of_a_number_is_kept_and_can_be_attached(stage: Stage, asked_for_villages: Someone) -> None:
    assert "ได้รับรูปแล้วและเก็บไว้ให้" in asked_for_villages.photo(PHOTO)
    asked_for_villages.tap("เก็บรูปเป็นเอกสารแนบ")
    stage.settle()
    assert len(stage.stored_files()) == 2


def test_the_same_event_twice_is_answered_once(stage: Stage, asked_for_villages: Someone) -> None:
    stage.simulator.fault("duplicate_event")
    before = len(asked_for_villages.bubbles())
    asked_for_villages.say("21 15")
    stage.settle()
    assert len(asked_for_villages.bubbles()) == before + 1
    assert stored(stage, "t3_villages_checked") == "21"


def test_events_that_line_swaps_are_sorted_or_the_late_one_is_said_to_be_late(
    stage: Stage, asked_for_villages: Someone
) -> None:
    stage.simulator.fault("hold_events")
    seq = asked_for_villages.last_seq()
    stage.simulator.say(asked_for_villages.user_id, "21 15")
    stage.simulator.say(asked_for_villages.user_id, "22 16")
    stage.simulator.wait_for(asked_for_villages.user_id, seq, count=2)
    stage.settle()
    said = screen([each.message for each in asked_for_villages.bubbles(seq)])
    if "มาถึงช้า" in said:
        assert "21 15" in said, "what was not stored is said back"
        assert (stored(stage, "t3_villages_checked"), stored(stage, "t3_hh_checked")) == ("22", "")
    else:
        assert (stored(stage, "t3_villages_checked"), stored(stage, "t3_hh_checked")) == ("21", "22")


def test_an_answer_older_than_one_that_was_taken_is_never_stored_silently(
    stage: Stage, asked_for_villages: Someone
) -> None:
    before = stage.simulator.now()
    asked_for_villages.say("21 15")
    timestamp = int(dt.datetime.fromisoformat(before).timestamp() * 1000) - 1000
    seq = asked_for_villages.last_seq()
    stage.simulator.raw(body_of(text_event("22 16", timestamp=timestamp)))
    assert "มาถึงช้า" in asked_for_villages.waits_for("22 16", seq)
    assert stored(stage, "t3_villages_checked") == "21"


def test_a_national_id_is_kept_nowhere(stage: Stage, officer: Someone) -> None:
    assert "13 หลัก" in officer.say(f"บัตรประชาชน {NATIONAL_ID}")
    stage.settle()
    assert stage.tables_with(NATIONAL_ID) == []


def test_two_messages_in_one_second_are_both_taken_in_their_order(stage: Stage, asked_for_villages: Someone) -> None:
    seq = asked_for_villages.last_seq()
    stage.simulator.say(asked_for_villages.user_id, "21 15")
    stage.simulator.say(asked_for_villages.user_id, "3150 3040")
    stage.simulator.wait_for(asked_for_villages.user_id, seq, count=2)
    stage.settle()
    assert (stored(stage, "t3_villages_checked"), stored(stage, "t3_hh_complete")) == ("21", "3040")


def test_seven_quick_messages_of_one_person_are_taken_in_order_each_once(stage: Stage, leader: Someone) -> None:
    leader.photo(*(pictures.jpeg(number) for number in range(7)))
    seq = leader.last_seq()
    houses = ("12", "12/1", "14", "15", "15/2", "16", "18")
    *first, last = houses
    for house in first:
        stage.simulator.say(leader.user_id, house)
    stage.simulator.say(leader.user_id, last, wait=True)  # one phone's messages arrive in order: so have all
    stage.simulator.wait_for(leader.user_id, seq, until=lambda found: last in str(found[-1:]))
    stage.settle()
    leader.tap("ถูกต้อง")
    stage.settle()
    with stage.sessions() as session:
        photos = select(Household.house_no).join(Media, Media.household_id == Household.id)
        assert tuple(session.scalars(photos.order_by(Media.sent_at, Media.id))) == houses


def test_last_weeks_button_says_what_stands_now_and_offers_the_change(stage: Stage, officer: Someone) -> None:
    officer.say("รายงาน")
    old = officer.button("แล้วเสร็จ")
    officer.tap(IN_PROGRESS)
    stage.move_clock(MONDAY + dt.timedelta(days=7))
    assert "บันทึกไว้ว่า อยู่ระหว่าง" in officer.postback(old["data"])
    assert stored(stage, "t3_status") == "reporting"
    officer.tap("เปลี่ยนเป็น แล้วเสร็จ")
    assert stored(stage, "t3_status") == "done"


def test_a_button_of_a_report_that_was_sent_changes_nothing(stage: Stage, officer: Someone, staff: Someone) -> None:
    officer.say("รายงาน")
    old = officer.button("แล้วเสร็จ")
    answer_by_tapping(officer)
    send = officer.button(SEND)
    officer.tap(SEND)
    for data in (old["data"], send["data"], "do=send", "do=answer&o=999&s=x&q=y&v=z", "ก" * 300):
        officer.postback(data)
    stage.settle()
    assert "ส่งแล้ว 9 จาก 14" in staff.say("ใครยังไม่ส่ง")
    with stage.sessions() as session:
        numbers = session.scalars(select(Report.number).join(Obligation).where(Obligation.area_code == "4207"))
        assert list(numbers) == [1]


def test_a_second_tap_on_send_sends_nothing_twice(stage: Stage, officer: Someone) -> None:
    report(officer)
    send = officer.button(SEND)
    officer.postback(send["data"])
    assert "เลขรับ 4207-1-02" not in officer.screen()


def test_answers_go_out_while_line_hesitates(stage: Stage, asked_for_villages: Someone) -> None:
    """LINE answers 500, or takes the reply and drops the line: the person hears once."""
    for fault in ("server_error", "drop_after_send", "rate_limit"):
        stage.simulator.fault(fault, path="/reply")
    before = len(asked_for_villages.bubbles())
    asked_for_villages.say("21 15")
    wait_until(lambda: not stage.undone(), seconds=90, what="the answer")
    assert len(asked_for_villages.bubbles()) == before + 1
