"""What follows from a confirmed report, derived from its version: answer rows, totals, notices. Safe to repeat."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.forms.compiled import Kind, Question
from bot.forms.values import Values, from_json
from models.base import Sessions
from models.campaign import Campaign, Round
from models.chat import Notice
from models.obligation import Answer, Obligation, Report, RoundTotal
from models.people import REPORTING_ROLES, Membership, Person
from models.upsert import insert_or_ignore
from services.ledger.rounds import stored
from services.ports import Clock
from services.reports.forms import FormCache

_COUNTED = {Kind.INTEGER, Kind.DECIMAL}
"""What is summed over districts, and inside repeats over their instances."""
_NUMBER = re.compile(r"-?[0-9]{1,15}([.][0-9]{1,9})?", re.ASCII)
_PLACES = 9
"""Decimal places of a sum: more would only show how machines keep fractions."""


@dataclass(frozen=True)
class Finishing:
    sessions: Sessions
    clock: Clock
    forms: FormCache

    def finish(self, report_id: int) -> None:
        """Derive everything that a report version implies."""
        with self.sessions() as session, session.begin():
            report = session.get_one(Report, report_id)
            values = from_json(self.forms.get(session, report.form_version_id), report.answers)
            _store_answers(session, report, values)
            _store_totals(session, report, values)
            self._tell_colleagues(session, report)

    def _tell_colleagues(self, session: Session, report: Report) -> None:
        """The district's other officers learn of it at their next contact, for free."""
        obligation = session.get_one(Obligation, report.obligation_id)
        rnd = session.get_one(Round, obligation.round_id)
        called = stored(session.get_one(Campaign, rnd.campaign_id), rnd)
        sender = session.get_one(Person, report.submitted_by)
        colleagues = session.scalars(
            select(Membership.person_id)
            .where(
                Membership.area_code == obligation.area_code,
                Membership.role.in_([role.value for role in REPORTING_ROLES]),
                Membership.ended_at.is_(None),
                Membership.person_id.not_in([sender.id, report.approved_by or sender.id]),
            )
            .distinct()
        )
        for person_id in colleagues:
            values = {"who": sender.name, "round": called, "reference": report.reference}
            insert_or_ignore(
                session,
                Notice,
                {
                    "person_id": person_id,
                    "key": "notice.sent_by_colleague",
                    "values": values,
                    "subject": f"report {report.id} for {person_id}",
                    "created_at": self.clock.now(),
                },
            )


def _store_answers(session: Session, report: Report, values: Values) -> None:
    """One row for each box that holds a value, calculations included."""
    for name, question in values.questions.items():
        value = values.get(name)
        if value == "" or question.kind in {Kind.NOTE, Kind.META, Kind.ANOTHER}:
            continue
        stored = values.answer_of(name)
        row = {
            "report_id": report.id,
            "name": name,
            "box": question.template or name,
            "value": value,
            "number": _number(question, value),
            "origin": stored.origin if stored else "calculated",
        }
        insert_or_ignore(session, Answer, row)


def _number(question: Question, value: str) -> float | None:
    """The value of a box that holds a number. Words that look like one ("--5", a telephone) stay words."""
    holds_number = question.kind in {*_COUNTED, Kind.CALCULATE}
    return float(value) if holds_number and _NUMBER.fullmatch(value) else None


def _store_totals(session: Session, report: Report, values: Values) -> None:
    """Sums of each number over the latest versions of the round; recomputed, so a repeat changes nothing."""
    obligation = session.get_one(Obligation, report.obligation_id)
    # reports of one round are summed one after the other: each sum sees the answers of those before it
    session.get_one(Round, obligation.round_id, with_for_update=True)
    newest = (
        select(Report.obligation_id, func.max(Report.number).label("number"))
        .join(Obligation, Obligation.id == Report.obligation_id)
        .where(Obligation.round_id == obligation.round_id, Obligation.form_id == obligation.form_id)
        .group_by(Report.obligation_id)
        .subquery()
    )
    counted = [name for name, item in values.form.questions.items() if item.kind in _COUNTED]
    sums = session.execute(
        select(Answer.box, func.sum(Answer.number), func.count(Answer.report_id.distinct()))
        .join(Report, Report.id == Answer.report_id)
        .join(newest, (newest.c.obligation_id == Report.obligation_id) & (newest.c.number == Report.number))
        .where(Answer.box.in_(counted), Answer.number.is_not(None))
        .group_by(Answer.box)
    )
    found = {name: (round(total or 0, _PLACES), reports) for name, total, reports in sums}
    for name in counted:
        key = {"round_id": obligation.round_id, "form_id": obligation.form_id, "name": name}
        insert_or_ignore(session, RoundTotal, {**key, "total": 0, "reports": 0})
        row = session.scalars(select(RoundTotal).filter_by(**key)).one()
        row.total, row.reports = found.get(name, (0, 0))
