"""A LINE group held in process: several phones write in it, the account is invited, called and removed."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from models.chat import Conversation, InboxEvent
from models.group import LineGroup
from tests.support.chat import BOT, Phone, Town

CALL = "@ติดตาม"
_numbers = itertools.count(1)


@dataclass
class Group:
    """`say` and `mention` answer with what everybody in the group reads; '' when the account keeps silent."""

    town: Town
    group_id: str = field(default_factory=lambda: f"C{next(_numbers):032x}")

    def invite(self) -> str:
        return self._of_the_group({"type": "join"})

    def remove(self) -> str:
        return self._of_the_group({"type": "leave"})

    def say(self, phone: Phone, words: str, **message: Any) -> str:
        """Write words without any mention."""
        return self.write(phone, {"type": "text", "text": words, "quoteToken": "q", **message})

    def mention(self, phone: Phone, words: str = "") -> str:
        """Pick the account from LINE's list of members, then write."""
        return self.say(phone, f"{CALL} {words}", mention={"mentionees": [mention_of_us()]})

    def write(self, phone: Phone, message: dict[str, Any]) -> str:
        return phone.send({"type": "message", "message": message}, source=self.source(phone))

    def unsend(self, phone: Phone, message_id: str) -> str:
        return phone.send({"type": "unsend", "unsend": {"messageId": message_id}}, source=self.source(phone))

    def source(self, phone: Phone | None = None) -> dict[str, str]:
        kind = "room" if self.group_id.startswith("R") else "group"
        return {"type": kind, f"{kind}Id": self.group_id, **({"userId": phone.user_id} if phone else {})}

    def row(self) -> LineGroup:
        with self.town.runtime.sessions() as session:
            chat = Conversation.id == LineGroup.conversation_id
            here = Conversation.group_key == self.group_id
            return session.scalars(select(LineGroup).join(Conversation, chat).where(here)).one()

    def kept(self) -> list[dict[str, Any]]:
        """The stored events, oldest first."""
        with self.town.runtime.sessions() as session:
            chat = Conversation.id == InboxEvent.conversation_id
            found = select(InboxEvent.payload).join(Conversation, chat).where(Conversation.group_key == self.group_id)
            return list(session.scalars(found.order_by(InboxEvent.id)))

    def _of_the_group(self, body: dict[str, Any]) -> str:
        phone = self.town.stranger()
        return phone.send(body, source=self.source(), **({"replyToken": None} if body["type"] == "leave" else {}))


def mention_of_us(**changes: Any) -> dict[str, Any]:
    return {"index": 0, "length": len(CALL), "type": "user", "userId": BOT, "isSelf": True, **changes}
