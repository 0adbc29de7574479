"""Codes for the officers of districts on one paper: made, printed and forgotten; only their digests are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.messages.catalogue import DEFAULT_LOCALE
from models.area import Area, AreaKind
from models.base import Sessions
from models.people import Membership, Role
from models.work import Audit
from services.calendar import BANGKOK
from services.desk.scope import Scope
from services.people.invitations import CODE_DAYS, invite
from services.ports import Clock
from services.sheets.sheets import Sheets


@dataclass(frozen=True)
class OfficerPaper:
    sessions: Sessions
    clock: Clock
    sheets: Sheets

    def draw(self, scope: Scope, role: Role, by: int, *, only_missing: bool) -> bytes | None:
        """The PDF of a new code for each district that the scope holds; None when there is none to make.

        `only_missing`: leave out districts that have somebody in that role. Codes made before stay good until they
        are used or their thirty days are over: they may have been handed out.
        """
        now = self.clock.now()
        with self.sessions() as session, session.begin():
            codes = {
                district: invite(session, role, district, now)
                for district in _districts(session, scope, role, only_missing=only_missing)
            }
            session.add_all(
                Audit(
                    at=now,
                    person_id=by,
                    action="codes_made",
                    subject=f"area {district}",
                    area_code=district,
                    detail={"role": role.value},
                )
                for district in codes
            )
        if not codes:
            return None
        until = (now + dt.timedelta(days=CODE_DAYS)).astimezone(BANGKOK).date()
        place = next(iter(codes)) if len(codes) == 1 else scope.codes[0][:2]
        return self.sheets.officers(place, DEFAULT_LOCALE, codes, until)


def _districts(session: Session, scope: Scope, role: Role, *, only_missing: bool) -> list[str]:
    wanted = select(Area.code).where(Area.kind == AreaKind.DISTRICT.value, scope.within(Area.code))
    if only_missing:
        held = Membership.area_code == Area.code, Membership.role == role.value, Membership.ended_at.is_(None)
        wanted = wanted.where(~exists().where(*held))
    return list(session.scalars(wanted.order_by(Area.code)))
