"""Bringing a message to its receiver: tried again at growing pauses for three days, then dead until somebody asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import orjson

from models.base import Sessions
from models.webhook import DeliveryState, WebhookDelivery, WebhookSubscription
from models.work import Audit
from services.owed import LaterError
from services.ports import Clock, WebhookGateway
from services.webhooks.signing import headers_of

PAUSES: Final = tuple(
    dt.timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
"""Before each further attempt, as the Standard Webhooks specification advises; after the last one it is dead."""
_TAKEN: Final = range(200, 300)


@dataclass(frozen=True)
class Delivering:
    sessions: Sessions
    clock: Clock
    gateway: WebhookGateway
    public_url: str

    def deliver(self, delivery_id: int) -> None:
        """The job. Raises LaterError when it was not taken and will be tried again."""
        with self.sessions() as session:
            row = session.get_one(WebhookDelivery, delivery_id)
            subscription = session.get_one(WebhookSubscription, row.subscription_id)
        if row.state != DeliveryState.WAITING.value:
            return
        if subscription.ended_at is not None:
            self._note(row, DeliveryState.DEAD, "ended", row.attempts)
            return
        status, problem = self._sent(row, subscription)
        attempts = row.attempts + 1
        if status in _TAKEN:
            self._note(row, DeliveryState.TAKEN, "", attempts)
        elif status == HTTPStatus.GONE:
            self._note(row, DeliveryState.DEAD, problem, attempts)
            self._end(subscription.id, row.id)
        elif attempts > len(PAUSES):
            self._note(row, DeliveryState.DEAD, problem, attempts)
        else:
            self._note(row, DeliveryState.WAITING, problem, attempts)
            raise LaterError(f"delivery {delivery_id}: {problem}", PAUSES[attempts - 1])

    def _sent(self, row: WebhookDelivery, subscription: WebhookSubscription) -> tuple[int, str]:
        """The status of the answer, 0 for none, and what went wrong."""
        body = orjson.dumps(self._body(row))
        headers = headers_of(subscription.secret, row.message_id, int(self.clock.real().timestamp()), body)
        try:
            status = self.gateway.post(subscription.url, body, headers)
        except OSError as error:
            return 0, type(error).__name__
        return status, f"HTTP {status}"

    def _body(self, row: WebhookDelivery) -> dict[str, Any]:
        data = row.body["data"]
        return {**row.body, "data": {**data, "url": f"{self.public_url}{data['url']}"}}

    def _note(self, row: WebhookDelivery, state: DeliveryState, problem: str, attempts: int) -> None:
        with self.sessions() as session, session.begin():
            mine = session.get_one(WebhookDelivery, row.id, with_for_update=True)
            mine.state, mine.problem, mine.attempts = state.value, problem, attempts
            if state is DeliveryState.TAKEN:
                mine.taken_at = self.clock.now()

    def _end(self, subscription_id: int, delivery_id: int) -> None:
        """The receiver has said that it is gone for good."""
        now = self.clock.now()
        with self.sessions() as session, session.begin():
            row = session.get_one(WebhookSubscription, subscription_id, with_for_update=True)
            if row.ended_at is None:
                row.ended_at = now
                session.add(
                    Audit(
                        at=now,
                        person_id=None,
                        action="webhook_gone",
                        subject=f"webhook {row.id}",
                        area_code=row.area_code,
                        detail={"delivery": delivery_id},
                    )
                )
