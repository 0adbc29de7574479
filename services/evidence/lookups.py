"""Finders of the facts that leaders' conversations ask for (services.chat.facts)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.conversation.facts import Facts
from bot.conversation.household.facts import ChecksOf, VillageChecks
from models.campaign import Campaign
from models.people import Person
from services.campaigns.household_cases import cases_of
from services.evidence.checks import checks_of


def village_checks(session: Session, campaign: Campaign | None, facts: Facts, query: ChecksOf) -> VillageChecks:
    """See ChecksOf."""
    person = session.get(Person, facts.person.id) if facts.person is not None else None
    return VillageChecks(
        cases=cases_of(campaign.settings if campaign else None, facts.catalogue.locale),
        checks=checks_of(session, query.village_code, campaign),
        signing=person.signing if person is not None else "",
    )
