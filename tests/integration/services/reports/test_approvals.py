"""Consent under several hands at once: what a card shows is what is agreed to, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from models.campaign import Campaign
from models.obligation import Draft, Report
from tests.integration.services.reports.test_reports import at_once
from tests.integration.services.towns import answer_all, one, rows, words
from tests.support.chat import Phone, Town

PHU_RUEA = "4207"


@pytest.fixture
def officer(either_town: Town) -> Phone:
    with either_town.runtime.sessions() as session, session.begin():
        campaign = session.scalars(select(Campaign)).one()
        forms: dict[str, Any] = campaign.settings["forms"]
        wanted = {**forms["followup"], "approval": {"by": "head"}}
        campaign.settings = {**campaign.settings, "forms": {**forms, "followup": wanted}}
    return either_town.person("สมศรี ใจดี", "officer", PHU_RUEA)


@pytest.fixture
def head(either_town: Town) -> Phone:
    return either_town.person("พิชัย ใจซื่อ", "head", PHU_RUEA)


def waiting(town: Town, officer: Phone, head: Phone) -> None:
    """The report waits, and the head has the card."""
    answer_all(officer)
    officer.press("ส่งให้พัฒนาการอำเภอ")
    head.say("รายงาน")


def test_agreeing_and_changing_at_once_never_sends_what_was_not_seen(
    either_town: Town, officer: Phone, head: Phone
) -> None:
    waiting(either_town, officer, head)
    results = at_once(lambda: head.press("เห็นชอบและส่ง"), lambda: officer.say("แก้ 8=3200"))
    assert results == [None, None]
    sent = rows(either_town, select(Report))
    if sent:
        (report,) = sent
        assert report.answers["answers"]["t3_hh_checked"][0] == "3150"
        assert report.approved_by is not None
    else:
        draft = one(either_town, select(Draft))
        assert draft.asked_at is None
        assert draft.answers["answers"]["t3_hh_checked"][0] == "3200"


def test_of_two_heads_who_agree_at_once_one_sends_and_the_other_hears_of_it(
    either_town: Town, officer: Phone, head: Phone
) -> None:
    second = either_town.person("อรุณ ใจดี", "head", PHU_RUEA)
    waiting(either_town, officer, head)
    second.say("รายงาน")
    before = len(either_town.line.replies)
    agree = "เห็นชอบและส่ง"
    assert at_once(lambda: head.press(agree), lambda: second.press(agree)) == [None, None]
    assert len(rows(either_town, select(Report))) == 1
    said = [words(body) for body in either_town.line.replies[before:]]
    assert sum("ส่งรายงานเรียบร้อยแล้ว" in one_said for one_said in said) == 1
    assert sum("ปุ่มนี้จึงไม่มีผล" in one_said for one_said in said) == 1


def test_agreeing_and_sending_back_at_once_does_one_of_them(either_town: Town, officer: Phone, head: Phone) -> None:
    second = either_town.person("อรุณ ใจดี", "head", PHU_RUEA)
    waiting(either_town, officer, head)
    second.say("รายงาน")
    second.press("ส่งกลับ")
    assert at_once(lambda: head.press("เห็นชอบและส่ง"), lambda: second.say("ตัวเลขต่าง")) == [None, None]
    sent, drafts = rows(either_town, select(Report)), rows(either_town, select(Draft))
    assert (len(sent), [draft.sent_back_reason for draft in drafts]) in [(1, []), (0, ["ตัวเลขต่าง"])]


def test_of_two_officers_who_ask_at_once_one_has_asked(either_town: Town, officer: Phone, head: Phone) -> None:
    deputy = either_town.person("สมชาย ใจงาม", "deputy", PHU_RUEA)
    answer_all(officer)
    deputy.say("รายงาน")
    deputy.press("ทำต่อ")
    ask = "ส่งให้พัฒนาการอำเภอ"
    assert at_once(lambda: officer.press(ask), lambda: deputy.press(ask)) == [None, None]
    assert one(either_town, select(Draft)).asked_at == either_town.clock.now()
    either_town.work()
    assert len(either_town.line.pushes) == 1, "the head gets one card"
