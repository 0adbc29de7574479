"""Who has reported the newest round, who is half-way, who has not begun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from bot.conversation.overview_facts import HalfFinished, Overview
from bot.forms.values import from_json
from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import Draft, Obligation, ObligationState
from services.people.people import Areas
from services.reports.forms import FormCache


@dataclass(frozen=True)
class OverviewReader:
    """Reads overviews of a campaign for one locale's area names."""

    session: Session
    forms: FormCache
    areas: Areas

    def current(self, campaign: Campaign | None, now: dt.datetime) -> Overview | None:
        """Of the newest round that has opened by `now` (civil); None before the first opens."""
        if campaign is None:
            return None
        rnd = self.session.scalar(
            select(Round)
            .where(Round.campaign_id == campaign.id, Round.duty == "", Round.opens_at <= now)
            .order_by(Round.number.desc())
            .limit(1)
        )
        if rnd is None:
            return None
        return replace(self.of_round(rnd), closed=rnd.closes_at is not None and rnd.closes_at <= now)

    def of_round(self, rnd: Round) -> Overview:
        """Only what districts owe counts: what the province fills in for them is not chased."""
        rows: Sequence[Row[Obligation, Draft | None]] = self.session.execute(
            select(Obligation, Draft)
            .join(Form, Form.id == Obligation.form_id)
            .outerjoin(Draft, Draft.obligation_id == Obligation.id)
            .where(Obligation.round_id == rnd.id, Form.unit == AreaKind.DISTRICT.value)
            .order_by(Obligation.area_code)
        ).all()
        self.areas.read(obligation.area_code for obligation, _draft in rows)
        waived = [obligation for obligation, _draft in rows if obligation.state == ObligationState.WAIVED]
        returned = [obligation for obligation, _draft in rows if obligation.state == ObligationState.RETURNED]
        owing = [(obligation, draft) for obligation, draft in rows if not obligation.settled]
        waiting = [(obligation, draft) for obligation, draft in owing if obligation not in returned]
        total = len(rows) - len(waived)
        return Overview(
            round_number=rnd.number,
            due_at=rnd.due_at,
            total=total,
            sent=total - len(owing),
            half_finished=tuple(
                HalfFinished(self.areas[obligation.area_code], self.left(draft), draft.asked_at is not None)
                for obligation, draft in waiting
                if draft is not None
            ),
            not_started=tuple(self.areas[obligation.area_code] for obligation, draft in waiting if draft is None),
            returned=tuple(self.areas[obligation.area_code] for obligation in returned),
            waived=tuple(self.areas[obligation.area_code] for obligation in waived),
        )

    def left(self, draft: Draft) -> int:
        """Questions left in a draft, as it was stored."""
        form = self.forms.get(self.session, draft.form_version_id)
        return len(from_json(form, draft.answers).due(frozenset(draft.skipped)))
