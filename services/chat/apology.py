"""When LINE refuses the words of an answer, the person hears so instead of nothing.

The turn itself stands: what was sent to us is stored. The apology goes out under the same reply token, for a refused
request has not used it up; when it has, it is pushed or carried like any other answer. It is made once.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.messages.bubbles import Bubble, text
from bot.messages.render import render
from models.chat import Conversation, OutboxRequest, OutboxState
from models.people import LineAccount
from services.ports import Clock, SendResult
from services.sending.outbox import queue_push
from services.sending.results import is_wrong
from services.texts import Texts

log = logging.getLogger(__name__)

APOLOGY = "apology"
"""The purpose of the row that says sorry; if that is refused too, there is nothing left to say."""


@dataclass(frozen=True)
class Apology:
    texts: Texts
    clock: Clock

    def instead_of(self, session: Session, row: OutboxRequest, result: SendResult) -> OutboxRequest | None:
        """The row to send now in place of `row`, which LINE has refused for good; None when none is called for."""
        if not is_wrong(result) or row.conversation_id is None or row.purpose == APOLOGY:
            return None
        chat = session.get_one(Conversation, row.conversation_id)
        account = session.get(LineAccount, chat.account_id) if chat.account_id else None
        if account is None:
            return None
        messages = render([Bubble((text("general.not_shown"),))], self.texts.of(session, account))
        if row.kind == "reply":
            said = self._reply(session, row, messages)
        else:
            now = self.clock.real()
            said = queue_push(session, row.channel_id, [account.id], messages, now, conversation_id=chat.id)
        said.purpose = APOLOGY
        session.flush()
        log.error("outbox %s: LINE refused its words; row %s says sorry", row.id, said.id)
        return said

    def _reply(self, session: Session, refused: OutboxRequest, messages: list[dict[str, object]]) -> OutboxRequest:
        row = OutboxRequest(
            channel_id=refused.channel_id,
            conversation_id=refused.conversation_id,
            kind="reply",
            messages=messages,
            reply_token=refused.reply_token,
            retry_key=str(uuid.uuid4()),
            state=OutboxState.PENDING.value,
            attempts=1,  # the one that follows the commit
            next_try_at=self.clock.real(),
            created_at=refused.created_at,
            line_message_ids=[],
        )
        session.add(row)
        return row
