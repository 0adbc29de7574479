"""What became of a person's last messages, in words of the office; on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from services.calendar import BANGKOK
from services.ports import Quota
from services.sending.told import last_told
from tests.integration.services.towns import REFUSED, UNCLEAR, account_of
from tests.support.chat import Phone, Town

OPENING = dt.datetime(2021, 6, 8, 9, 0, tzinfo=BANGKOK)


@pytest.fixture
def town(either_town: Town) -> Town:
    either_town.clock.civil = OPENING
    return either_town


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมใจ ตัวอย่าง", "officer", "4207")


def told(town: Town, phone: Phone) -> list[tuple[str, str]]:
    """(purpose, fate), the newest first."""
    person = account_of(town, phone).person_id
    assert person is not None
    with town.runtime.sessions() as session:
        return [(each.purpose, each.fate) for each in last_told(session, person, "th")]


def test_sent_unclear_refused_and_left_out_for_the_quota(town: Town, officer: Phone) -> None:
    town.runtime.reminders.plan()
    assert told(town, officer) == [("reminder:opening", "waiting")]
    town.line.results.append(UNCLEAR)
    town.runtime.send_due(1)
    assert told(town, officer) == [("reminder:opening", "unclear")]
    town.clock.pass_seconds(60)
    town.runtime.send_due(1)
    assert told(town, officer) == [("reminder:opening", "sent")]
    town.clock.civil = OPENING.replace(day=10)
    town.runtime.reminders.plan()
    town.line.results.append(REFUSED)
    town.runtime.send_due(1)
    assert told(town, officer)[0] == ("reminder:day_before", "refused")
    town.line.quota_left = Quota(300, 300)
    town.clock.pass_seconds(600)
    town.clock.civil = OPENING.replace(day=11, hour=14)
    town.runtime.reminders.plan()
    assert [fate for _purpose, fate in told(town, officer)] == ["quota", "refused", "sent"]
