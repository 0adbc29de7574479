"""Differences are told where they arise: the smallest areas that explain them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.reconciliation.compare import DASHBOARD, PARTS, REGISTER, Comparison, Figure, Finding, compare

CODES = ("42", "4201", "420101", "420102", "4202", "420201", "420202")
TAMBONS = {"420101": 700, "420102": 300, "420201": 450, "420202": 550}
BOX = "hh"


def summed(tambons: dict[str, int]) -> dict[str, Figure]:
    """Figures of every area, each the sum of its tambons."""
    return {
        code: Figure(sum(count for tambon, count in tambons.items() if tambon.startswith(code)))
        for code in CODES
        if any(tambon.startswith(code) for tambon in tambons)
    }


def places(found: Comparison) -> list[tuple[str, str, int]]:
    return [(one.code, one.source, one.gap) for one in found.findings]


def test_where_everything_adds_up_nothing_is_found() -> None:
    own = summed(TAMBONS)
    assert compare(CODES, {DASHBOARD: own, REGISTER: own, BOX: {"4201": own["4201"]}}).findings == ()


def test_a_gap_is_told_in_the_tambon_that_it_comes_from_and_not_again_above() -> None:
    register = summed({**TAMBONS, "420102": 312})
    assert places(compare(CODES, {DASHBOARD: summed(TAMBONS), REGISTER: register})) == [("420102", REGISTER, 12)]


def test_gaps_that_cancel_each_other_are_still_told() -> None:
    register = summed({**TAMBONS, "420101": 690, "420102": 310})
    found = compare(CODES, {DASHBOARD: summed(TAMBONS), REGISTER: register})
    assert places(found) == [("420101", REGISTER, -10), ("420102", REGISTER, 10)]


def test_a_total_that_its_parts_do_not_add_up_to_is_told_of_the_total_alone() -> None:
    said = {**summed(TAMBONS), "42": Figure(1940)}
    found = compare(CODES, {DASHBOARD: said, REGISTER: summed(TAMBONS)})
    assert places(found) == [("42", PARTS, 60)]


def test_without_figures_below_the_district_is_the_smallest_place() -> None:
    said = {code: figure for code, figure in summed(TAMBONS).items() if len(code) == 4}
    found = compare(CODES, {DASHBOARD: said, REGISTER: summed({**TAMBONS, "420102": 312})})
    assert places(found) == [("4201", REGISTER, 12)]
    assert found.lines["42"].reference == PARTS


def test_districts_that_have_not_reported_are_waited_for() -> None:
    said = {code: figure for code, figure in summed(TAMBONS).items() if len(code) < 6}
    box = {"42": Figure(1000, 1, 2), "4201": Figure(1000)}
    found = compare(CODES, {DASHBOARD: said, BOX: box})
    assert found.findings == (Finding("42", BOX, DASHBOARD, -1000, ("4202",), waiting=True),)
    assert found.differences == ()


def test_a_missing_figure_does_not_hide_a_difference_beside_it() -> None:
    said = {code: figure for code, figure in summed(TAMBONS).items() if len(code) < 6}
    box = {"42": Figure(1009, 1, 2), "4201": Figure(1009)}
    found = compare(CODES, {DASHBOARD: said, BOX: box})
    assert [(one.code, one.gap) for one in found.differences] == [("4201", 9)]


def test_sources_that_say_the_same_are_told_at_once() -> None:
    said = {code: figure for code, figure in summed(TAMBONS).items() if len(code) == 4}
    own = summed({**TAMBONS, "420102": 312})
    (found,) = compare(CODES, {DASHBOARD: said, REGISTER: own, BOX: {"4201": own["4201"]}}).findings
    assert (found.code, found.source, found.also, found.gap) == ("4201", REGISTER, (BOX,), 12)


SMALL = st.fixed_dictionaries({tambon: st.integers(min_value=0, max_value=50) for tambon in TAMBONS})


@given(SMALL, SMALL)
def test_the_smallest_places_explain_the_whole_difference(said: dict[str, int], listed: dict[str, int]) -> None:
    found = compare(CODES, {DASHBOARD: summed(said), REGISTER: summed(listed)})
    assert all(len(one.code) == 6 for one in found.findings)
    total = sum(listed.values()) - sum(said.values())
    assert sum(one.gap for one in found.findings) == total
    for code in CODES:
        below = sum(one.gap for one in found.findings if one.code.startswith(code))
        assert found.lines[code].gaps[REGISTER] == below
