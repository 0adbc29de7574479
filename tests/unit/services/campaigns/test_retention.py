from __future__ import annotations

import pytest

from services.campaigns.retention import KINDS, Retention, retention_of, wrong_retention


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (90, "retention: write days below it for photos, signatures, chats, notes, requests, letters, audit"),
        ({"reports": 90}, "retention: no such setting: reports"),
        ({"photos": "90"}, "retention: photos is '90': write a whole number of days, or null to keep it for good"),
        ({"chats": -1}, "retention: chats is -1: write a whole number of days, or null to keep it for good"),
        ({"audit": True}, "retention: audit is True: write a whole number of days, or null to keep it for good"),
    ],
)
def test_a_fault_is_a_plain_sentence(given: object, fault: str) -> None:
    assert wrong_retention({"retention": given}) == [fault]


@pytest.mark.parametrize("config", [{}, {"retention": {}}, {"retention": {"photos": 0, "audit": None}}])
def test_what_is_right_has_no_fault(config: dict[str, object]) -> None:
    assert wrong_retention(config) == []


def test_what_a_campaign_does_not_say_holds_by_itself() -> None:
    assert retention_of(None) == retention_of({}) == Retention()
    kept = retention_of({"retention": {"photos": 30, "audit": None}})
    assert [kept.days(kind) for kind in KINDS] == [30, 90, 90, 90, 90, 1825, None]
