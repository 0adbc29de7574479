"""A version of a report as it was confirmed, in anybody's language: labels, values as people read them, remarks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.report.context import Context
from bot.conversation.report_facts import ReportFacts
from bot.forms.values import from_json
from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from bot.reading.reader import Reader
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, Report
from services.calendar import BANGKOK
from services.ledger.rounds import called
from services.people.people import Areas
from services.reports.authors import names_of
from services.reports.forms import FormCache
from services.reports.last_round import last_report


class _NothingTyped(Reader):
    """Nobody types anything at a stored report, so the word lists need not be loaded."""

    def __init__(self) -> None:
        """Without any."""


@dataclass(frozen=True)
class StoredReports:
    session: Session
    forms: FormCache
    catalogue: Catalogue
    """Of the language that is told in."""
    now: dt.datetime
    """Civil."""

    def context(self, report: Report, until: dt.datetime | None = None) -> Context:
        """As a conversation has a report that is under way, with nothing typed in it; the last round's report beside it
        as it stood at `until`."""
        form = self.forms.get(self.session, report.form_version_id)
        values = from_json(form, report.answers)
        obligation = self.session.get_one(Obligation, report.obligation_id)
        facts = ReportFacts(
            obligation=self._obligation(obligation, report),
            form=form,
            form_version_id=report.form_version_id,
            values=values,
            skipped=frozenset(),
            row_version=None,
            updated_by=None,
            updated_by_name="",
            updated_at=None,
            amends=None,
            sent=None,
            known_sources=values.known.sources,
            reference=report.reference,
            rounds=(),
            explained=report.explained,
            people=names_of(self.session, values),
            last=last_report(self.session, obligation, form, self.catalogue.locale, until),
        )
        reader = _NothingTyped()
        return Context.of(Facts(self.now.astimezone(BANGKOK), self.catalogue, reader, 1, {}), facts)

    def _obligation(self, obligation: Obligation, report: Report) -> ObligationFacts:
        rnd = self.session.get_one(Round, obligation.round_id)
        campaign = self.session.get_one(Campaign, rnd.campaign_id)
        label = called(campaign, rnd, self.catalogue.locale)
        return ObligationFacts(
            id=obligation.id,
            form_key=self.session.get_one(Form, obligation.form_id).key,
            round_number=rnd.number,
            area=Areas(self.session, self.catalogue)[obligation.area_code],
            opens_at=rnd.opens_at,
            due_at=rnd.due_at,
            closed=rnd.closes_at is not None and rnd.closes_at <= self.now,
            settled=obligation.settled,
            late=report.late,
            draft_exists=False,
            versions=report.number,
            state=obligation.state,
            duty=rnd.duty,
            label=label if isinstance(label, Text) else None,
        )
