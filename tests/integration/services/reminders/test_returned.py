"""A report that the province gave back is reminded of in the reviewer's words."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from models.obligation import Obligation, ObligationState
from services.ledger import ledger
from tests.integration.services.reminders.test_reminders import DAY_BEFORE, DUE_DAY, OPENING, PHU_RUEA, heard, move
from tests.integration.services.towns import report
from tests.support.chat import Phone, Town


@pytest.fixture
def officer(town: Town) -> Phone:
    phone = town.person("สมศรี ใจดี", "officer", PHU_RUEA)
    report(phone)
    town.work()
    return phone


def returned(town: Town, **what: Any) -> None:
    with town.runtime.sessions() as session, session.begin():
        obligation = session.scalars(
            select(Obligation).where(Obligation.area_code == PHU_RUEA, Obligation.state == "submitted")
        ).one()
        ledger.move(session, obligation.id, ObligationState.RETURNED, now=town.clock.now(), **what)


def said(town: Town) -> str:
    ((_user, words),) = heard(town)
    return words


def test_each_box_stands_there_with_what_was_sent_and_why_it_comes_back(town: Town, officer: Phone) -> None:
    returned(town, detail={"boxes": {"t3_hh_complete": "มากกว่ายอดในทะเบียนของตำบลสานตม"}})
    move(town, DAY_BEFORE)
    words = said(town)
    assert "จังหวัดขอให้ตรวจรายงานครั้งที่ 1 ของอำเภอภูเรืออีกครั้ง" in words
    assert "ช่อง 9" in words
    assert "3,040" in words
    assert "มากกว่ายอดในทะเบียนของตำบลสานตม" in words
    assert "เหลือ" not in words
    assert "[แก้ไข]" in words


def test_a_report_given_back_as_a_whole_comes_with_the_reason(town: Town, officer: Phone) -> None:
    returned(town, reason="ตัวเลขไม่ตรงกับครั้งก่อน")
    move(town, DUE_DAY)
    assert 'เหตุผล: "ตัวเลขไม่ตรงกับครั้งก่อน"' in said(town)


def test_many_boxes_are_counted_after_the_fifth(town: Town, officer: Phone) -> None:
    names = ["t3_villages_checked", "t3_certificates", "t3_hh_checked", "t3_hh_complete", "t3_status", "t3_steps", "x"]
    returned(town, detail={"boxes": dict.fromkeys(names, "ตรวจอีกครั้ง")})
    move(town, DAY_BEFORE)
    assert "และอีก 2 ช่อง" in said(town)


def test_once_it_was_sent_again_nobody_is_reminded(town: Town, officer: Phone) -> None:
    returned(town, reason="ตรวจอีกครั้ง")
    with town.runtime.sessions() as session, session.begin():
        found = session.scalars(select(Obligation).where(Obligation.state == "returned")).one()
        ledger.move(session, found.id, ObligationState.SUBMITTED, now=town.clock.now())
    for instant in (OPENING, DAY_BEFORE, DUE_DAY):
        move(town, instant)
    assert heard(town) == []
