"""A Monday morning of three people in twenty turns: a round reported, looked at, corrected; a house photographed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.support import pictures
from tests.support.people import BOONMEE, MALEE, SOMJAI, Someone
from tests.support.stage import Stage

Act = Callable[[], str]


def acts(stage: Stage) -> list[Act]:
    """What is done, in this order; each act waits for its answer and returns it."""
    officer, leader, staff = (stage.someone(user_id) for user_id in (SOMJAI, BOONMEE, MALEE))
    return [*_report(officer), partial(staff.say, "ใครยังไม่ส่ง"), *_correction(officer), *_house(leader), *_rest(officer)]


def _report(officer: Someone) -> list[Act]:
    return [
        partial(officer.say, "รายงาน"),
        partial(officer.tap, "อยู่ระหว่างการจัดทำรายงาน"),
        partial(officer.tap, "ทำแล้วทั้งสองอย่าง"),
        partial(officer.say, "21 15"),
        partial(officer.say, "3150 3040"),
        partial(officer.say, "40 35 12 38 9"),
        partial(officer.tap, "ตามแผน"),
        partial(officer.tap, "อยู่ระหว่างการจัดทำรายงาน"),
        partial(officer.say, "0"),
        partial(officer.tap, "ตามนี้"),
        partial(officer.tap, "ไม่มี"),
        partial(officer.tap, "ยืนยันส่ง"),
    ]


def _correction(officer: Someone) -> list[Act]:
    return [partial(officer.say, "แก้ 8=3200"), partial(officer.tap, "ยืนยันการแก้ไข")]


def _house(leader: Someone) -> list[Act]:
    return [partial(leader.photo, pictures.jpeg()), partial(leader.tap, "12"), partial(leader.say, "หลังที่เหลือ")]


def _rest(officer: Someone) -> list[Act]:
    return [partial(officer.say, "ของฉันค้างอะไร"), partial(officer.say, "เมนู")]


TURNS = 20
