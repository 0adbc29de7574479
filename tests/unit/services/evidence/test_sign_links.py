from __future__ import annotations

import datetime as dt

import pytest

from models.signature import SignerRole
from services.evidence.sign_links import GOOD_FOR, SignLinks
from services.links import LinkError

NOW = dt.datetime(2021, 6, 8, 9, tzinfo=dt.UTC)
LINKS = SignLinks("https://example.org", "a secret")


def token(links: SignLinks = LINKS) -> str:
    return links.make("42070605", "12/3", SignerRole.RESPONDENT, 7, NOW).rsplit("/", 1)[1]


def test_a_link_says_what_it_is_for_until_its_time_is_over() -> None:
    link = LINKS.read(token(), NOW + GOOD_FOR - dt.timedelta(seconds=1))
    assert (link.village_code, link.house_no, link.role, link.person_id) == (
        "42070605",
        "12/3",
        SignerRole.RESPONDENT,
        7,
    )
    with pytest.raises(LinkError) as over:
        LINKS.read(token(), NOW + GOOD_FOR)
    assert over.value.key == "expired"


def test_two_links_for_one_household_are_two() -> None:
    assert LINKS.read(token(), NOW).nonce != LINKS.read(token(), NOW).nonce


@pytest.mark.parametrize(
    "changed", ["", "nonsense", "a.b.c", token()[:-2], "X" + token()[1:], token(SignLinks("", "another"))]
)
def test_a_link_that_was_changed_or_made_elsewhere_is_unknown(changed: str) -> None:
    with pytest.raises(LinkError) as refused:
        LINKS.read(changed, NOW)
    assert refused.value.key == "unknown"


def test_the_secret_stands_in_no_log() -> None:
    assert "a secret" not in repr(LINKS)
