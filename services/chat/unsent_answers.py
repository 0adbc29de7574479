"""An answer of a sent report is taken back in LINE: the version stays what was confirmed, and the district is told.

The words themselves are gone from the chat; what the office has confirmed is changed by a change of the report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from bot.forms.compiled import Question
from bot.forms.values import from_json
from bot.messages.catalogue import DEFAULT_LOCALE
from models.campaign import Campaign, Round
from models.chat import Notice
from models.obligation import Obligation, Report
from models.people import REPORTING_ROLES, Membership
from models.upsert import insert_or_ignore
from models.work import Audit
from services.ledger.rounds import stored
from services.ports import Clock
from services.reports.forms import FormCache

CameIn = Callable[[Mapping[str, Any], str], bool]


def tell(session: Session, message_id: str, forms: FormCache, clock: Clock, came_in: CameIn) -> None:
    """Note every newest report version that holds an answer of the message, and owe its district a notice."""
    newest = select(func.max(Report.number)).where(Report.obligation_id == Obligation.id).correlate(Obligation)
    named = (
        select(Report)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .where(cast(Report.answers, String).contains(message_id, autoescape=True))
        .where(Report.number == newest.scalar_subquery())
    )
    for report in session.scalars(named):
        values = from_json(forms.get(session, report.form_version_id), report.answers)
        found = ((box, values.answer_of(name)) for name, box in values.questions.items())
        boxes = [_called(box) for box, stood in found if stood and came_in(stood.meta, message_id)]
        if boxes:
            _owe_notices(session, report, boxes, clock)


def _called(box: Question) -> str:
    """Its number on the form; a question without one by its short title, and at last by its name."""
    return str(box.box or box.short(DEFAULT_LOCALE) or box.name)


def _owe_notices(session: Session, report: Report, boxes: list[str], clock: Clock) -> None:
    now, obligation = clock.now(), session.get_one(Obligation, report.obligation_id)
    rnd = session.get_one(Round, obligation.round_id)
    called = stored(session.get_one(Campaign, rnd.campaign_id), rnd)
    subject, detail = f"report {report.id}", {"boxes": boxes}
    code = obligation.area_code
    session.add(
        Audit(at=now, person_id=None, action="answer withdrawn", subject=subject, area_code=code, detail=detail)
    )
    people = select(Membership.person_id).where(
        Membership.area_code == code,
        Membership.role.in_([role.value for role in REPORTING_ROLES]),
        Membership.ended_at.is_(None),
    )
    for person_id in session.scalars(people.distinct()):
        notice = {
            "person_id": person_id,
            "key": "notice.answer_unsent",
            "values": {"round": called, "boxes": ", ".join(boxes), "box": boxes[0]},
            "subject": f"unsent in report {report.id} for {person_id}: {', '.join(boxes)}",
            "created_at": now,
        }
        insert_or_ignore(session, Notice, notice)
