"""The campaigns of a province as the desk lists them: their rounds, their forms and how far those are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from bot.messages.catalogue import DEFAULT_LOCALE
from models.campaign import Campaign, Form, FormVersion, Round, newest_first
from models.obligation import OWED, Obligation
from models.people import Person
from services.calendar import day_of
from services.campaigns.stored_settings import working_days_of
from services.desk.scope import Scope
from services.ledger.rounds import called

A_PAGE: Final = 30
"""Campaigns."""


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign on the list."""

    slug: str
    title: str
    province_code: str
    rounds: int
    """Its own, without those of its duties."""
    dues: tuple[dt.date, dt.date] | None
    """The first and the last; None without rounds."""


@dataclass(frozen=True, slots=True)
class RoundLine:
    id: int
    called: int | Text
    """Its number, or what a date of a duty is called."""
    of_duty: bool
    opens_at: dt.datetime
    due: dt.date
    works: bool
    """Whether offices work on the due day."""
    closes_at: dt.datetime | None
    owed: int
    """How many reports are still owed."""
    total: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    id: int
    number: int
    """From 1, in the order in which they came."""
    at: dt.datetime
    by: str
    """Who published it; "" for the command line."""
    current: bool


@dataclass(frozen=True, slots=True)
class FormLine:
    id: int
    key: str
    unit: str
    duty: str
    versions: tuple[VersionLine, ...]
    """The newest first."""


def campaigns(session: Session, scope: Scope, locale: str, page: int) -> tuple[tuple[CampaignLine, ...], bool]:
    """A page (from 1), the newest first, and whether there is more. Of their settings, which are large, titles alone
    are read."""
    dues = (
        select(
            Round.campaign_id,
            func.count().label("rounds"),
            func.min(Round.due_at).label("first"),
            func.max(Round.due_at).label("last"),
        )
        .where(Round.duty == "")
        .group_by(Round.campaign_id)
        .subquery()
    )
    rows = session.execute(
        select(Campaign.slug, Campaign.province_code, Campaign.settings["titles"].label("titles"), dues)
        .outerjoin(dues, dues.c.campaign_id == Campaign.id)
        .where(scope.within(Campaign.province_code))
        .order_by(*newest_first())
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()
    return tuple(_campaign_line(row, locale) for row in rows[:A_PAGE]), len(rows) > A_PAGE


def _campaign_line(row: Any, locale: str) -> CampaignLine:
    dues = (day_of(row.first), day_of(row.last)) if row.rounds else None
    title = title_of({"titles": row.titles}, row.slug, locale)
    return CampaignLine(row.slug, title, row.province_code, row.rounds or 0, dues)


def campaign(session: Session, scope: Scope, slug: str) -> Campaign | None:
    """None for one that is not there or lies outside the scope."""
    return session.scalar(select(Campaign).where(Campaign.slug == slug, scope.within(Campaign.province_code)))


def title_of(settings: Mapping[str, Any], slug: str, locale: str) -> str:
    """What a campaign is called."""
    titles: Mapping[str, str] = settings.get("titles") or {}
    return str(titles.get(locale) or titles.get(DEFAULT_LOCALE) or slug)


def rounds(session: Session, of: Campaign, locale: str) -> list[RoundLine]:
    """By due day, the campaign's own and those of its duties."""
    days = working_days_of(of.settings)
    found = select(Round).where(Round.campaign_id == of.id).order_by(Round.due_at, Round.duty, Round.number)
    counted = _owed(session, of)
    return [
        RoundLine(
            id=rnd.id,
            called=called(of, rnd, locale),
            of_duty=bool(rnd.duty),
            opens_at=rnd.opens_at,
            due=day_of(rnd.due_at),
            works=days.works(day_of(rnd.due_at)),
            closes_at=rnd.closes_at,
            owed=counted.get(rnd.id, (0, 0))[0],
            total=counted.get(rnd.id, (0, 0))[1],
        )
        for rnd in session.scalars(found)
    ]


def _owed(session: Session, of: Campaign) -> dict[int, tuple[int, int]]:
    """Reports that are still owed, and all, by round."""
    still = func.count().filter(Obligation.state.in_([state.value for state in OWED]))
    counted = (
        select(Obligation.round_id, still, func.count())
        .join(Round, Round.id == Obligation.round_id)
        .where(Round.campaign_id == of.id)
        .group_by(Obligation.round_id)
    )
    return {round_id: (owed, total) for round_id, owed, total in session.execute(counted)}


def forms(session: Session, of: Campaign) -> list[FormLine]:
    """Those that are filled in."""
    found = select(Form).where(Form.campaign_id == of.id, Form.current_version_id.is_not(None)).order_by(Form.id)
    return [
        FormLine(form.id, form.key, form.unit, form.duty, _versions(session, form)) for form in session.scalars(found)
    ]


def _versions(session: Session, form: Form) -> tuple[VersionLine, ...]:
    rows = session.execute(
        select(FormVersion.id, FormVersion.created_at, Person.name)
        .outerjoin(Person, Person.id == FormVersion.loaded_by)
        .where(FormVersion.form_id == form.id)
        .order_by(FormVersion.id)
    )
    lines = [
        VersionLine(number, place, at, name or "", number == form.current_version_id)
        for place, (number, at, name) in enumerate(rows, 1)
    ]
    return tuple(reversed(lines))
