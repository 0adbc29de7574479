"""Counting certified villages: each once, in its own area, and only what both have signed."""

from __future__ import annotations

from sqlalchemy import select

from models.campaign import Campaign
from models.certificate import Certificate, CertificateState
from models.people import Person
from services.evidence.certified import certified_villages
from tests.support.chat import Town


def certificate(town: Town, village: str, state: CertificateState, number: int | None = None) -> None:
    with town.runtime.sessions() as session, session.begin():
        now = town.clock.now()
        leader = Person(name="บุญมี ตัวอย่าง", created_at=now)
        session.add(leader)
        session.flush()
        session.add(
            Certificate(
                village_code=village,
                campaign_id=session.scalars(select(Campaign.id)).one(),
                state=state.value,
                key=f"{village} {state} {number}",
                counts={},
                as_of=now,
                number=number,
                leader_id=leader.id,
                leader_name=leader.name,
            )
        )


def test_a_village_counts_once_in_its_own_areas_and_only_when_both_have_signed(either_town: Town) -> None:
    certificate(either_town, "42070605", CertificateState.CERTIFIED, 1)
    certificate(either_town, "42070605", CertificateState.CERTIFIED, 2)
    certificate(either_town, "42070601", CertificateState.CERTIFIED, 1)
    certificate(either_town, "42070602", CertificateState.SIGNED)
    certificate(either_town, "42010201", CertificateState.SHOWN)
    with either_town.runtime.sessions() as session:
        found = {code: certified_villages(session, code) for code in ("42", "4207", "420706", "4201", "42070605")}
    assert found == {"42": 2, "4207": 2, "420706": 2, "4201": 0, "42070605": 1}
