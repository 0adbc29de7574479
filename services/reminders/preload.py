"""Reading what many reminders are written from in few statements, in place of some for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.area import Area
from models.base import Base
from models.campaign import Form
from models.obligation import Draft, Obligation, Report
from models.people import LineAccount
from services.reminders.plan import Wanted


@dataclass(frozen=True)
class Read:
    """What was read for some words."""

    drafts: Mapping[int, Draft]
    """By obligation."""
    first_time: frozenset[int]
    """Obligations whose area has never sent a report of that form."""
    kept: Sequence[Base]
    """Accounts, obligations, areas, forms: while they are held here, `session.get` finds them without asking."""


def preload(session: Session, wanted: Sequence[Wanted]) -> Read:
    """Read for all of `wanted` together; a few hundred at once."""
    accounts = {each.account_id for item in wanted for each in item.addressees}
    of_districts = {item.obligation_id for item in wanted if item.obligation_id}
    owed = session.scalars(select(Obligation).where(Obligation.id.in_(of_districts))).all()
    kept: list[Base] = [*owed, *session.scalars(select(LineAccount).where(LineAccount.id.in_(accounts)))]
    kept += session.scalars(select(Area).where(Area.code.in_({each.area_code for each in owed})))
    kept += session.scalars(select(Form).where(Form.id.in_({each.form_id for each in owed})))
    drafts = session.scalars(select(Draft).where(Draft.obligation_id.in_(of_districts)))
    return Read({draft.obligation_id: draft for draft in drafts}, _first_time(session, owed), kept)


def _first_time(session: Session, owed: Sequence[Obligation]) -> frozenset[int]:
    reported = session.execute(
        select(Obligation.form_id, Obligation.area_code)
        .join(Report, Report.obligation_id == Obligation.id)
        .where(Obligation.area_code.in_({each.area_code for each in owed}))
        .distinct()
    )
    known = {(form_id, area_code) for form_id, area_code in reported}
    return frozenset(each.id for each in owed if (each.form_id, each.area_code) not in known)
