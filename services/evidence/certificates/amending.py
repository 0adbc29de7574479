"""What changes in a village after it was certified: its certificate stands, and its leader learns that once a day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.catalogue import Catalogue
from models.certificate import Certificate, CertificateState
from models.chat import Notice
from models.people import LineAccount
from models.upsert import insert_or_ignore
from models.work import Audit
from services.calendar import day_of
from services.evidence.figures_promises import changed_villages
from services.people.people import Areas

KEY = "certificate.amending"


def newest(session: Session, village_code: str) -> Certificate | None:
    """The village's newest certificate."""
    return session.scalar(
        select(Certificate)
        .where(Certificate.village_code == village_code, Certificate.state == CertificateState.CERTIFIED.value)
        .order_by(Certificate.number.desc())
        .limit(1)
    )


def heed(session: Session, account: LineAccount, catalogue: Catalogue, now: dt.datetime) -> None:
    """Tell whoever has just changed a certified village, with the receipt, once a civil day."""
    for village_code in sorted(changed_villages(session)):
        row = newest(session, village_code)
        if row is None or account.person_id is None:
            continue
        values = {
            "person_id": account.person_id,
            "key": KEY,
            "values": {"area": Areas(session, catalogue)[village_code].name, "reference": row.reference},
            "subject": f"{KEY} {village_code} {day_of(now)} for {account.person_id}",
            "created_at": now,
        }
        insert_or_ignore(session, Notice, values)


def note_unsent(session: Session, village_code: str | None, now: dt.datetime) -> None:
    """Evidence behind a certificate was taken back: its counts stay, and the log says that it happened."""
    row = newest(session, village_code) if village_code else None
    if row is not None:
        subject = f"certificate {row.reference}"
        action, code = "unsent_after_certificate", row.village_code
        session.add(Audit(at=now, person_id=None, action=action, subject=subject, area_code=code, detail={}))
