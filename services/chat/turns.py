"""One turn of a chat inside one transaction: load facts, step, carry out its effects, write the reply."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.facts import Facts, Missing
from bot.conversation.inputs import Incoming, Kind, incoming
from bot.conversation.state import IDLE, State
from bot.conversation.step import step
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, text
from bot.messages.catalogue import Catalogue
from bot.messages.render import render
from models.base import keep_loaded
from models.chat import Conversation, InboxEvent, Notice, OutboxRequest, OutboxState
from models.people import LineAccount
from services.chat import quotes, unsend
from services.chat.carried import with_carried
from services.chat.effects import Applier
from services.chat.facts import FactsLoader
from services.chat.quotes import NOTHING
from services.evidence.certificates import amending
from services.evidence.certificates import telling as certificates
from services.evidence.house_photos import more_waits
from services.groups.turns import GroupTurns
from services.ledger import rounds
from services.ports import Clock
from services.texts import Texts

MAX_QUERIES = 12
"""A step that asks for more facts than this is asking in circles."""
_COMING_AND_GOING = {Kind.FOLLOW, Kind.UNFOLLOW}
"""What the account is now is what the newest of these says."""
HELD_UP_MS = 4_000
"""Milliseconds from sending to arrival (LINE takes about one second) beyond which more is expected to come."""


@dataclass(frozen=True)
class Turns:
    clock: Clock
    facts: FactsLoader
    texts: Texts

    def take(self, session: Session, event: InboxEvent) -> OutboxRequest | None:
        """Answer `event` and mark it handled. Returns the reply to send after the commit, if there is one."""
        keep_loaded(session)
        chat = session.get_one(Conversation, event.conversation_id)
        account = session.get(LineAccount, chat.account_id) if chat.account_id else None
        late = event.timestamp < chat.last_timestamp
        unsend.heed(session, event, self.facts.forms, self.clock)
        if account is None:
            reply = GroupTurns(self.clock, self.facts).take(session, chat, event)
            self._handled(chat, event)
            return reply
        said = replace(
            incoming(event.payload, late=late, group=False), more=more_waits(session, event) or self._held_up(event)
        )
        turn = Turn(State.from_json(chat.state))
        if said.kind is not Kind.SILENT and not (late and said.kind in _COMING_AND_GOING):
            account.following = account.following or said.kind is not Kind.UNFOLLOW
            turn = self._step(session, account, turn.state, said)
        chat.state = turn.state.to_json()
        self._handled(chat, event)
        if not (turn.bubbles and event.payload.get("replyToken")):
            return None
        bubbles = self._with_notices(session, account, turn.bubbles)
        return self._reply(session, account, event, bubbles, quotes.about(turn))

    def _held_up(self, event: InboxEvent) -> bool:
        """Whether it came in long after it was sent: then it hardly comes alone."""
        received = self.clock.now() - (self.clock.real() - event.received_at)
        return received.timestamp() * 1000 - event.timestamp > HELD_UP_MS

    def after_quiet(self, session: Session, event: InboxEvent) -> OutboxRequest | None:
        """What a burst that `event` belongs to has waited to hear; None when nothing is left to say."""
        chat = session.get_one(Conversation, event.conversation_id)
        account = session.get_one(LineAccount, chat.account_id)
        turn = self._step(session, account, State.from_json(chat.state), Incoming(Kind.QUIET))
        chat.state = turn.state.to_json()
        # a photo that could not be kept is told of now: its sender is still there
        bubbles = self._with_notices(session, account, turn.bubbles)
        return self._reply(session, account, event, bubbles, quotes.about(turn)) if bubbles else None

    def _handled(self, chat: Conversation, event: InboxEvent) -> None:
        chat.last_timestamp = max(chat.last_timestamp, event.timestamp)
        event.handled_at = self.clock.real()

    def _step(self, session: Session, account: LineAccount, state: State, said: Incoming) -> Turn:
        facts = self.facts.load(session, account, self.clock.now())
        turn = step_with(facts, state, said, lambda missing: self.facts.find(session, account, facts, missing.query))
        applier = Applier(session, account, self.clock, self.facts)
        for effect in turn.effects:
            applier.apply(effect)
        amending.heed(session, account, facts.catalogue, self.clock.now())
        return turn

    def _with_notices(self, session: Session, account: LineAccount, bubbles: tuple[Bubble, ...]) -> tuple[Bubble, ...]:
        """What the person has not been told yet comes first; only in an answer that can be given."""
        return (*self._notices(session, account), *bubbles)

    def _notices(self, session: Session, account: LineAccount) -> list[Bubble]:
        """Shown once, at the next contact, for free."""
        waiting, now, locale = _waiting_notices(session, account), self.clock.now(), self.texts.locale(account)
        for notice in waiting:
            notice.shown_at = now
        of_certificates = [notice for notice in waiting if notice.key in certificates.KEYS]
        catalogue = self._catalogue(session, account)
        return [
            *(_said(notice, locale) for notice in waiting if notice.key not in certificates.KEYS),
            *certificates.told(session, self.facts.links, account, catalogue, of_certificates, now),
        ]

    def _reply(
        self,
        session: Session,
        account: LineAccount,
        event: InboxEvent,
        bubbles: tuple[Bubble, ...],
        about: Mapping[str, Any] = NOTHING,
    ) -> OutboxRequest:
        messages = render(bubbles, self._catalogue(session, account))
        row = OutboxRequest(
            channel_id=event.channel_id,
            conversation_id=event.conversation_id,
            inbox_event_id=event.id,
            kind="reply",
            messages=with_carried(session, event.conversation_id, messages),
            reply_token=event.payload["replyToken"],
            retry_key=str(uuid.uuid4()),
            state=OutboxState.PENDING.value,
            attempts=1,  # the one that whoever writes this row makes right after the commit
            next_try_at=self.clock.real(),
            created_at=event.received_at,
            line_message_ids=[],
            about=dict(about),
        )
        session.add(row)
        session.flush()
        return row

    def apologise(self, session: Session, event: InboxEvent) -> OutboxRequest | None:
        """Give an event up: mark it handled and say so, without touching anything that was stored."""
        chat = self.leave(session, event)
        account = session.get(LineAccount, chat.account_id) if chat.account_id else None
        if account is None or not event.payload.get("replyToken"):
            return None
        return self._reply(session, account, event, (self._sorry(event),))

    def leave(self, session: Session, event: InboxEvent) -> Conversation:
        """Mark an event handled that could not be answered.

        The second one in a row takes the chat back to its beginning, in case it stands where nothing can be
        answered; drafts are not the chat's and stay.
        """
        chat = session.get_one(Conversation, event.conversation_id)
        before = session.scalar(
            select(InboxEvent.attempts)
            .where(InboxEvent.conversation_id == chat.id, InboxEvent.handled_at.is_not(None))
            .order_by(InboxEvent.handled_at.desc(), InboxEvent.id.desc())
            .limit(1)
        )
        if before is not None and before >= event.attempts:
            chat.state = IDLE.to_json()
        event.handled_at = self.clock.real()
        return chat

    def _sorry(self, event: InboxEvent) -> Bubble:
        sent_at = dt.datetime.fromtimestamp(event.timestamp / 1000, dt.UTC)
        return Bubble((text("general.trouble", time=sent_at),))

    def _catalogue(self, session: Session, account: LineAccount) -> Catalogue:
        return self.texts.of(session, account)


def step_with(facts: Facts, state: State, said: Incoming, find: Callable[[Missing], Any]) -> Turn:
    """Step, answering what the step asks for until it needs nothing more."""
    for _ in range(MAX_QUERIES):
        try:
            return step(state, said, facts)
        except Missing as missing:
            facts = replace(facts, found={**facts.found, missing.query: find(missing)})
    raise RuntimeError("a step asked for too many facts")


def _said(notice: Notice, locale: str) -> Bubble:
    values = {name: rounds.read(value, locale) for name, value in notice.values.items()}
    return Bubble((text(notice.key, **values),))


def _waiting_notices(session: Session, account: LineAccount) -> list[Notice]:
    """What the person has not been told yet, oldest first."""
    if account.person_id is None:
        return []
    waiting = (
        select(Notice)
        .where(Notice.person_id == account.person_id, Notice.shown_at.is_(None))
        .order_by(Notice.id)
        .with_for_update()
    )
    return list(session.scalars(waiting))
