"""Until which instant things may go, by province: from campaigns' due dates and their days of keeping. Pure.

A province's register, people and chats are not a campaign's own, so what somebody sent is a campaign's by its time: a
campaign's stretch begins with the last due date of the campaigns that were over when it opened. Of two that overlapped
both hold what was sent. In doubt nothing goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.campaigns.retention import Retention

BEGINNING = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """A campaign as retention sees it. Instants are civil time."""

    slug: str
    province: str
    """Two digits."""
    opens: dt.datetime
    due: dt.datetime
    """Its last due date."""
    keeps: Retention

    def goes_from(self, kind: str) -> dt.datetime | None:
        """The first instant at which something of it may go; None: never."""
        days = self.keeps.days(kind)
        return None if days is None else self.due + dt.timedelta(days=days)


def limits(spans: Sequence[Span], kind: str, now: dt.datetime) -> dict[str, dt.datetime]:
    """By province: what is older than this may go. Provinces of which nothing may go are left out."""
    found: dict[str, dt.datetime] = {}
    for province in sorted({span.province for span in spans}):
        here = [span for span in spans if span.province == province]
        limit = min(_held_from(span, here, kind, now) for span in here)
        if limit > BEGINNING:
            found[province] = limit
    return found


def everywhere(spans: Sequence[Span], by_province: Mapping[str, dt.datetime]) -> dt.datetime:
    """The limit of what belongs to no province that we know: the strictest of all."""
    return min((by_province.get(span.province, BEGINNING) for span in spans), default=BEGINNING)


def _held_from(span: Span, others: Iterable[Span], kind: str, now: dt.datetime) -> dt.datetime:
    """From when on a campaign holds what there is. Once it has let go, the same days hold for what came later still."""
    goes_from, days = span.goes_from(kind), span.keeps.days(kind)
    if days is None or goes_from is None or now < goes_from:
        return max((other.due for other in others if other.due < span.opens), default=BEGINNING)
    return now - dt.timedelta(days=days)
