"""What a signature makes of a village's summary: shown -> signed by the leader -> certified by an inspector.

Both steps hold the village's row, so that two signatures of one village, on whatever telephones, come one after the
other: numbers have no gaps, and an inspector certifies only what its leader signed last.
"""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from models.area import Area, AreaKind
from models.campaign import Form, Round
from models.certificate import Certificate, CertificateState
from models.obligation import OWED, Obligation, ObligationState
from models.people import Person
from models.signature import SignerRole
from models.work import Audit
from services.evidence.sign_links import SignLink
from services.ledger import ledger
from services.links import LinkError

LETTERS = "34679ACDEFGHJKMNPRTWXY"
"""Of check codes: none is taken for another when it is typed from paper."""
CODE_LENGTH = 12
_SIGNED_BY_THE_LEADER = (
    CertificateState.SIGNED.value,
    CertificateState.CERTIFIED.value,
    CertificateState.REPLACED.value,
)


def summary_of(session: Session, link: SignLink) -> Certificate:
    """The summary that a link is for, if it can still be signed. Raises LinkError."""
    row = session.scalar(_named(link).execution_options(populate_existing=True))
    if row is None or row.village_code != link.village_code:
        raise LinkError("unknown")
    if link.role is SignerRole.LEADER:
        if row.state != CertificateState.SHOWN or _signed_since(session, row):
            raise LinkError("newer")
        return row
    if row.state == CertificateState.CERTIFIED:
        raise LinkError("certified")
    if row.state != CertificateState.SIGNED:
        raise LinkError("newer")
    if row.leader_id == link.person_id:
        raise LinkError("same_person")
    return row


def _named(link: SignLink) -> Select[Certificate]:
    if link.role is SignerRole.LEADER:
        return select(Certificate).where(Certificate.key == link.nonce)
    return select(Certificate).where(Certificate.id == link.certificate_id)


def _signed_since(session: Session, row: Certificate) -> bool:
    """Its leader, or another one of the village, has signed a summary that was shown later."""
    later = select(Certificate.id).where(
        Certificate.village_code == row.village_code,
        Certificate.id > row.id,
        Certificate.state.in_(_SIGNED_BY_THE_LEADER),
    )
    return session.scalar(later.limit(1)) is not None


def hold(session: Session, village_code: str) -> None:
    """Wait for other signatures under the village's summaries, before anything is written.

    Not for rows that merely name the village, such as a signature of a household: two who had both written one, and
    then both wanted the village for themselves, would wait for each other.
    """
    session.execute(select(Area.code).where(Area.code == village_code).with_for_update(key_share=True))


def sign(session: Session, link: SignLink, signature_id: int, position: str, now: dt.datetime) -> Certificate:
    """Let a signature that was just stored count for its summary; `now` is civil. Raises LinkError, UnderWayError.

    `position` is what is printed under the name. The village has been held (`hold`) since before it was stored.
    """
    row = summary_of(session, link)
    if link.role is SignerRole.LEADER:
        _by_leader(session, row, signature_id, position)
    else:
        _by_inspector(session, row, link.person_id, signature_id, position, now)
    session.flush()
    return row


def _by_leader(session: Session, row: Certificate, signature_id: int, position: str) -> None:
    session.execute(
        update(Certificate)
        .where(Certificate.village_code == row.village_code, Certificate.state == CertificateState.SIGNED.value)
        .values(state=CertificateState.REPLACED.value)
        .execution_options(synchronize_session="fetch")
    )
    row.state = CertificateState.SIGNED.value
    row.leader_signature_id, row.leader_position = signature_id, position


def _by_inspector(
    session: Session, row: Certificate, person_id: int, signature_id: int, position: str, now: dt.datetime
) -> None:
    last = session.scalar(select(func.max(Certificate.number)).where(Certificate.village_code == row.village_code))
    row.number = (last or 0) + 1
    row.state, row.certified_at, row.check_code = CertificateState.CERTIFIED.value, now, new_code()
    row.inspector_id, row.inspector_name = person_id, session.get_one(Person, person_id).name
    row.inspector_signature_id, row.inspector_position = signature_id, position
    _settle(session, row, now)
    subject, code = f"certificate {row.reference}", row.village_code
    session.add(Audit(at=now, person_id=person_id, action="certified", subject=subject, area_code=code, detail={}))


def new_code() -> str:
    """A check code that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def _settle(session: Session, row: Certificate, now: dt.datetime) -> None:
    """The oldest summary that the village owes is there; a further certificate finds none and changes nothing."""
    found = session.execute(
        select(Obligation, Round.due_at)
        .join(Form, Form.id == Obligation.form_id)
        .join(Round, Round.id == Obligation.round_id)
        .where(
            Obligation.area_code == row.village_code,
            Obligation.state.in_(OWED),
            Form.campaign_id == row.campaign_id,
            Form.unit == AreaKind.VILLAGE.value,
            Form.current_version_id.is_(None),
            Round.opens_at <= now,
        )
        .order_by(Round.due_at, Obligation.id)
        .limit(1)
    ).first()
    if found is None:
        return
    obligation, due_at = found
    to = ObligationState.LATE if now > due_at else ObligationState.SUBMITTED
    detail = {"certificate": row.reference}
    if ledger.move(session, obligation.id, to, now=now, person_id=row.inspector_id, detail=detail, among=OWED):
        obligation.submitted_at = now
