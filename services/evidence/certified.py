"""How many villages are certified: for the figures of districts, and for whoever looks over them."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.area import inside
from models.certificate import Certificate, CertificateState


def certified_villages(session: Session, area_code: str) -> int:
    """Villages inside an area (a district, a tambon, a province) with a summary that both have signed.

    A village with a further certificate counts once.
    """
    return session.scalars(
        select(func.count(Certificate.village_code.distinct())).where(
            Certificate.state == CertificateState.CERTIFIED.value,
            inside(Certificate.village_code, area_code),
        )
    ).one()
