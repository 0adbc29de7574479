"""What a report's draft says about the head of office's consent, as facts for the conversation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.facts import PersonFacts
from bot.conversation.report_facts import ApprovalFacts
from models.campaign import Campaign, Form
from models.obligation import Draft, Obligation
from models.people import LineAccount, Person, Role, people_in
from services.campaigns.approval import approval_of


def heads_of(session: Session, campaign: Campaign, form: Form, area_code: str) -> list[tuple[Person, LineAccount]]:
    """Who can be asked to agree to the area's reports; empty where nobody has to, or nobody has joined."""
    setting = approval_of(campaign.settings, form.key, area_code)
    if setting is None:
        return []
    return [(person, account) for person, account in session.execute(people_in(area_code, (Role.HEAD,)))]


def approval_facts(
    session: Session, form: Form, obligation: Obligation, draft: Draft | None, person: PersonFacts | None
) -> ApprovalFacts:
    """Whether the person has to ask, whom, and what has been asked and answered so far."""
    campaign = session.get_one(Campaign, form.campaign_id)
    setting = approval_of(campaign.settings, form.key, obligation.area_code)
    if setting is None:
        return ApprovalFacts()
    heads = heads_of(session, campaign, form, obligation.area_code)
    asked = draft is not None and draft.asked_at is not None
    return ApprovalFacts(
        wanted=True,
        heads=tuple(dict.fromkeys(head.name for head, _account in heads)),
        hold=setting.get("without_head") == "wait",
        may_agree=person is not None and _is_head(person, obligation.area_code),
        asked_by=_name(session, draft.asked_by) if draft and asked else "",
        asked_at=draft.asked_at if draft else None,
        sent_back_by=_name(session, draft.sent_back_by) if draft else "",
        sent_back_reason=draft.sent_back_reason if draft else "",
    )


def _is_head(person: PersonFacts, area_code: str) -> bool:
    return any(item.role == Role.HEAD and item.area.code == area_code for item in person.roles)


def _name(session: Session, person_id: int | None) -> str:
    return session.scalar(select(Person.name).where(Person.id == person_id)) or "" if person_id else ""
