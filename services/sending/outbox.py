"""The outbox: what is to be sent, each row one request to LINE, written with its retry key before the first try."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.chat import Conversation, Delivery, OutboxRequest, OutboxState
from services import owed

MULTICAST_MOST = 500
"""Recipients of one multicast (LINE: send multicast message)."""
Messages = list[dict[str, Any]]


class GroupPushError(ValueError):
    """Somebody wants to push into a group: LINE bills that for each member, so a group gets free replies only."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is to get a word, as long as `obligation_id` is still owed (None: in any case)."""

    account_id: int
    obligation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """The same messages, rendered, for these recipients."""

    recipients: Sequence[Recipient]
    messages: Messages


def queue_push(
    session: Session,
    channel_id: int,
    account_ids: list[int],
    messages: Messages,
    now: dt.datetime,
    *,
    obligation_id: int | None = None,
    conversation_id: int | None = None,
) -> OutboxRequest:
    """Write a push (one recipient) or multicast (several, 500 at most) with its retry key; `now` is mechanical.

    With `conversation_id` it is an answer: sent in the chat's order, and carried to the next reply if it has to be.
    Raises GroupPushError for a group's chat.
    """
    if conversation_id is not None and session.get_one(Conversation, conversation_id).account_id is None:
        raise GroupPushError(conversation_id)
    recipients = [Recipient(account_id, obligation_id) for account_id in account_ids]
    row = _request(channel_id, Word(recipients, messages), now)
    row.conversation_id, row.obligation_id = conversation_id, obligation_id
    _write(session, [(row, recipients)])
    if conversation_id is None:
        owed.promise(session, "send_outbox", row.id)
    return row


def queue_words(
    session: Session,
    channel_id: int,
    recipients: Sequence[Recipient],
    messages: Messages,
    now: dt.datetime,
    *,
    purpose: str,
    broadcast_id: int | None = None,
) -> list[OutboxRequest]:
    """Write one text for many: a push for one, multicasts of at most 500 for more. `now` is mechanical.

    Who is settled, or has blocked the account, at the moment of the first try is left out of it then, and their
    `delivery` says so. An account that stands here for several obligations hears it for each that is still owed.
    """
    return queue_many(
        session, channel_id, [Word(recipients, messages)], now, purpose=purpose, broadcast_id=broadcast_id
    )


def queue_many(
    session: Session,
    channel_id: int,
    words: Iterable[Word],
    now: dt.datetime,
    *,
    purpose: str,
    broadcast_id: int | None = None,
) -> list[OutboxRequest]:
    """Write many texts at once, such as a reminder of each district's own, in few statements. `now` is mechanical."""
    written: list[tuple[OutboxRequest, list[Recipient]]] = []
    for word in words:
        for group in _groups(word.recipients):
            row = _request(channel_id, Word(group, word.messages), now)
            row.purpose, row.broadcast_id = purpose, broadcast_id
            written.append((row, group))
    _write(session, written)
    if written:
        owed.promise(session, "dispatch", channel_id)
    return [row for row, _group in written]


def _groups(recipients: Sequence[Recipient]) -> Iterator[list[Recipient]]:
    """In order, at most 500 together, and nobody twice in one."""
    times: dict[int, int] = {}
    layers: list[list[Recipient]] = []
    for recipient in dict.fromkeys(recipients):
        layer = times.get(recipient.account_id, 0)
        times[recipient.account_id] = layer + 1
        if layer == len(layers):
            layers.append([])
        layers[layer].append(recipient)
    for each in layers:
        yield from (each[start : start + MULTICAST_MOST] for start in range(0, len(each), MULTICAST_MOST))


def _request(channel_id: int, word: Word, now: dt.datetime) -> OutboxRequest:
    return OutboxRequest(
        channel_id=channel_id,
        kind="push" if len(word.recipients) == 1 else "multicast",
        messages=word.messages,
        retry_key=str(uuid.uuid4()),
        state=OutboxState.PENDING.value,
        attempts=0,
        next_try_at=now,
        created_at=now,
        line_message_ids=[],
    )


def _write(session: Session, written: Sequence[tuple[OutboxRequest, Sequence[Recipient]]]) -> None:
    session.add_all([row for row, _recipients in written])
    session.flush()
    session.add_all(
        Delivery(outbox_id=row.id, account_id=each.account_id, obligation_id=each.obligation_id)
        for row, recipients in written
        for each in recipients
    )
    session.flush()
