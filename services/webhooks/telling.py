"""What happened, as rows for whoever subscribed to its area: written in the transaction in which it happened.

Ids and codes alone: who wants the values reads them over the API, with a token whose area is checked there.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, ObligationChange, Report
from models.webhook import WebhookDelivery, WebhookSubscription
from services.owed import AT_ONCE, owe

JOB: Final = "deliver_webhook"
CHANGED, VERSION, TEST = "obligation.changed", "report.version", "test"
"""Types of messages."""


def tell_change(session: Session, change: ObligationChange) -> None:
    """Of a step of the ledger that was just added."""
    subscribers = _subscribers(session, change.obligation_id)
    if not subscribers:
        return
    session.flush()
    about = _about(session, change.obligation_id)
    step = {"change_id": change.id, "from_state": change.from_state, "to_state": change.to_state}
    path = f"/api/v1/campaigns/{about['campaign']}/changes?limit=1&cursor={change.id - 1}"
    _write(session, subscribers, CHANGED, change.at, {**step, **about, "url": path})


def tell_version(session: Session, report: Report) -> None:
    """Of a report version that was just stored."""
    subscribers = _subscribers(session, report.obligation_id)
    if not subscribers:
        return
    version = {"report_id": report.id, "version": report.number, "reference": report.reference, "late": report.late}
    path = f"/api/v1/reports/{report.id}"
    about = _about(session, report.obligation_id)
    _write(session, subscribers, VERSION, report.submitted_at, {**version, **about, "url": path})


def tell_test(session: Session, subscription: WebhookSubscription, now: dt.datetime) -> None:
    """A message that says nothing, for whoever has just subscribed."""
    _write(session, [subscription.id], TEST, now, {"url": "/api/v1/campaigns"})


def _subscribers(session: Session, obligation_id: int) -> list[int]:
    """Subscriptions whose area the obligation's lies in: its code begins with theirs."""
    begins = (func.substr(Obligation.area_code, 1, digits) == WebhookSubscription.area_code for digits in (2, 4, 6, 8))
    found = (
        select(WebhookSubscription.id)
        .join(Obligation, or_(*begins))
        .where(Obligation.id == obligation_id, WebhookSubscription.ended_at.is_(None))
        .order_by(WebhookSubscription.id)
        .distinct()
    )
    return list(session.scalars(found))


def _about(session: Session, obligation_id: int) -> dict[str, Any]:
    found = (
        select(
            Obligation.id.label("obligation_id"),
            Campaign.slug.label("campaign"),
            Form.key.label("form"),
            Round.number.label("round"),
            Round.duty,
            Obligation.area_code,
        )
        .join(Form, Form.id == Obligation.form_id)
        .join(Round, Round.id == Obligation.round_id)
        .join(Campaign, Campaign.id == Form.campaign_id)
        .where(Obligation.id == obligation_id)
    )
    return dict(session.execute(found).mappings().one())


def _write(session: Session, subscribers: list[int], kind: str, at: dt.datetime, data: dict[str, Any]) -> None:
    body = {"type": kind, "timestamp": at.astimezone(dt.UTC).isoformat(), "data": data}
    rows = [
        WebhookDelivery(subscription_id=each, message_id=f"msg_{uuid.uuid4().hex}", body=body, created_at=at)
        for each in subscribers
    ]
    session.add_all(rows)
    session.flush()
    for row in rows:
        owe(session, JOB, row.id, AT_ONCE)
