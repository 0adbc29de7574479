"""What leaders sent, written into a town at once: hundreds of photos would take a test too long to send."""

from __future__ import annotations

import itertools

from sqlalchemy import delete, select

from models.area import Area, AreaKind, Household
from models.media import Media
from models.people import LineAccount, Person
from models.signature import Signature, SignerRole
from services.evidence.district_values import DistrictValues
from tests.support.chat import Town

_numbers = itertools.count(1)


def villages_of(town: Town, district: str) -> list[str]:
    inside = Area.code.startswith(district)
    with town.runtime.sessions() as session:
        return list(session.scalars(select(Area.code).where(Area.kind == AreaKind.VILLAGE.value, inside)))


def complete(town: Town, village: str, *, signed: bool = True) -> None:
    """One more household of a village, with its photo and, if `signed`, its signature."""
    now, number = town.clock.now(), next(_numbers)
    with town.runtime.sessions() as session, session.begin():
        house = Household(village_code=village, house_no=f"9{number:04d}", position=number)
        account = session.scalars(select(LineAccount).where(LineAccount.person_id.is_not(None)).limit(1)).one()
        session.add(house)
        session.flush()
        named = {"household_id": house.id, "village_code": village}
        session.add(Media(account_id=account.id, line_message_id=f"made{number}", sent_at=now, **named))
        if signed:
            signer = session.scalars(select(Person.id).limit(1)).one()
            role = SignerRole.RESPONDENT.value
            session.add(Signature(nonce=f"made{number}", role=role, person_id=signer, signed_at=now, **named))


def without_list(town: Town, village: str) -> None:
    """The village's list of houses is not loaded."""
    with town.runtime.sessions() as session, session.begin():
        session.execute(delete(Household).where(Household.village_code == village))


def counted(town: Town, district: str = "4207") -> None:
    """A moment passes."""
    DistrictValues(town.runtime.sessions).write(int(district))
