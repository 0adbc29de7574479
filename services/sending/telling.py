"""Telling people at once what somebody else has done: pushed, or on their next reply when the month's quota is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Bubble
from bot.messages.catalogue import Catalogue
from bot.messages.render import render
from models.chat import Conversation
from models.people import LineAccount
from services import owed
from services.ports import Clock
from services.sending.outbox import queue_push
from services.texts import Texts

Told = Callable[[LineAccount, Catalogue], tuple[Bubble, ...]]
"""What to say to one account, in its language's catalogue."""


def accounts_of(session: Session, people: Iterable[int]) -> list[LineAccount]:
    """The accounts of the people that can be written to."""
    found = select(LineAccount).where(LineAccount.person_id.in_(list(people)), LineAccount.following)
    return list(session.scalars(found.order_by(LineAccount.id)))


def tell(session: Session, accounts: Iterable[LineAccount], clock: Clock, texts: Texts, told: Told) -> None:
    """Push to each account, in the order of its chat: what cannot be pushed rides on the next reply there."""
    for account in accounts:
        catalogue = texts.of(session, account)
        messages = render(told(account, catalogue), catalogue)
        chat = session.scalar(select(Conversation.id).where(Conversation.account_id == account.id))
        queue_push(session, account.channel_id, [account.id], messages, clock.real(), conversation_id=chat)
        if chat is not None:
            owed.promise(session, "drain", chat)
