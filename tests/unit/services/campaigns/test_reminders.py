from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from bot.messages.catalogue import Catalogues
from services.calendar import WorkingDays
from services.campaigns.fault import Fault
from services.campaigns.reminders import wrong_reminders
from tests.unit.campaigns.files import LOEI, SAMPLE, yaml_of

WEEKDAYS = WorkingDays(frozenset())


@cache
def product() -> Catalogues:
    return Catalogues.load()


def entry(**changes: Any) -> dict[str, Any]:
    usual = {
        "key": "opening",
        "when": {"working_days": -1, "at": "09:00"},
        "to": ["officer"],
        "only_if_owed": True,
        "text": "reminder.opening",
        "buttons": ["report.button.start"],
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


def faults(*plan: Any, rules: Any = None) -> list[Fault]:
    config = {"reminders": list(plan), "reminder_rules": rules, "rounds": [{"number": 1, "due": "2021-06-11"}]}
    return wrong_reminders(config, {}, WEEKDAYS, product())


@pytest.mark.parametrize("folder", [LOEI, SAMPLE], ids=lambda folder: folder.name)
def test_the_plans_that_are_shipped_can_be_kept(folder: Any) -> None:
    assert wrong_reminders(yaml_of(folder / "campaign.yaml"), {}, WEEKDAYS, product()) == []


def test_a_plan_need_not_be() -> None:
    assert wrong_reminders({"rounds": []}, {}, WEEKDAYS, product()) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"whom": ["officer"]}, "no such setting: whom"),
        ({"when": None}, "when is missing"),
        ({"when": {"at": "09:00"}}, 'when: write {working_days: -1, at: "09:00"}'),
        ({"when": {"working_days": 0, "at": 540}}, 'when: write {working_days: -1, at: "09:00"}'),
        ({"to": "officer"}, 'to is no list of roles: write to: ["officer"]'),
        ({"to": ["mayor"]}, "no such role to write to: mayor"),
        ({"text": None}, "text is missing"),
        ({"text": "reminder.none"}, "text: no such text: reminder.none"),
        ({"buttons_later": ["x.y"]}, "buttons_later: no such text: x.y"),
        ({"priority": "high"}, "priority is 'high': write a whole number from 0 (dropped first) to 100 (dropped last)"),
        ({"priority": 101}, "priority is 101: write a whole number from 0 (dropped first) to 100 (dropped last)"),
        ({"catch_up": True}, "catch_up is True: write next or none"),
        ({"holds_until": 720}, 'holds_until is 720: write a time, such as "12:00"'),
        ({"quiet": {"from": "20:00"}}, 'quiet: write {from: "20:00", until: "07:00"}'),
        ({"quiet": "20:00-07:00"}, 'quiet: write {from: "20:00", until: "07:00"}'),
        ({"quiet": {"from": "20:00", "until": "20:00"}}, "quiet: it begins and ends at the same time"),
        ({"working_days_only": "yes"}, "working_days_only is 'yes': write true or false"),
        ({"escalation": "officer"}, "escalation is no list of roles: write [officer, deputy, head, staff]"),
        ({"escalation": ["officer", "leader"]}, "escalation: no such role: leader"),
        ({"escalation": ["officer", "officer"]}, "escalation: officer stands there twice"),
        (
            {"escalation": ["staff", "officer"]},
            "escalation: staff comes last: the province hears when nobody else can be reached",
        ),
    ],
)
def test_a_fault_of_an_entry_is_one_plain_sentence(changes: dict[str, Any], fault: str) -> None:
    assert faults(entry(**changes)) == [f"reminders: opening: {fault}"]


def test_faults_of_what_holds_for_the_whole_plan_are_told_as_such() -> None:
    assert faults(entry(), rules={"quiet": 1, "tone": "kind"}) == [
        "reminder_rules: no such setting: tone",
        'reminder_rules: quiet: write {from: "20:00", until: "07:00"}',
    ]
    assert faults(entry(), rules=[1]) == ["reminders is no list of entries, or reminder_rules no mapping"]
    assert faults("opening") == ["reminders is no list of entries, or reminder_rules no mapping"]


def test_two_entries_of_one_name_are_refused() -> None:
    assert faults(entry(), entry()) == ["reminders: opening: it stands there twice"]


@pytest.mark.parametrize(
    "changes",
    [
        {"quiet": {"from": "08:00", "until": "10:00"}},
        {"when": {"working_days": 0, "at": "09:00"}, "working_days_only": True},
    ],
)
def test_an_entry_that_would_never_be_sent_is_refused_with_its_day(changes: dict[str, Any]) -> None:
    config = {"reminders": [entry(**changes)], "rounds": [{"number": 1, "due": "2021-06-12"}]}
    (fault,) = wrong_reminders(config, {}, WEEKDAYS, product())
    assert fault.startswith("reminders: opening: in round 1 it is planned for 2021-06-1")
    assert "would never be sent" in fault


def test_an_entry_whose_words_last_may_be_planned_for_a_day_off() -> None:
    config = {
        "reminders": [entry(when={"working_days": 0, "at": "09:00"}, working_days_only=True, catch_up="next")],
        "rounds": [{"number": 1, "due": "2021-06-12"}],
    }
    assert wrong_reminders(config, {}, WEEKDAYS, product()) == []


def test_words_put_over_the_catalogue_do_not_get_in_the_way() -> None:
    config = {"reminders": [entry()], "rounds": []}
    assert wrong_reminders(config, {"th": {"reminder": {"opening": "{area}"}}}, WEEKDAYS, product()) == []
    assert wrong_reminders(config, {"th": "no texts at all"}, WEEKDAYS, product()) == []
