"""Which campaign and round a page of reports is about: what its address names, else the newest that has opened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from services.desk.scope import Scope
from services.ledger.rounds import called


@dataclass(frozen=True, slots=True)
class RoundChoice:
    """A round that can be chosen."""

    round: Round
    called: int | Text


@dataclass(frozen=True, slots=True)
class ChosenRound:
    campaign: Campaign
    campaigns: tuple[Campaign, ...]
    """Those of the visitor's provinces, the newest first."""
    rounds: tuple[RoundChoice, ...]
    """Rounds of the campaign that have opened and in which districts fill in a form, by their due day."""
    round: Round

    @property
    def called(self) -> int | Text:
        return next(choice.called for choice in self.rounds if choice.round is self.round)


@dataclass(frozen=True, slots=True)
class AskedRound:
    """What an address names."""

    slug: str = ""
    round: str = ""
    """A number; with the key of a duty before it (weekly-2) for a round of that duty."""


def chosen_round(
    session: Session, scope: Scope, asked: AskedRound, now: dt.datetime, locale: str
) -> ChosenRound | None:
    """None before any round has opened; `now` is civil."""
    provinces = {code[:2] for code in scope.codes}
    newest = select(Campaign).where(Campaign.province_code.in_(provinces))
    campaigns = tuple(session.scalars(newest.order_by(Campaign.loaded_at.desc(), Campaign.id.desc())))
    for campaign in sorted(campaigns, key=lambda one: one.slug != asked.slug):
        rounds = _opened(session, campaign, now, locale)
        if rounds:
            named = (choice.round for choice in rounds if name_of(choice.round) == asked.round)
            own = [choice.round for choice in rounds if not choice.round.duty] or [rounds[-1].round]
            return ChosenRound(campaign, campaigns, rounds, next(named, own[-1]))
    return None


def name_of(rnd: Round) -> str:
    """As addresses have it."""
    return f"{rnd.duty}-{rnd.number}" if rnd.duty else str(rnd.number)


def _opened(session: Session, campaign: Campaign, now: dt.datetime, locale: str) -> tuple[RoundChoice, ...]:
    """Those of a duty only where districts fill in a form for it."""
    filled_in = select(Form.duty).where(
        Form.campaign_id == campaign.id, Form.unit == AreaKind.DISTRICT.value, Form.current_version_id.is_not(None)
    )
    found = session.scalars(
        select(Round)
        .where(Round.campaign_id == campaign.id, Round.opens_at <= now, Round.duty.in_(filled_in))
        .order_by(Round.due_at, Round.id)
    )
    return tuple(RoundChoice(rnd, called(campaign, rnd, locale)) for rnd in found)
