"""Who may sign what of a village, and what is printed under their name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import text
from bot.messages.catalogue import DEFAULT_LOCALE
from models.people import REPORTING_ROLES, Membership, Person, Role
from models.signature import SignerRole
from services.evidence.certificates.telling import district_of
from services.evidence.sign_links import SignLink
from services.people.people import Areas
from services.texts import Texts


def role_of(session: Session, link: SignLink) -> Role | None:
    """By which office the person of a link may ask for its signature now; None: by none.

    An inspector is an officer, a deputy or the head of the village's own district; everything else is its leader's.
    """
    roles: tuple[Role, ...] = (Role.LEADER,)
    area_code = link.village_code
    if link.role is SignerRole.INSPECTOR:
        roles, area_code = REPORTING_ROLES, district_of(link.village_code)
    held = select(Membership.role).where(
        Membership.person_id == link.person_id,
        Membership.role.in_([role.value for role in roles]),
        Membership.area_code == area_code,
        Membership.ended_at.is_(None),
    )
    found = set(session.scalars(held))
    return next((role for role in reversed(roles) if role.value in found), None)


def position_of(session: Session, texts: Texts, link: SignLink) -> str:
    """What the person is, as the paper says it: their own position, or else their office."""
    own = session.get_one(Person, link.person_id).position
    role = role_of(session, link)
    if own or role is None:
        return own
    catalogue = texts.catalogue(DEFAULT_LOCALE)
    area = Areas(session, catalogue)[district_of(link.village_code)]
    return catalogue.say(text(f"certificate.position.{role.value}", area=area.name))
