"""A report as the conversation sees it: its draft, or what a new one would start from, with all that is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation.facts import Facts
from bot.conversation.report_facts import LastReport, ReportFacts
from bot.forms.environment import Known
from bot.forms.values import Values, from_json, refresh, start
from models.area import Area
from models.campaign import Campaign, Form, Round
from models.obligation import Draft, Obligation, Report
from models.people import Person
from services.ledger.obligations import obligations_in
from services.people.people import Areas
from services.reports.approval_facts import approval_facts
from services.reports.authors import names_of
from services.reports.form_versions import is_withdrawn, newer_version
from services.reports.forms import FormCache
from services.reports.known import known_for
from services.reports.last_round import last_report


@dataclass(frozen=True, slots=True)
class _Rows:
    """What belongs to an obligation."""

    obligation: Obligation
    form: Form
    campaign: Campaign
    area: Area
    round: Round
    draft: Draft | None
    latest: Report | None

    @classmethod
    def read(cls, session: Session, obligation_id: int) -> _Rows:
        """Raises NoResultFound for an obligation that is not there."""
        obligation = session.get_one(Obligation, obligation_id)
        form = session.get_one(Form, obligation.form_id)
        return cls(
            obligation,
            form,
            session.get_one(Campaign, form.campaign_id),
            session.get_one(Area, obligation.area_code),
            session.get_one(Round, obligation.round_id),
            session.scalar(select(Draft).where(Draft.obligation_id == obligation_id)),
            latest_version(session, obligation_id),
        )


def report_facts(session: Session, forms: FormCache, facts: Facts, obligation_id: int, areas: Areas) -> ReportFacts:
    """The draft of an obligation with its compiled form, or what a new draft would start from.

    After a report has been sent, a new draft starts from the answers of its latest version.
    """
    rows = _Rows.read(session, obligation_id)
    draft, latest = rows.draft, rows.latest
    version_id = _version_id(draft, latest, rows.form)
    form = forms.get(session, version_id)
    reporter = facts.person.name if facts.person else ""
    last = last_report(session, rows.obligation, form, facts.catalogue.locale)
    known = with_last(known_for(session, rows.campaign, rows.round, rows.area, reporter), last)
    values = _values(form, draft, latest, known, facts.now)
    rounds = obligations_in(session, rows.form.id, rows.area.code, facts.now, areas)
    editor = session.get(Person, draft.updated_by) if draft and draft.updated_by else None
    return ReportFacts(
        obligation=next(item for item in rounds if item.id == obligation_id),
        form=form,
        form_version_id=version_id,
        values=values,
        skipped=frozenset(draft.skipped if draft else ()),
        row_version=draft.row_version if draft else None,
        updated_by=draft.updated_by if draft else None,
        updated_by_name=editor.name if editor else "",
        updated_at=draft.updated_at if draft else None,
        amends=draft.amends if draft else (latest.number if latest else None),
        sent=_sent_values(form, latest, known, facts.now),
        known_sources=known.sources,
        reference=reference_of(session, rows.campaign, rows.form, rows.area, rows.round, latest),
        rounds=rounds,
        explained=draft.explained if draft else latest.explained if latest else {},
        approval=approval_facts(session, rows.form, rows.obligation, draft, facts.person),
        people=names_of(session, values),
        last=last,
        newer_form=newer_version(rows.form, draft),
        withdrawn=draft is not None and is_withdrawn(rows.campaign, rows.form, draft),
    )


def with_last(known: Known, last: LastReport | None) -> Known:
    """What is known beforehand, with what the area reported for an earlier round."""
    return known if last is None else replace(known, last=last.values.everything())


def latest_version(session: Session, obligation_id: int) -> Report | None:
    """The newest version of an obligation's report; None before there is one."""
    return session.scalar(
        select(Report).where(Report.obligation_id == obligation_id).order_by(Report.number.desc()).limit(1)
    )


def _version_id(draft: Draft | None, latest: Report | None, form: Form) -> int:
    """A draft keeps its form version; so does a change of a report."""
    if draft is not None:
        return draft.form_version_id
    if latest is not None:
        return latest.form_version_id
    if form.current_version_id is None:
        raise LookupError(f"form {form.id} has no version")
    return form.current_version_id


def _values(form: Any, draft: Draft | None, latest: Report | None, known: Known, now: dt.datetime) -> Values:
    stored = draft.answers if draft else latest.answers if latest else None
    return start(form, known, now) if stored is None else refresh(from_json(form, stored), known, now)


def _sent_values(form: Any, latest: Report | None, known: Known, now: dt.datetime) -> Values | None:
    return None if latest is None else refresh(from_json(form, latest.answers), known, now)


def reference_of(
    session: Session, campaign: Campaign, form: Form, area: Area, rnd: Round, latest: Report | None
) -> str:
    """4207-1-01: area, round, version; with the form's own prefix where a campaign has several forms, and with the
    campaign's name from the province's second one on, whose rounds count from 1 as well."""
    prefix = campaign.settings["forms"][form.key].get("reference_prefix") or ""
    first = session.scalar(select(func.min(Campaign.id)).where(Campaign.province_code == campaign.province_code))
    of_campaign = "" if first == campaign.id else f"{campaign.slug}-"
    return f"{of_campaign}{prefix}{area.code}-{rnd.number}-{(latest.number if latest else 0) + 1:02d}"
