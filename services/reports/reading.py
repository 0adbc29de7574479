"""What a page about one report is made of: its versions, the one that is looked at, its history, and its state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from bot.forms.values import from_json
from bot.messages.bubbles import Text
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, ObligationState, Report
from models.people import Person
from models.review import ReportReview
from services.desk.scope import Scope
from services.ledger.ledger import Step, history, returned_boxes
from services.ledger.rounds import called
from services.reports.as_of import report_at, standing_at
from services.reports.forms import FormCache
from services.reports.page import ReportPage, page_of
from services.reports.stored import StoredReports
from services.texts import Texts


@dataclass(frozen=True, slots=True)
class Version:
    report: Report
    sender: str
    agreed: str
    """Name of the head of office who agreed; "" where nobody had to."""


@dataclass(frozen=True, slots=True)
class ReadReport:
    obligation: Obligation
    campaign: Campaign
    round: Round
    called: int | Text
    state: str
    versions: tuple[Version, ...]
    """The newest first; none that came after the moment that was asked for."""
    shown: Version | None
    page: ReportPage | None
    """None: nothing had been sent."""
    steps: tuple[Step, ...]
    returned: Mapping[str, str]
    """Box -> reason, while it is returned; "" is the report as a whole."""

    @property
    def newest(self) -> int:
        """The number of the version that stands; 0 for none."""
        return self.versions[0].report.number if self.versions else 0

    @property
    def is_newest(self) -> bool:
        return self.shown is not None and self.shown.report.number == self.newest


@dataclass(frozen=True)
class ReportReading:
    session: Session
    forms: FormCache
    texts: Texts
    locale: str
    scope: Scope
    now: dt.datetime

    def read(self, obligation_id: int, version: int | None = None, at: dt.datetime | None = None) -> ReadReport | None:
        """One version, else the one that stood at `at` (civil; None is now). None where there is no such report for
        who looks."""
        obligation = self.session.get(Obligation, obligation_id)
        if obligation is None or not self.scope.sees(obligation.area_code):
            return None
        if self.session.get_one(Form, obligation.form_id).current_version_id is None:
            return None  # nothing is filled in for it
        versions = self._versions(obligation_id, at)
        standing = report_at(self.session, obligation_id, at)
        wanted = version if version is not None else standing.number if standing is not None else None
        shown = next((one for one in versions if one.report.number == wanted), None)
        if shown is None and version is not None:
            return None
        rnd = self.session.get_one(Round, obligation.round_id)
        campaign = self.session.get_one(Campaign, rnd.campaign_id)
        state = standing_at(self.session, obligation_id, at).value
        back = state == ObligationState.RETURNED.value and at is None
        return ReadReport(
            obligation=obligation,
            campaign=campaign,
            round=rnd,
            called=called(campaign, rnd, self.locale),
            state=state,
            versions=versions,
            shown=shown,
            page=self._page(campaign, shown.report, versions, at) if shown is not None else None,
            steps=tuple(step for step in history(self.session, obligation_id) if at is None or step.change.at <= at),
            returned=dict(returned_boxes(self.session, obligation_id)) if back else {},
        )

    def _versions(self, obligation_id: int, at: dt.datetime | None) -> tuple[Version, ...]:
        head = aliased(Person)
        found = (
            select(Report, Person.name, head.name)
            .join(Person, Person.id == Report.submitted_by)
            .outerjoin(head, head.id == Report.approved_by)
            .where(Report.obligation_id == obligation_id)
            .order_by(Report.number.desc())
        )
        if at is not None:
            found = found.where(Report.submitted_at <= at)
        return tuple(Version(report, sender, agreed or "") for report, sender, agreed in self.session.execute(found))

    def _page(
        self, campaign: Campaign, report: Report, versions: tuple[Version, ...], at: dt.datetime | None
    ) -> ReportPage:
        words = self.texts.catalogue(self.locale, campaign)
        context = StoredReports(self.session, self.forms, words, self.now).context(report, at)
        earlier = next((one.report for one in versions if one.report.number == report.number - 1), None)
        before = None
        if earlier is not None:
            before = from_json(self.forms.get(self.session, earlier.form_version_id), earlier.answers)
        review = self.session.get(ReportReview, report.id)
        return page_of(context, before, review.remarks if review is not None else None)
