"""What LINE is asked before a burst is answered: a person's name and language, and the month's figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot.reading.national_id import mask
from models.base import Sessions
from models.chat import Conversation
from models.people import STAFF_ROLES, LineAccount, Membership
from services.ports import Clock, LineGateway
from services.quota.reading import QuotaReader
from services.rich_menus.promises import promise_link
from services.texts import Texts

PROFILE_FRESH = dt.timedelta(minutes=1)
"""How long LINE's word on a person's language is believed."""
QUOTA_FRESH = dt.timedelta(minutes=5)
"""How old the quota's figures may be in a chat: what we have sent since is counted on top of them."""


@dataclass(frozen=True)
class Refreshing:
    """Asks LINE, best effort: a chat is answered without."""

    sessions: Sessions
    clock: Clock
    line: LineGateway
    texts: Texts
    profile_fresh: dt.timedelta = PROFILE_FRESH
    quota: QuotaReader | None = None

    def refresh_profile(self, conversation_id: int) -> None:
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
                stored.display_name, stored.language = mask(profile.display_name), profile.language
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
