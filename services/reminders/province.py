"""What the province's staff learn of the reminders at their next contact, for free: who could not be reached, and what
the month's quota left no room for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign, Round
from models.chat import Notice
from models.people import LineAccount, Membership, Role
from models.upsert import insert_or_ignore
from services.ledger.rounds import stored
from services.people.people import Areas
from services.texts import Texts


@dataclass(frozen=True)
class Province:
    session: Session
    texts: Texts
    now: dt.datetime
    """Civil."""

    def learns(self, key: str, campaign: Campaign, rnd: Round, subject: str, areas: Iterable[str]) -> None:
        """One notice for each, once for each subject, that names the districts (codes) in the person's language."""
        codes = list(dict.fromkeys(areas))
        for account in untold(self.session, campaign, subject):
            names = self._names(account, campaign, codes)
            notice = {
                "person_id": account.person_id,
                "key": key,
                "values": {
                    "round": stored(campaign, rnd),
                    "n": len(codes),
                    "districts": names,
                },
                "subject": _about(subject, account),
                "created_at": self.now,
            }
            insert_or_ignore(self.session, Notice, notice)

    def _names(self, account: LineAccount, campaign: Campaign, codes: Iterable[str]) -> str:
        areas = Areas(self.session, self.texts.catalogue(self.texts.locale(account), campaign))
        return " · ".join(area.short for area in areas.facts(codes))


def untold(session: Session, campaign: Campaign, subject: str) -> list[LineAccount]:
    """The accounts of staff for whom no notice of this subject stands yet."""
    staff = session.scalars(
        select(LineAccount)
        .join(Membership, Membership.person_id == LineAccount.person_id)
        .where(
            Membership.area_code == campaign.province_code,
            Membership.role == Role.STAFF.value,
            Membership.ended_at.is_(None),
        )
        .order_by(LineAccount.id)
    ).all()
    abouts = [_about(subject, account) for account in staff]
    told = set(session.scalars(select(Notice.subject).where(Notice.subject.in_(abouts))))
    return [account for account in staff if _about(subject, account) not in told]


def _about(subject: str, account: LineAccount) -> str:
    return f"{subject} for {account.person_id}"
