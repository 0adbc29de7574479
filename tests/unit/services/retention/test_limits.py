from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from services.campaigns.retention import Retention
from services.retention.limits import BEGINNING, Span, everywhere, limits

JUNE = dt.datetime(2021, 6, 25, 17, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def span(
    opens: dt.datetime, due: dt.datetime, days: int | None = 90, *, province: str = "42", slug: str = "loei"
) -> Span:
    return Span(slug, province, opens, due, Retention(photos=days))


FIRST = span(JUNE - 18 * DAY, JUNE)


def test_nothing_goes_while_a_campaign_runs_and_for_its_days_afterwards() -> None:
    for now in (JUNE - 30 * DAY, JUNE, JUNE + 90 * DAY - dt.timedelta(seconds=1)):
        assert limits([FIRST], "photos", now) == {}


def test_after_its_days_what_is_as_old_goes() -> None:
    assert limits([FIRST], "photos", JUNE + 90 * DAY) == {"42": JUNE}
    assert limits([FIRST], "photos", JUNE + 120 * DAY) == {"42": JUNE + 30 * DAY}


def test_what_is_kept_for_good_never_goes() -> None:
    assert limits([span(JUNE - DAY, JUNE, None)], "photos", JUNE + 9999 * DAY) == {}


def test_each_kind_has_its_own_days() -> None:
    one = Span("loei", "42", JUNE - DAY, JUNE, Retention(photos=10, chats=20))
    assert limits([one], "photos", JUNE + 15 * DAY) == {"42": JUNE + 5 * DAY}
    assert limits([one], "chats", JUNE + 15 * DAY) == {}


def test_a_later_campaign_holds_what_came_since_the_first_was_due() -> None:
    later = span(JUNE + 60 * DAY, JUNE + 200 * DAY, slug="later")
    assert limits([FIRST, later], "photos", JUNE + 150 * DAY) == {"42": JUNE}


def test_of_two_campaigns_at_a_time_both_hold_everything() -> None:
    other = span(JUNE - 10 * DAY, JUNE + 30 * DAY, slug="other")
    assert limits([FIRST, other], "photos", JUNE + 100 * DAY) == {}
    assert limits([FIRST, other], "photos", JUNE + 121 * DAY) == {"42": JUNE + 31 * DAY}


def test_provinces_do_not_hold_each_others_and_what_is_nobodys_waits_for_all() -> None:
    nan = span(JUNE, JUNE + 300 * DAY, province="55", slug="nan")
    now = JUNE + 100 * DAY
    found = limits([FIRST, nan], "photos", now)
    assert found == {"42": JUNE + 10 * DAY}
    assert everywhere([FIRST, nan], found) == BEGINNING
    assert everywhere([FIRST], found) == JUNE + 10 * DAY
    assert everywhere([], {}) == BEGINNING


@st.composite
def some_spans(draw: st.DrawFn) -> list[Span]:
    def one(place: int) -> Span:
        opens = JUNE + draw(st.integers(-400, 400)) * DAY
        days = draw(st.one_of(st.none(), st.integers(0, 400)))
        return span(opens, opens + draw(st.integers(0, 200)) * DAY, days, slug=str(place))

    return [one(place) for place in range(draw(st.integers(1, 4)))]


@given(some_spans(), st.integers(-500, 1500))
def test_nothing_of_a_campaign_that_still_holds_it_ever_goes(spans: list[Span], days: int) -> None:
    now = JUNE + days * DAY
    limit = limits(spans, "photos", now).get("42", BEGINNING)
    for each in spans:
        goes_from = each.goes_from("photos")
        if goes_from is None or now < goes_from:
            assert limit <= each.opens
    assert limit <= now
