"""One attempt to hand an event to the bot, and what follows from the bot's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from simulator import events
from simulator.delivery import Delivery, Job

if TYPE_CHECKING:
    from simulator.ledger import Ledger
    from simulator.settings import Settings
    from simulator.store import Store
    from simulator.tokens import ReplyTokens
    from simulator.webhook import Webhook


class Outbound:
    """Events to the webhook, with redelivery where the switch is on (off at first, as at LINE)."""

    def __init__(self, settings: Settings, store: Store, tokens: ReplyTokens, ledger: Ledger, webhook: Webhook) -> None:
        self._delays = settings.redelivery_delays
        self._store = store
        self._tokens = tokens
        self._ledger = ledger
        self._webhook = webhook
        self._delivery = Delivery(self._attempt, settings.delivery_threads)

    @property
    def redelivery(self) -> bool:
        return self._store.meta("redelivery", "off") == "on"

    @redelivery.setter
    def redelivery(self, value: bool) -> None:
        self._store.set_meta("redelivery", "on" if value else "off")

    @property
    def destination(self) -> str:
        """The bot's own user id."""
        return self._store.meta("bot_user_id", "")

    def put(self, job: Job) -> None:
        self._delivery.put(job)

    def resume(self) -> None:
        """Queue again what a stopped simulator had not delivered, oldest first."""
        for row in self._store.rows("SELECT * FROM events WHERE state = 'queued' ORDER BY seq"):
            self.put(Job(row["user_id"], orjson.loads(row["body"]), attempts=row["attempts"]))

    def clear(self) -> None:
        self._delivery.clear()

    def close(self) -> None:
        self._delivery.close()

    def _attempt(self, job: Job) -> float | None:
        event = events.redelivered(job.event) if job.attempts else job.event
        payload: dict[str, Any] = {"destination": self.destination, "events": [event]}
        if "replyToken" in event:
            self._tokens.delivered(event["replyToken"])
        status = self._webhook.deliver(payload, "redelivery" if job.attempts else "")
        if job.duplicate:
            self._webhook.deliver(payload, "duplicate")
        job.attempts += 1
        job.result = status is not None and status // 100 == 2  # noqa: PLR2004 - HTTP's class of success
        again = not job.result and self.redelivery and job.attempts <= len(self._delays)
        self._record(job, status, over=not again)
        return self._delays[job.attempts - 1] if again else None

    def _record(self, job: Job, status: int | None, *, over: bool) -> None:
        outcome = "delivered" if job.result else "failed"
        with self._store.tx():
            known = self._store.run(
                "UPDATE events SET state = ?, attempts = ?, status = ? WHERE webhook_event_id = ?",
                (outcome if over else "queued", job.attempts, status, job.event["webhookEventId"]),
            )
            if over and known:  # a reset meanwhile has forgotten the event
                self._ledger.count(outcome)
