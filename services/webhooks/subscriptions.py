"""Who is told: subscriptions made on the desk for an area, what became of their messages, sending some again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.area import Area
from models.base import Sessions
from models.people import Person
from models.webhook import DeliveryState, WebhookDelivery, WebhookSubscription
from models.work import Audit
from services.desk.scope import Scope
from services.desk.sessions import Visitor
from services.owed import owe
from services.ports import Clock, WebhookGateway
from services.webhooks.signing import new_secret
from services.webhooks.telling import JOB, tell_test

A_PAGE: Final = 30
AT_MOST: Final = 1000
"""Messages that are sent again at once."""
LONGEST_URL: Final = 500
KEPT: Final = dt.timedelta(days=90)
"""How long it is kept what became of a message."""


class NotYoursError(LookupError):
    """No such subscription, message or area, or not in the visitor's scope: the answer is the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """A subscription in the list."""

    row: WebhookSubscription
    made_by: str
    counts: dict[str, int]
    """Messages by state."""


@dataclass(frozen=True)
class Subscriptions:
    sessions: Sessions
    clock: Clock
    gateway: WebhookGateway

    def make(self, visitor: Visitor, url: str, area: str) -> str:
        """Subscribe; returns the secret, to be shown once, and owes a first message as a test.

        Raises NotYoursError, and ValueError for an address that we do not send to."""
        with self.sessions() as session:
            if not visitor.scope.sees(area) or session.get(Area, area) is None:
                raise NotYoursError(area)
        if len(url) > LONGEST_URL:
            raise ValueError(url)
        self.gateway.check(url)  # last, and in no transaction: it may wait for a name to be resolved
        now, secret = self.clock.now(), new_secret()
        with self.sessions() as session, session.begin():
            row = WebhookSubscription(url=url, secret=secret, area_code=area, made_by=visitor.person_id, created_at=now)
            session.add(row)
            session.flush()
            tell_test(session, row, now)
            session.add(self._note("webhook_made", row, visitor))
        return secret

    def end(self, visitor: Visitor, number: int) -> None:
        """From now on nothing is told. Raises NotYoursError."""
        with self.sessions() as session, session.begin():
            row = self._own(session, visitor, number)
            if row.ended_at is None:
                row.ended_at = self.clock.now()
                session.add(self._note("webhook_ended", row, visitor))

    def again(self, visitor: Visitor, number: int, *, after: int = 0, only: int = 0) -> int:
        """Send messages anew under the ids that they have: `only` one, or all whose numbers are greater than `after`;
        returns how many. Raises NotYoursError."""
        wanted = select(WebhookDelivery).where(WebhookDelivery.subscription_id == number)
        wanted = wanted.where(WebhookDelivery.id == only if only else WebhookDelivery.id > after)
        with self.sessions() as session, session.begin():
            row = self._own(session, visitor, number)
            found = session.scalars(wanted.order_by(WebhookDelivery.id).limit(AT_MOST)).all()
            if only and not found:
                raise NotYoursError(only)
            for each in found:
                each.state, each.attempts, each.problem = DeliveryState.WAITING.value, 0, ""
                each.taken_at = None
                owe(session, JOB, each.id, self.clock.real())
            session.add(self._note("webhook_again", row, visitor))
        return len(found)

    def _own(self, session: Session, visitor: Visitor, number: int) -> WebhookSubscription:
        row = session.get(WebhookSubscription, number, with_for_update=True)
        if row is None or not visitor.scope.sees(row.area_code):
            raise NotYoursError(number)
        return row

    def _note(self, action: str, row: WebhookSubscription, visitor: Visitor) -> Audit:
        return Audit(
            at=self.clock.now(),
            person_id=visitor.person_id,
            action=action,
            subject=f"webhook {row.id}",
            area_code=row.area_code,
            detail={},
        )


def listed(session: Session, scope: Scope) -> Sequence[Line]:
    """The subscriptions of an area, the newest first, those that have ended last."""
    rows = session.execute(
        select(WebhookSubscription, Person.name)
        .join(Person, Person.id == WebhookSubscription.made_by)
        .where(scope.within(WebhookSubscription.area_code))
        .order_by(WebhookSubscription.ended_at.is_not(None), WebhookSubscription.id.desc())
    ).all()
    counted: dict[int, dict[str, int]] = {}
    groups = select(WebhookDelivery.subscription_id, WebhookDelivery.state, func.count())
    groups = groups.where(WebhookDelivery.subscription_id.in_([row.id for row, _name in rows]))
    for number, state, count in session.execute(
        groups.group_by(WebhookDelivery.subscription_id, WebhookDelivery.state)
    ):
        counted.setdefault(number, {})[state] = count
    return [Line(row, name, counted.get(row.id, {})) for row, name in rows]


def messages(session: Session, scope: Scope) -> Sequence[WebhookDelivery]:
    """The last messages of an area's subscriptions; those that are dead first, for somebody has to look at them."""
    found = (
        select(WebhookDelivery)
        .join(WebhookSubscription, WebhookSubscription.id == WebhookDelivery.subscription_id)
        .where(scope.within(WebhookSubscription.area_code), WebhookSubscription.ended_at.is_(None))
        .order_by(WebhookDelivery.state != DeliveryState.DEAD.value, WebhookDelivery.id.desc())
    )
    return session.scalars(found.limit(A_PAGE)).all()


def forget(session: Session, now: dt.datetime) -> None:
    """What became of old messages; what still waits stays."""
    old = WebhookDelivery.created_at < now - KEPT, WebhookDelivery.state != DeliveryState.WAITING.value
    session.execute(delete(WebhookDelivery).where(*old))
