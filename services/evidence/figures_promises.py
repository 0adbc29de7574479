"""The promise to count a district's figures anew (services.evidence.district_values).

Call `changed` (or `of_photo`) in the transaction of whatever changes what is known of a household: a photo bound,
moved, dropped, lost or taken back, a case, a signature, a certificate. A burst of changes is
counted once, a moment later.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import and_, case, func, select, update
from sqlalchemy.orm import Session

from models.area import Household
from models.household_case import HouseholdCase
from models.media import Media
from models.signature import Signature
from models.upsert import insert_or_ignore
from models.work import OwedJob

JOB = "evidence_figures"
SOON = dt.timedelta(seconds=4)
"""After the first of a burst of changes."""
_CHANGED = "changed villages"
_DISTRICT = 4
"""Digits of a district's code."""


def changed(session: Session, village_code: str | None, now: dt.datetime) -> None:
    """Evidence of a village changed; None: of no village, nothing follows. `now` is mechanical."""
    if village_code:
        session.info.setdefault(_CHANGED, set()).add(village_code)
        _promise(session, int(village_code[:_DISTRICT]), now)


def changed_villages(session: Session) -> frozenset[str]:
    """Codes of the villages whose evidence this session has changed so far."""
    return frozenset(session.info.get(_CHANGED, ()))


def of_photo(session: Session, media: Media, now: dt.datetime) -> None:
    """A photo is about to be dropped, lost or moved: call it while the photo still says what it shows."""
    if media.household_id is not None or media.sheet:
        changed(session, media.village_code, now)


def all_changed(session: Session, now: dt.datetime) -> None:
    """The rules or the register changed: every district of which anything was sent. `now` is mechanical."""
    for model in (Media, Signature, HouseholdCase):
        found = select(func.substr(Household.village_code, 1, _DISTRICT)).join(
            model, model.household_id == Household.id
        )
        for district in session.scalars(found.distinct()).all():
            _promise(session, int(district), now)


def _promise(session: Session, district: int, now: dt.datetime) -> None:
    due = now + SOON
    fresh = {"job": JOB, "subject_id": district, "next_try_at": due, "created_at": now, "attempts": 0, "problem": ""}
    if insert_or_ignore(session, OwedJob, fresh):
        return
    waits = and_(OwedJob.done_at.is_(None), OwedJob.next_try_at < due)
    session.execute(
        update(OwedJob)
        .where(OwedJob.job == JOB, OwedJob.subject_id == district)
        # always another time than that of a count under way, which may have missed this change (services.owed.perform)
        .values(done_at=None, next_try_at=case((waits, OwedJob.next_try_at), else_=due), attempts=0, problem="")
        .execution_options(synchronize_session=False)
    )
