"""Which words a person gets: the product's catalogue in their language, with their campaign's texts over it."""

from __future__ import annotations

import json
from functools import lru_cache

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text, Value
from bot.messages.catalogue import DEFAULT_LOCALE, LOCALES, Catalogue, Catalogues
from models.campaign import Campaign, newest_first
from models.people import STAFF_ROLES, LineAccount, Membership


class Texts:
    """Catalogues by locale and campaign, made once and shared between threads."""

    def __init__(self) -> None:
        self._plain = {locale: Catalogue.load(locale) for locale in LOCALES}
        self._campaign = lru_cache(64)(self._with_campaign)

    def _with_campaign(self, locale: str, texts: str) -> Catalogue:
        return self._plain[locale].with_texts(json.loads(texts))

    @property
    def product(self) -> Catalogues:
        """The product's own texts, without any campaign's."""
        return Catalogues(self._plain)

    def of(self, session: Session, account: LineAccount) -> Catalogue:
        return self.catalogue(self.locale(account), campaign_of(session, account))

    def catalogue(self, locale: str, campaign: Campaign | None = None) -> Catalogue:
        own = campaign.settings.get("texts", {}).get(locale) if campaign else None
        return self._campaign(locale, json.dumps(own, sort_keys=True)) if own else self._plain[locale]

    def say(self, locale: str, key: str, **values: Value) -> str:
        return self._plain[locale].say(Text(key, values))

    def locale(self, account: LineAccount) -> str:
        """What the person chose by word, else their phone's language, else Thai."""
        wanted = (account.chosen_language or account.language or DEFAULT_LOCALE).split("-")[0]
        return wanted if wanted in self._plain else "en"


def campaign_of(session: Session, account: LineAccount) -> Campaign | None:
    """The newest campaign of the province that the person works in; for a guest, the newest of all.

    Provincial staff decide about this campaign, so theirs is one of a province where they are staff, whatever else they
    are elsewhere; None where that has none.
    """
    held = select(func.substr(Membership.area_code, 1, 2)).where(
        Membership.person_id == account.person_id, Membership.ended_at.is_(None)
    )
    watched = held.where(Membership.role.in_([role.value for role in STAFF_ROLES]))
    own_first = case((Campaign.province_code.in_(held), 0), else_=1)
    allowed = or_(~watched.exists(), Campaign.province_code.in_(watched))
    newest = select(Campaign.id).where(allowed).order_by(own_first, *newest_first()).limit(1)
    # by its key: the settings, which are large, are read once in a session
    found = session.scalar(newest)
    return session.get(Campaign, found) if found is not None else None


def campaign_in(session: Session, area_code: str) -> Campaign | None:
    """The newest campaign of the province that an area lies in, whoever asks: what is done there is done for it."""
    own = select(Campaign.id).where(Campaign.province_code == area_code[:2])
    found = session.scalar(own.order_by(*newest_first()).limit(1))
    return session.get(Campaign, found) if found is not None else None
