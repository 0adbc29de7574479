import datetime as dt

import pytest

from services.links import LinkError, SignedLinks

NOW = dt.datetime(2021, 6, 7, 8, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
LINKS = SignedLinks("https://example.org", "a secret")


def _token(kind: str = "thing") -> str:
    return LINKS.make(kind, [1, "two"], LATER).rpartition("/")[2]


def test_an_address_says_itself_what_it_is_for() -> None:
    assert LINKS.make("thing", [1], LATER).startswith("https://example.org/thing/")
    assert LINKS.read("thing", _token(), NOW) == ([1, "two"], LATER)


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", _token()[:-2], "X" + _token()[1:], _token("other")])
def test_what_is_not_ours_or_of_another_kind_is_refused(token: str) -> None:
    with pytest.raises(LinkError, match="unknown"):
        LINKS.read("thing", token, NOW)


def test_a_link_of_another_service_is_refused() -> None:
    with pytest.raises(LinkError, match="unknown"):
        SignedLinks("https://example.org", "another secret").read("thing", _token(), NOW)


def test_a_link_is_good_until_its_time_and_not_at_it() -> None:
    assert LINKS.read("thing", _token(), LATER - dt.timedelta(seconds=1))
    with pytest.raises(LinkError, match="expired"):
        LINKS.read("thing", _token(), LATER)


def test_the_secret_does_not_stand_in_what_is_logged() -> None:
    assert "a secret" not in repr(LINKS)
