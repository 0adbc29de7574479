"""What a round is called: the campaign's own by their number, those of a duty by title and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Day, Text, text
from bot.messages.catalogue import DEFAULT_LOCALE, LOCALES
from models.campaign import Campaign, Round
from services.calendar import day_of


def called(campaign: Campaign, rnd: Round, locale: str) -> int | Text:
    """In place of {round} in any text: 1, or "weekly progress report, Monday 7 June"."""
    return called_by_date(campaign, rnd, locale) if rnd.duty else rnd.number


def called_by_date(campaign: Campaign, rnd: Round, locale: str) -> Text:
    """A round of a duty."""
    return text("word.duty_round", title=duty_title(campaign, rnd.duty, locale), day=Day(day_of(rnd.due_at)))


def of_work(campaign: Campaign, rnd: Round, locale: str) -> Text:
    """What a round is called beside those of another campaign: by number and the name of the work."""
    work: Mapping[str, str] = campaign.settings.get("work") or campaign.settings.get("titles") or {}
    name = str(work.get(locale) or work.get(DEFAULT_LOCALE) or campaign.slug)
    return text("word.round_of_work", n=rnd.number, work=name)


def several_open(session: Session, provinces: Collection[str], now: dt.datetime) -> frozenset[str]:
    """Codes of the provinces in which rounds of more than one campaign have opened by now (civil)."""
    if not provinces:
        return frozenset()
    found = (
        select(Campaign.province_code)
        .join(Round, Round.campaign_id == Campaign.id)
        .where(Campaign.province_code.in_(provinces), Round.duty == "", Round.opens_at <= now)
        .group_by(Campaign.province_code)
        .having(func.count(Round.campaign_id.distinct()) > 1)
    )
    return frozenset(session.scalars(found))


def stored(campaign: Campaign, rnd: Round) -> int | dict[str, Any]:
    """What a round is called as JSON, for a notice that is read later and perhaps in another language."""
    if not rnd.duty:
        return rnd.number
    titles = {locale: duty_title(campaign, rnd.duty, locale) for locale in LOCALES}
    return {"titles": titles, "day": day_of(rnd.due_at).isoformat()}


def read(value: Any, locale: str) -> Any:
    """A value of a notice; a round's name as `stored` has written it is put into words."""
    if not isinstance(value, dict):
        return value
    return text("word.duty_round", title=value["titles"][locale], day=Day(dt.date.fromisoformat(value["day"])))


def duty_title(campaign: Campaign, key: str, locale: str) -> str:
    """The duty's short name in a locale; its key where the campaign gives none."""
    return duty_title_in(campaign.settings, key, locale)


def duty_title_in(settings: Mapping[str, Any], key: str, locale: str) -> str:
    """The same, of settings that belong to no row yet."""
    duties: list[Mapping[str, Any]] = settings.get("duties") or []
    titles: Mapping[str, str] = next((one.get("titles", {}) for one in duties if one["key"] == key), {})
    return str(titles.get(locale) or titles.get(DEFAULT_LOCALE) or key)
