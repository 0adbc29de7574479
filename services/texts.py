"""Which words a person gets: the product's catalogue in their language, with their campaign's texts over it."""

from __future__ import annotations

import json
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text, Value
from bot.messages.catalogue import DEFAULT_LOCALE, LOCALES, Catalogue
from models.campaign import Campaign
from models.people import LineAccount, Membership


class Texts:
    """Catalogues by locale and campaign, made once and shared between threads."""

    def __init__(self) -> None:
        self._plain = {locale: Catalogue.load(locale) for locale in LOCALES}
        self._campaign = lru_cache(64)(self._with_campaign)

    def _with_campaign(self, locale: str, texts: str) -> Catalogue:
        return self._plain[locale].with_texts(json.loads(texts))

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
    """The newest campaign of the province that the person works in; for a guest, the newest of all."""
    newest = select(Campaign).order_by(Campaign.loaded_at.desc(), Campaign.id.desc())
    held = select(Membership.area_code).where(Membership.person_id == account.person_id, Membership.ended_at.is_(None))
    provinces = {code[:2] for code in session.scalars(held)}
    campaigns = list(session.scalars(newest))
    own = [campaign for campaign in campaigns if campaign.province_code in provinces]
    return next(iter(own or campaigns), None)
