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
from models.base import Sessions
from models.chat import Conversation, InboxEvent, Notice, OutboxRequest, OutboxState
from models.people import STAFF_ROLES, LineAccount, Membership
from services.chat import quotes, unsend
from services.chat.carried import with_carried
from services.chat.effects import Applier
from services.chat.facts import FactsLoader
from services.chat.quotes import NOTHING
from services.evidence.house_photos import more_waits
from services.groups.turns import GroupTurns
from services.ledger import rounds
from services.ports import Clock, LineGateway
from services.quota.reading import QuotaReader
from services.rich_menus.promises import promise_link
from services.texts import Texts

MAX_QUERIES = 12
"""A step that asks for more facts than this is asking in circles."""
_COMING_AND_GOING = {Kind.FOLLOW, Kind.UNFOLLOW}
"""What the account is now is what the newest of these says."""
PROFILE_FRESH = dt.timedelta(minutes=1)
"""How long LINE's word on a person's language is believed."""
QUOTA_FRESH = dt.timedelta(minutes=5)
"""How old the quota's figures may be in a chat: what we have sent since is counted on top of them."""


@dataclass(frozen=True)
class Turns:
    sessions: Sessions
    clock: Clock
    line: LineGateway
    facts: FactsLoader
    texts: Texts
    profile_fresh: dt.timedelta = PROFILE_FRESH
    quota: QuotaReader | None = None

    def take(self, session: Session, event: InboxEvent) -> OutboxRequest | None:
        """Answer `event` and mark it handled. Returns the reply to send after the commit, if there is one."""
        chat = session.get_one(Conversation, event.conversation_id)
        account = session.get(LineAccount, chat.account_id) if chat.account_id else None
        late = event.timestamp < chat.last_timestamp
        unsend.heed(session, event, self.facts.forms, self.clock)
        if account is None:
            reply = GroupTurns(self.clock, self.facts).take(session, chat, event)
            self._handled(chat, event)
            return reply
        said = replace(incoming(event.payload, late=late, group=False), more=more_waits(session, event))
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

    def after_quiet(self, session: Session, event: InboxEvent) -> OutboxRequest | None:
        """What a burst that `event` belongs to has waited to hear; None when nothing is left to say."""
        chat = session.get_one(Conversation, event.conversation_id)
        account = session.get_one(LineAccount, chat.account_id)
        turn = self._step(session, account, State.from_json(chat.state), Incoming(Kind.QUIET))
        chat.state = turn.state.to_json()
        # a photo that could not be kept is told of now: its sender is still there
        bubbles = self._with_notices(session, account, turn.bubbles)
        return self._reply(session, account, event, bubbles) if bubbles else None

    def _handled(self, chat: Conversation, event: InboxEvent) -> None:
        chat.last_timestamp = max(chat.last_timestamp, event.timestamp)
        event.handled_at = self.clock.real()

    def _step(self, session: Session, account: LineAccount, state: State, said: Incoming) -> Turn:
        facts = self.facts.load(session, account, self.clock.now())
        turn = step_with(facts, state, said, lambda missing: self.facts.find(session, account, facts, missing.query))
        applier = Applier(session, account, self.clock, self.facts)
        for effect in turn.effects:
            applier.apply(effect)
        return turn

    def _with_notices(self, session: Session, account: LineAccount, bubbles: tuple[Bubble, ...]) -> tuple[Bubble, ...]:
        """What the person has not been told yet comes first; only in an answer that can be given."""
        locale = self.texts.locale(account)
        return (*_notices(session, account, self.clock.now(), locale), *bubbles)

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

    def refresh_language(self, conversation_id: int) -> None:
        """Ask LINE for name and language at the start of a burst, at most once a minute. Best effort."""
        now = self.clock.real()
        with self.sessions() as session:
            account = session.scalar(
                select(LineAccount)
                .join(Conversation, Conversation.account_id == LineAccount.id)
                .where(Conversation.id == conversation_id)
            )
        if account is None or (account.profile_at and now - account.profile_at < self.profile_fresh):
            return
        profile = self.line.profile(account.line_user_id)
        with self.sessions() as session, session.begin():
            stored = session.get_one(LineAccount, account.id)
            stored.profile_at = now
            if profile is not None:
                spoken = self.texts.locale(stored)
                stored.display_name, stored.language = profile.display_name, profile.language
                if self.texts.locale(stored) != spoken:
                    promise_link(session, stored, now)

    def refresh_quota(self, conversation_id: int) -> None:
        """Ask LINE for the month's figures before staff are told of cost; nobody else needs them. Best effort."""
        if self.quota is None:
            return
        with self.sessions() as session:
            channel_id = session.scalar(
                select(Conversation.channel_id)
                .join(LineAccount, LineAccount.id == Conversation.account_id)
                .join(Membership, Membership.person_id == LineAccount.person_id)
                .where(
                    Conversation.id == conversation_id,
                    Membership.role.in_([role.value for role in STAFF_ROLES]),
                    Membership.ended_at.is_(None),
                )
                .limit(1)
            )
        if channel_id is not None:
            self.quota.refresh(channel_id, older_than=QUOTA_FRESH)


def step_with(facts: Facts, state: State, said: Incoming, find: Callable[[Missing], Any]) -> Turn:
    """Step, answering what the step asks for until it needs nothing more."""
    for _ in range(MAX_QUERIES):
        try:
            return step(state, said, facts)
        except Missing as missing:
            facts = replace(facts, found={**facts.found, missing.query: find(missing)})
    raise RuntimeError("a step asked for too many facts")


def _values(notice: Notice, locale: str) -> dict[str, Any]:
    return {name: rounds.read(value, locale) for name, value in notice.values.items()}


def _notices(session: Session, account: LineAccount, now: dt.datetime, locale: str) -> list[Bubble]:
    """What the person has not been told yet; shown once, at the next contact, for free."""
    if account.person_id is None:
        return []
    waiting = session.scalars(
        select(Notice)
        .where(Notice.person_id == account.person_id, Notice.shown_at.is_(None))
        .order_by(Notice.id)
        .with_for_update()
    )
    bubbles = []
    for notice in waiting:
        notice.shown_at = now
        bubbles.append(Bubble((text(notice.key, **_values(notice, locale)),)))
    return bubbles
