"""A draft as it would stand under the form that was loaded since it was begun."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.facts import Facts
from bot.conversation.report_facts import NewerForm
from bot.forms.another_version import move
from bot.forms.values import from_json, refresh
from models.area import Area
from models.campaign import Campaign, Form, Round
from models.obligation import Draft, Obligation
from services.reports.form_versions import newer_version
from services.reports.forms import FormCache
from services.reports.known import known_for


def newer_form(session: Session, forms: FormCache, facts: Facts, obligation_id: int) -> NewerForm | None:
    """The draft under the newest form version; None when there is nothing to go over to."""
    obligation = session.get_one(Obligation, obligation_id)
    form_row = session.get_one(Form, obligation.form_id)
    draft = session.scalar(select(Draft).where(Draft.obligation_id == obligation_id))
    version_id = newer_version(form_row, draft)
    if draft is None or version_id is None:
        return None
    campaign = session.get_one(Campaign, form_row.campaign_id)
    area = session.get_one(Area, obligation.area_code)
    rnd = session.get_one(Round, obligation.round_id)
    known = known_for(session, campaign, rnd, area, facts.person.name if facts.person else "")
    old = refresh(from_json(forms.get(session, draft.form_version_id), draft.answers), known, facts.now)
    form = forms.get(session, version_id)
    carried = move(form, old, known, facts.now)
    skipped = frozenset(name for name in draft.skipped if name in carried.values.questions)
    fresh = tuple(name for name in carried.fresh if name not in skipped)
    return NewerForm(version_id, form, carried.values, skipped, carried.kept, carried.lost, fresh)
