"""Keeping a summary as it was shown to a village's leader, so that exactly that is signed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.conversation import broadcast_effects as of_broadcast
from models.certificate import Certificate, CertificateState
from models.people import LineAccount, Person
from models.upsert import insert_or_ignore
from services.evidence.sign_links import GOOD_FOR
from services.texts import campaign_in


def show(session: Session, account: LineAccount, effect: of_broadcast.ShowSummary, now: dt.datetime) -> None:
    """Keep the counts under the key of the page; `now` is civil. Earlier ones whose page is over are forgotten.

    Raises LookupError for a guest, and for a village of no campaign.
    """
    campaign = campaign_in(session, effect.village_code)
    if campaign is None or account.person_id is None:
        raise LookupError(f"no campaign of {effect.village_code}, or account {account.id} is nobody's")
    session.execute(
        delete(Certificate).where(
            Certificate.village_code == effect.village_code,
            Certificate.state == CertificateState.SHOWN.value,
            Certificate.as_of <= now - GOOD_FOR,
        )
    )
    values = {
        "key": effect.key,
        "village_code": effect.village_code,
        "campaign_id": campaign.id,
        "state": CertificateState.SHOWN.value,
        "counts": dict(effect.counts),
        "as_of": now,
        "leader_id": account.person_id,
        "leader_name": session.get_one(Person, account.person_id).name,
    }
    insert_or_ignore(session, Certificate, values)
