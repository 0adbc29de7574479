from __future__ import annotations

import datetime as dt

import pytest

from services.campaigns.groups import GroupSettings, groups_of, wrong_groups


@pytest.mark.parametrize(
    ("groups", "fault"),
    [
        (True, "groups: write allowed and link_within_days below it"),
        ({"welcome": True}, "groups: no such setting: welcome"),
        ({"allowed": "yes"}, "groups: allowed is 'yes': write true or false"),
        ({"link_within_days": 0}, "groups: link_within_days is 0: write a whole number of days, 1 to 60"),
        ({"link_within_days": "3"}, "groups: link_within_days is '3': write a whole number of days, 1 to 60"),
        ({"link_within_days": True}, "groups: link_within_days is True: write a whole number of days, 1 to 60"),
    ],
)
def test_a_fault_is_a_plain_sentence(groups: object, fault: str) -> None:
    assert wrong_groups({"groups": groups}) == [fault]


@pytest.mark.parametrize("config", [{}, {"groups": {}}, {"groups": {"allowed": False, "link_within_days": 7}}])
def test_what_is_right_has_no_fault(config: dict[str, object]) -> None:
    assert wrong_groups(config) == []


def test_a_campaign_that_says_nothing_lets_groups_in_for_three_days() -> None:
    assert groups_of({}) == groups_of(None) == GroupSettings(allowed=True, link_within_days=3)
    assert groups_of({"groups": {"allowed": False}}).allowed is False
    assert groups_of({"groups": {"link_within_days": 5}}).patience == dt.timedelta(days=5)
