from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.household.checks import PHOTO, SIGNATURE, Case, HouseCheck, VillageCounts, count

NO_SIGNATURE = Case("e31", "3.1", "*", "does not sign", frozenset({SIGNATURE}), "reason")
NO_PHOTO = Case("e32", "3.2", "**", "refuses the photo", frozenset({PHOTO}))
NOT_ON_WEB = Case("e33", "3.3", "***", "not on the web")
CASES = (NO_SIGNATURE, NO_PHOTO, NOT_ON_WEB)


def test_a_house_with_photo_and_signature_is_complete_and_nothing_is_missing() -> None:
    check = HouseCheck("12", photo=True, signature=True)

    assert check.complete
    assert check.missing(CASES) == ()


def test_a_case_excuses_what_it_stands_for_and_does_not_make_the_house_complete() -> None:
    check = HouseCheck("12", photo=True, cases=("e31",))

    assert check.missing(CASES) == ()
    assert not check.complete


def test_a_case_that_excuses_nothing_leaves_photo_and_signature_missing() -> None:
    assert HouseCheck("12", cases=("e33",)).missing(CASES) == (PHOTO, SIGNATURE)


def test_a_leaders_signature_as_witness_is_no_signature_of_the_household() -> None:
    check = HouseCheck("12", photo=True, witnessed=True)

    assert not check.complete
    assert check.missing(CASES) == (SIGNATURE,)


def test_a_village_is_summed_up_as_its_leader_would_on_paper() -> None:
    checks = [
        HouseCheck("12", photo=True, signature=True),
        HouseCheck("12/1", photo=True),
        HouseCheck("14", cases=("e31", "e32")),
        HouseCheck("15"),
        HouseCheck("99", registered=False, photo=True, signature=True),
        HouseCheck("100", registered=False),
    ]

    counts = count(checks, CASES)

    assert (counts.total, counts.added, counts.checked, counts.complete) == (5, 1, 4, 2)
    assert counts.by_case == {"e31": 1, "e32": 1, "e33": 0}
    assert counts.lacking == (("12/1", (SIGNATURE,)),)
    assert counts.unchecked == ("15",)


checks = st.builds(
    HouseCheck,
    st.text(min_size=1, max_size=4),
    registered=st.booleans(),
    photo=st.booleans(),
    signature=st.booleans(),
    witnessed=st.booleans(),
    cases=st.sets(st.sampled_from([case.key for case in CASES])).map(tuple),
)


@given(st.lists(checks))
def test_counts_always_add_up_and_survive_being_stored(found: list[HouseCheck]) -> None:
    counts = count(found, CASES)

    assert counts.complete <= counts.checked <= counts.total
    assert counts.checked + len(counts.unchecked) == counts.total
    assert all(number <= counts.checked for number in counts.by_case.values())
    assert VillageCounts.from_json(counts.to_json()) == counts
