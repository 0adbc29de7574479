from typing import Any

from services.campaigns.household_cases import cases_of, figures_of, figures_when, wrong_checks

GOOD = {
    "key": "e31",
    "number": "3.1",
    "symbol": "*",
    "titles": {"th": "ก", "en": "Does not sign"},
    "excuses": ["signature"],
    "asks": "reason",
}


def _config(**changes: Any) -> dict[str, Any]:
    return {"household_checks": {"cases": [{**GOOD, **changes}], "figures": {"checked": "hh_checked", "e31": "hh_e31"}}}


def test_cases_are_read_in_the_wanted_language_and_fall_back_to_thai() -> None:
    (thai,), (english,), (fallback,) = (cases_of(_config(), locale) for locale in ("th", "en", "lo"))

    assert (thai.title, english.title, fallback.title) == ("ก", "Does not sign", "ก")
    assert thai.excuses == {"signature"}
    assert figures_of(_config()) == {"checked": "hh_checked", "e31": "hh_e31"}


def test_a_campaign_without_cases_has_none() -> None:
    assert cases_of(None) == ()
    assert wrong_checks({}) == []


def test_every_fault_of_the_setting_is_named() -> None:
    assert wrong_checks(_config()) == []
    assert any("cannot excuse roof" in fault for fault in wrong_checks(_config(excuses=["roof"])))
    assert any("cannot ask for money" in fault for fault in wrong_checks(_config(asks="money")))
    assert any("titles" in fault for fault in wrong_checks(_config(titles={"en": "x"})))
    doubled = {"household_checks": {"cases": [GOOD, GOOD], "figures": {"e99": "x"}}}
    assert any("stands twice" in fault for fault in wrong_checks(doubled))
    assert any("e99" in fault for fault in wrong_checks(doubled))
    assert wrong_checks({"household_checks": "all"}) != []


def test_figures_wait_for_every_village_unless_the_campaign_says_otherwise() -> None:
    assert figures_when(None) == figures_when(_config()) == "every_village"
    config = _config()
    config["household_checks"]["figures_when"] = "any"
    assert figures_when(config) == "any"
    assert wrong_checks(config) == []
    config["household_checks"]["figures_when"] = "soon"
    assert any("soon" in fault for fault in wrong_checks(config))
