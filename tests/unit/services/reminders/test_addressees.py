from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.reminders.addressees import Case, Holder, addressees
from services.reminders.entries import Entry, entries

ORDINARY = Case(assigned_to=None, waits=False)
OFFICER, SECOND, DEPUTY, HEAD = (
    Holder(1, 11, "officer"),
    Holder(2, 12, "officer"),
    Holder(3, 13, "deputy"),
    Holder(4, 14, "head"),
)


def entry(*escalation: str) -> Entry:
    rules = {"escalation": list(escalation or ("officer", "deputy", "head", "staff"))}
    written = {"key": "a", "when": {"working_days": 0, "at": "09:00"}, "to": ["officer"]}
    (found,) = entries({"reminder_rules": rules, "reminders": [written]})
    return found


def heard(roles: list[str], *holders: Holder, case: Case = ORDINARY, plan: Entry | None = None) -> list[int]:
    return [each.account_id for each in addressees(plan or entry(), roles, case, holders)]


def test_everybody_of_the_role_hears_it() -> None:
    assert heard(["officer"], OFFICER, SECOND, DEPUTY, HEAD) == [1, 2]


def test_without_an_officer_the_deputy_hears_it_without_both_the_head() -> None:
    assert heard(["officer"], DEPUTY, HEAD) == [3]
    assert heard(["officer"], HEAD) == [4]
    assert heard(["officer"]) == []


def test_each_role_of_an_entry_falls_through_by_itself_and_nobody_hears_twice() -> None:
    assert heard(["officer", "deputy"], OFFICER, HEAD) == [1, 4]
    assert heard(["officer", "deputy"], DEPUTY, HEAD) == [3]
    assert heard(["officer", "head"], DEPUTY) == [3]


def test_an_escalation_that_leaves_a_role_out_goes_past_it() -> None:
    assert heard(["officer"], DEPUTY, HEAD, plan=entry("officer", "head")) == [4]
    assert heard(["deputy"], OFFICER, HEAD, plan=entry("officer", "head")) == []


def test_whoever_took_the_round_over_hears_it_in_the_officers_place() -> None:
    assert heard(["officer"], OFFICER, DEPUTY, case=Case(DEPUTY.person_id, waits=False)) == [3]
    assert heard(["officer"], OFFICER, case=Case(DEPUTY.person_id, waits=False)) == [1], "who cannot be reached"


def test_what_waits_for_the_head_is_the_heads() -> None:
    waits = Case(None, waits=True)
    assert heard(["officer", "deputy"], OFFICER, DEPUTY, HEAD, case=waits) == [4]
    assert heard(["officer", "deputy"], OFFICER, DEPUTY, case=waits) == [1, 3], "nobody there to agree"


HOLDERS = st.lists(
    st.builds(Holder, st.integers(1, 6), st.integers(1, 6), st.sampled_from(["officer", "deputy", "head"])), max_size=8
)
CASES = st.builds(Case, st.none() | st.integers(1, 6), waits=st.booleans())


@given(
    roles=st.lists(st.sampled_from(["officer", "deputy", "head"]), min_size=1, max_size=3, unique=True),
    holders=HOLDERS,
    case=CASES,
)
def test_each_hears_once_only_who_can_be_reached_and_somebody_whenever_anybody_can(
    roles: list[str], holders: list[Holder], case: Case
) -> None:
    found = addressees(entry(), roles, case, holders)
    accounts = [each.account_id for each in found]
    assert len(accounts) == len(set(accounts))
    assert set(accounts) <= {holder.account_id for holder in holders}
    if any(holder.role in entry().chain(role) for role in roles for holder in holders):
        assert found
