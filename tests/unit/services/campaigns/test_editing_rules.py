"""Changes of a campaign's rules, as files."""

from __future__ import annotations

from services.campaigns.editing_rules import checks_of, with_case
from services.campaigns.folder import MAIN, config_of


def test_cases_that_colleagues_add_at_the_same_time_stand_beside_each_other() -> None:
    # the change of the second is made upon the file of the first
    files = {MAIN: b"household_checks: {cases: [{key: case1, titles: {th: a}}]}"}
    for title in ("b", "c"):
        files = with_case(files, "", {"titles": {"th": title}})
    cases = checks_of(config_of(files))["cases"]
    assert [(case["key"], case["titles"]["th"]) for case in cases] == [("case1", "a"), ("case2", "b"), ("case3", "c")]
