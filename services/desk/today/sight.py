"""Who looks at the first page and at which work: the province's campaigns, each with the duties of its districts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from bot.messages.bubbles import Text
from bot.messages.catalogue import DEFAULT_LOCALE
from models.area import Area, AreaKind
from models.campaign import Campaign, Form, Round
from models.people import STAFF_ROLES
from services.desk.scope import Scope
from services.ledger.rounds import called, duty_title, of_work
from services.people.people import Areas
from services.reports.forms import FormCache


@dataclass(frozen=True, slots=True)
class Series:
    """One row of rounds that districts report in: a campaign's own, or those of a duty of it."""

    campaign: Campaign
    duty: str
    """Key of the duty; empty: the campaign's own rounds."""

    @property
    def key(self) -> str:
        return f"{self.campaign.slug}/{self.duty}" if self.duty else self.campaign.slug

    def title(self, locale: str) -> str:
        titles = self.campaign.settings.get("titles") or {}
        name = str(titles.get(locale) or titles.get(DEFAULT_LOCALE) or self.campaign.slug)
        return f"{name} · {duty_title(self.campaign, self.duty, locale)}" if self.duty else name


@dataclass(frozen=True)
class Sight:
    """A visitor at a moment."""

    session: Session
    areas: Areas
    forms: FormCache
    scope: Scope
    roles: frozenset[str]
    channel_id: int
    now: dt.datetime
    """Civil."""
    real: dt.datetime
    """Mechanical."""
    series: tuple[Series, ...]
    """Of all campaigns of the scope's provinces, the newest first."""

    @property
    def locale(self) -> str:
        return self.areas.locale

    @property
    def province(self) -> bool:
        """Whether the visitor watches over districts, rather than reports for one."""
        return bool(self.roles & set(STAFF_ROLES))

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        return tuple({each.campaign.id: each.campaign for each in self.series}.values())

    def chosen(self, key: str) -> Series | None:
        """The series of this key, else the newest campaign's own rounds; None where there is no campaign."""
        return next((each for each in self.series if each.key == key), next(iter(self.series), None))

    def called(self, rnd: Round) -> int | Text:
        """What the round is called; by its work's name too, where there are several campaigns."""
        campaign = next(each for each in self.campaigns if each.id == rnd.campaign_id)
        if len(self.campaigns) > 1 and not rnd.duty:
            return of_work(campaign, rnd, self.locale)
        return called(campaign, rnd, self.locale)

    def named(self, codes: Iterable[str]) -> dict[str, AreaFacts]:
        """Names of districts by their codes, read at a stroke."""
        wanted = set(codes)
        read = list(self.session.scalars(select(Area).where(Area.code.in_(wanted)))) if wanted else []
        return {area.code: self.areas[area.code] for area in read}


def series_of(session: Session, scope: Scope) -> tuple[Series, ...]:
    """What districts of the scope's provinces report in, the newest campaign first."""
    provinces = {code[:2] for code in scope.codes}
    newest = select(Campaign).where(Campaign.province_code.in_(provinces))
    campaigns = session.scalars(newest.order_by(Campaign.loaded_at.desc(), Campaign.id.desc())).all()
    duties = select(Form.campaign_id, Form.duty).where(
        Form.campaign_id.in_([each.id for each in campaigns]),
        Form.unit == AreaKind.DISTRICT.value,
        Form.duty != "",
    )
    rows = session.execute(duties.distinct().order_by(Form.campaign_id, Form.duty)).all()
    own = {each.id: [duty for campaign_id, duty in rows if campaign_id == each.id] for each in campaigns}
    return tuple(Series(each, duty) for each in campaigns for duty in ("", *own[each.id]))
