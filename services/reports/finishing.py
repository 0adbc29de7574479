"""What follows from a confirmed report, derived from its version: answer rows, remarks, notices. Safe to repeat."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.forms.values import Values, from_json
from bot.messages.catalogue import LOCALES
from models.base import Sessions
from models.campaign import Campaign, Round
from models.chat import Notice
from models.obligation import Answer, Obligation, Report
from models.people import REPORTING_ROLES, Membership, Person
from models.upsert import insert_or_ignore
from services.ledger.rounds import stored
from services.ports import Clock
from services.reports.derived import answers_of
from services.reports.forms import FormCache
from services.reports.reviewing import Rise, store_review
from services.reports.stored import StoredReports
from services.texts import Texts


@dataclass(frozen=True)
class Finishing:
    sessions: Sessions
    clock: Clock
    forms: FormCache
    texts: Texts

    def finish(self, report_id: int) -> None:
        """Derive everything that a report version implies."""
        with self.sessions() as session, session.begin():
            report = session.get_one(Report, report_id)
            values = from_json(self.forms.get(session, report.form_version_id), report.answers)
            _store_answers(session, report, values)
            self._review(session, report)
            self._tell_colleagues(session, report)

    def _review(self, session: Session, report: Report) -> None:
        """What there is to look at in it, and anew in the rounds after it, which are compared with it."""
        obligation = session.get_one(Obligation, report.obligation_id)
        campaign = session.get_one(Campaign, session.get_one(Round, obligation.round_id).campaign_id)
        catalogues = [self.texts.catalogue(locale, campaign) for locale in LOCALES]
        for each in (report, *_later(session, obligation)):
            stored_in = (StoredReports(session, self.forms, words, self.clock.now()) for words in catalogues)
            contexts = {one.catalogue.locale: one.context(each) for one in stored_in}
            store_review(session, each, contexts, Rise.of(campaign))

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
            values: dict[str, object] = {"who": sender.name, "round": called, "reference": report.reference}
            if report.phoned_by:
                values["caller"] = report.phoned_by
            insert_or_ignore(
                session,
                Notice,
                {
                    "person_id": person_id,
                    "key": "notice.sent_by_phone" if report.phoned_by else "notice.sent_by_colleague",
                    "values": values,
                    "subject": f"report {report.id} for {person_id}",
                    "created_at": self.clock.now(),
                },
            )


def _later(session: Session, obligation: Obligation) -> list[Report]:
    """The newest version of each report that the area has sent of the same form for a later round."""
    number = session.get_one(Round, obligation.round_id).number
    rows = session.scalars(
        select(Report)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Round, Round.id == Obligation.round_id)
        .where(
            Obligation.form_id == obligation.form_id,
            Obligation.area_code == obligation.area_code,
            Round.number > number,
        )
        .order_by(Report.obligation_id, Report.number)
    )
    return list({row.obligation_id: row for row in rows}.values())


def _store_answers(session: Session, report: Report, values: Values) -> None:
    for derived in answers_of(values):
        insert_or_ignore(session, Answer, {"report_id": report.id, **asdict(derived)})
