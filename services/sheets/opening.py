"""Opening a link to printed paper: who may still see it, noted who did; a large district is drawn by a worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.conversation.sheet_facts import SIGNS
from bot.messages.catalogue import DEFAULT_LOCALE
from models.base import Sessions
from models.people import REPORTING_ROLES, STAFF_ROLES, Membership, Role
from models.work import Audit, OwedJob
from services.links import LinkError
from services.owed import LaterError, owe
from services.ports import Clock, MediaStore
from services.sheets.links import SheetLink, SheetLinks
from services.sheets.lookups import count_villages
from services.sheets.sheets import Sheets

JOB = "draw_sheets"
AT_ONCE = 12
"""Villages that are drawn while somebody waits: about three seconds."""
FRESH = dt.timedelta(minutes=10)
"""How long a district's file is handed out again before it is drawn anew."""
_DISTRICT = 4
_PROVINCE = 2
"""Digits of their codes."""


class BeingDrawnError(Exception):
    """A worker is at it: `done` villages of `total`."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"{done}/{total}")
        self.done, self.total = done, total


@dataclass(frozen=True)
class SheetOpening:
    sessions: Sessions
    clock: Clock
    store: MediaStore
    sheets: Sheets
    links: SheetLinks
    ring: Callable[[str, int], bool]

    def open(self, token: str) -> tuple[str, Iterator[bytes]]:
        """(A name for the file, the PDF). Paper is for villages: it is in Thai whatever the phone's language.

        Raises LinkError, BeingDrawnError, and OSError or KeyError when the media store is away.
        """
        return self.hand_out(self.links.read(token, self.clock.now()))

    def hand_out(self, link: SheetLink) -> tuple[str, Iterator[bytes]]:
        """The same for somebody who is known already, as on the desk. Raises the same."""
        with self.sessions() as session:
            _may_print(session, link)
            villages = count_villages(session, link.area_code)
        signs = link.kind == SIGNS
        if villages <= AT_ONCE or (signs and len(link.area_code) > _PROVINCE):
            try:
                made = iter([self.sheets.draw(link.area_code, DEFAULT_LOCALE, signs=signs)])
            except LookupError:
                raise LinkError("unknown") from None
        else:
            made = self._drawn(link.area_code, villages)
        detail = {"villages": villages}
        subject = f"{link.kind} {link.area_code}"
        with self.sessions() as session, session.begin():
            row = Audit(
                at=self.clock.now(),
                person_id=link.person_id,
                action="printed",
                subject=subject,
                area_code=link.area_code,
                detail=detail,
            )
            session.add(row)
        return f"{link.kind}-{link.area_code}.pdf", made

    def _drawn(self, district: str, villages: int) -> Iterator[bytes]:
        number, now = int(district), self.clock.real()
        with self.sessions() as session, session.begin():
            row = session.scalar(select(OwedJob).where(OwedJob.job == JOB, OwedJob.subject_id == number))
            done_at = row.done_at if row is not None else None
            made = self._fresh(district) if done_at is not None and now - done_at < FRESH else None
            if made is not None:
                return made
            if row is None or done_at is not None:
                owe(session, JOB, number, now)
        self.ring(JOB, number)
        raise BeingDrawnError(0 if done_at is not None else self._progress(district), villages)

    def _fresh(self, district: str) -> Iterator[bytes] | None:
        try:
            return self.store.get(_file(district))
        except KeyError:
            return None  # an older file of the same name was removed in this moment: it is drawn once more

    def _progress(self, district: str) -> int:
        try:
            return int(b"".join(self.store.get(_progress(district))) or b"0")
        except (KeyError, OSError):
            return 0

    def draw(self, area: int) -> None:
        """The job: store the visit sheets of a district, or the signs of a whole province, by the number of its code.
        Raises LaterError when the store is away."""
        code = code_of(area)
        signs = len(code) == _PROVINCE

        def noted(done: int) -> None:
            self.store.put(_progress(code), iter([str(done).encode()]))

        try:
            noted(0)
            made = self.sheets.draw(code, DEFAULT_LOCALE, signs=signs, progress=noted)
            self.store.put(_file(code), iter([made]))
        except OSError as error:
            raise LaterError(f"area {code}: {type(error).__name__}") from error
        except LookupError:
            return  # its villages have left the register


def code_of(area: int) -> str:
    """The code of a province or district whose number this is."""
    return f"{area:0{_PROVINCE if area < 10**_PROVINCE else _DISTRICT}d}"


def files_of(code: str) -> tuple[str, str]:
    """Keys of what is stored for an area."""
    return _file(code), _progress(code)


def _file(district: str) -> str:
    return f"sheets/{district}.pdf"


def _progress(district: str) -> str:
    return f"sheets/{district}.drawn"


def _may_print(session: Session, link: SheetLink) -> None:
    """A village's leader, the district's office, provincial staff: as of now. Raises LinkError."""
    reporting, staff = [role.value for role in REPORTING_ROLES], [role.value for role in STAFF_ROLES]
    code = Membership.area_code
    allowed = or_(
        (Membership.role == Role.LEADER.value) & (code == link.area_code),
        Membership.role.in_(reporting) & (code == link.area_code[:_DISTRICT]),
        Membership.role.in_(staff) & (code == link.area_code[:2]),
    )
    held = select(Membership.id).where(Membership.person_id == link.person_id, Membership.ended_at.is_(None), allowed)
    if session.scalar(held.limit(1)) is None:
        raise LinkError("not_yours")
