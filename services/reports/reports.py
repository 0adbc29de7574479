"""Drafts and reports: one live draft per obligation, immutable versions once confirmed.

Confirming is one transaction: the version with its values, XML and reference number, and the obligation's state.
Everything that can be derived from the version is left to the job (`finish`), which may run any number of times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from bot.conversation.effects import SaveDraft
from bot.forms.explained import standing
from bot.forms.submission import to_xml
from bot.forms.values import from_json, refresh
from models.area import Area
from models.campaign import Campaign, Form, Round
from models.obligation import OWED, Draft, Obligation, ObligationState, Report
from models.people import Person
from models.work import Audit
from services.calendar import is_late
from services.ledger.ledger import LOCKED, move
from services.owed import owe
from services.ports import Clock
from services.reports.forms import FormCache
from services.reports.known import known_for
from services.reports.last_round import last_report
from services.reports.report_facts import latest_version, reference_of, with_last
from services.settled import adding
from services.webhooks.telling import tell_version


class ReportChangedError(Exception):
    """Somebody else stored or sent the report since this turn looked: look again and decide anew."""


def save_draft(session: Session, effect: SaveDraft, person_id: int, now: dt.datetime) -> None:
    """Store a draft. Raises ReportChangedError when somebody stored since `effect.row_version` was read."""
    values: dict[str, Any] = {
        "answers": effect.answers,
        "skipped": list(effect.skipped),
        "explained": dict(effect.explained),
        "updated_by": person_id,
        "updated_at": now,
        "form_version_id": effect.form_version_id,
        "asked_by": None,
        "asked_at": None,
    }
    if effect.row_version is None:
        session.add(
            Draft(
                obligation_id=effect.obligation_id,
                amends=effect.amends,
                **values,
            )
        )
        session.flush()  # a second first draft of the same obligation fails here, on its unique key
        latest = latest_version(session, effect.obligation_id)
        if (latest.number if latest else None) != effect.amends:
            raise ReportChangedError  # a colleague began and sent it since this turn looked
        _begun(session, effect.obligation_id, person_id, now)
        return
    _store(session, effect.obligation_id, effect.row_version, values)


def _begun(session: Session, obligation_id: int, person_id: int, now: dt.datetime) -> None:
    """A first report is under way. Raises ReportChangedError when the province has closed it meanwhile."""
    obligation = session.get_one(Obligation, obligation_id, with_for_update=True, populate_existing=True)
    if obligation.state in LOCKED:
        raise ReportChangedError
    among = (ObligationState.OPEN,)
    move(session, obligation_id, ObligationState.PARTLY, now=now, person_id=person_id, among=among)


def note_offer(session: Session, obligation_id: int, version_id: int) -> None:
    """The draft was offered that form version. Its row version stays: nothing that anybody saw has changed."""
    session.execute(
        update(Draft)
        .where(Draft.obligation_id == obligation_id)
        .values(offered_version_id=version_id)
        .execution_options(synchronize_session=False)
    )


def replace_answers(session: Session, draft: Draft, answers: dict[str, Any], explained: Mapping[str, Any]) -> None:
    """Store other answers and reasons in a draft as it was read. Raises ReportChangedError when it changed since."""
    changed = {"answers": answers, "explained": dict(explained), "asked_by": None, "asked_at": None}
    _store(session, draft.obligation_id, draft.row_version, changed)


def _store(session: Session, obligation_id: int, row_version: int, values: dict[str, Any]) -> None:
    """The optimistic lock: only who read the version that stands may write the next one."""
    stored = session.execute(
        update(Draft)
        .where(Draft.obligation_id == obligation_id, Draft.row_version == row_version)
        .values(row_version=Draft.row_version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    _exactly_one(stored)


def drop_draft(session: Session, obligation_id: int, row_version: int, person_id: int, now: dt.datetime) -> None:
    """Give a draft up, as far as it is still the one that was looked at."""
    dropped = session.execute(
        delete(Draft)
        .where(Draft.obligation_id == obligation_id, Draft.row_version == row_version)
        .execution_options(synchronize_session=False)
    )
    if isinstance(dropped, CursorResult) and dropped.rowcount == 1:
        among = (ObligationState.PARTLY,)
        move(session, obligation_id, ObligationState.OPEN, now=now, person_id=person_id, among=among)


def locked_draft(session: Session, obligation_id: int, row_version: int) -> Draft:
    """The draft that was looked at, held until the transaction ends. Raises ReportChangedError when it has changed."""
    draft = session.scalar(
        select(Draft)
        .where(Draft.obligation_id == obligation_id, Draft.row_version == row_version)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if draft is None:
        raise ReportChangedError
    return draft


def submit(
    session: Session,
    forms: FormCache,
    obligation_id: int,
    row_version: int,
    person_id: int,
    clock: Clock,
    *,
    agrees: bool = False,
    phoned_by: str = "",
) -> Report:
    """Confirm the draft: write the report's next version and settle the obligation. Removes the draft.

    `agrees`: the person is the head of office, and sends it for whoever had asked. `phoned_by`: the name of whoever
    told it to the person on the telephone. Raises ReportChangedError when the draft is not the one that was reviewed,
    or the province has accepted or waived the report meanwhile.
    """
    now = clock.now()
    draft = locked_draft(session, obligation_id, row_version)
    obligation = session.get_one(Obligation, obligation_id, with_for_update=True, populate_existing=True)
    if obligation.state in LOCKED:
        raise ReportChangedError
    sender = draft.asked_by if agrees and draft.asked_by is not None else person_id
    report = _version(session, forms, obligation, draft, sender, now, phoned_by)
    if agrees:
        report.approved_by, report.asked_at = person_id, draft.asked_at
    _settle(session, obligation, report, person_id)
    session.delete(draft)
    session.flush()
    owe(session, "finish_report", report.id, clock.real())
    tell_version(session, report)
    subject, code = report.reference, obligation.area_code
    session.add(Audit(at=now, person_id=person_id, action="submitted", subject=subject, area_code=code, detail={}))
    return report


def _version(
    session: Session,
    forms: FormCache,
    obligation: Obligation,
    draft: Draft,
    person_id: int,
    now: dt.datetime,
    phoned_by: str,
) -> Report:
    form_row = session.get_one(Form, obligation.form_id)
    campaign = session.get_one(Campaign, form_row.campaign_id)
    area = session.get_one(Area, obligation.area_code)
    rnd = session.get_one(Round, obligation.round_id)
    latest = latest_version(session, obligation.id)
    reporter = phoned_by or session.get_one(Person, person_id).name
    form = forms.get(session, draft.form_version_id)
    known = known_for(session, campaign, rnd, area, reporter)
    known = with_last(known, last_report(session, obligation, form))
    values = refresh(from_json(form, draft.answers), known, now)
    reference = reference_of(session, campaign, form_row, area, rnd, latest)
    report = Report(
        obligation_id=obligation.id,
        number=(latest.number if latest else 0) + 1,
        reference=reference,
        form_version_id=draft.form_version_id,
        answers=values.to_json(),
        explained=standing(draft.explained, values),
        xml=to_xml(values, instance_id=f"tidtam:{reference}").decode(),
        submitted_by=person_id,
        phoned_by=phoned_by,
        submitted_at=now,
        late=latest.late if latest else is_late(now, rnd.due_at),
    )
    adding(session, Report)
    session.add(report)
    session.flush()
    return report


def _settle(session: Session, obligation: Obligation, report: Report, person_id: int) -> None:
    """Settle the obligation, or settle it again after it was returned; a change of a report is noted beside it."""
    state = ObligationState.LATE if report.late else ObligationState.SUBMITTED
    detail = {"report": report.number}
    move(
        session, obligation.id, state, now=report.submitted_at, person_id=person_id, detail=detail, among=(*OWED, state)
    )
    if report.number == 1:
        obligation.submitted_at = report.submitted_at


def _exactly_one(result: object) -> None:
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise ReportChangedError
