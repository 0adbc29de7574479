"""The sending calls after their bodies were found right: tokens, retry keys, quota, bubbles on phones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from simulator import ids
from simulator.chat import Bubble, Via
from simulator.line_errors import ALREADY_ACCEPTED, FAILED_TO_SEND, INVALID_REPLY_TOKEN, MONTHLY_LIMIT, LineError
from simulator.tokens import Accepted, normal_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.chat import Chat
    from simulator.faults import Faults
    from simulator.groups import Groups
    from simulator.ledger import Ledger
    from simulator.phones import Phones
    from simulator.statistics import Statistics
    from simulator.store import Store
    from simulator.tokens import ReplyTokens, RetryKeys


@dataclass(frozen=True, slots=True)
class Sending:
    """The sending calls. Each raises LineError where LINE refuses; a refused call changes nothing."""

    store: Store
    phones: Phones
    groups: Groups
    chat: Chat
    tokens: ReplyTokens
    retry_keys: RetryKeys
    ledger: Ledger
    statistics: Statistics
    faults: Faults

    def reply(self, request_id: str, body: dict[str, Any], retry_key: str | None) -> Accepted:
        """Free of charge; the token is used up even when the person has blocked the account meanwhile."""
        if retry_key is not None:
            raise LineError(400, "The X-Line-Retry-Key header can't be used with this endpoint")
        with self.store.tx():
            user_id = self.tokens.use(body["replyToken"])
            if user_id is None:
                raise LineError(400, INVALID_REPLY_TOKEN)
            reached = self._reached([user_id])
            sent = self._show(reached, user_id, body["messages"], "reply")
            self.ledger.count("replies")
            self.statistics.count("reply", self._people(reached))
        return Accepted(request_id, {"sentMessages": sent})

    def push(self, request_id: str, body: dict[str, Any], retry_key: str | None) -> Accepted:
        with self.store.tx():
            key = self._not_accepted_before(retry_key)
            if not self.phones.exists(body["to"]) and not self.groups.with_bot([body["to"]]):
                raise LineError(400, FAILED_TO_SEND)
            reached = self._affordable("push", [body["to"]])
            sent = self._show(reached, body["to"], body["messages"], "push")
            return self._accept("push", Accepted(request_id, {"sentMessages": sent}), key, reached)

    def multicast(self, request_id: str, body: dict[str, Any], retry_key: str | None) -> Accepted:
        return self._to_many("multicast", body["to"], request_id, body, retry_key)

    def broadcast(self, request_id: str, body: dict[str, Any], retry_key: str | None) -> Accepted:
        """To everyone who follows the account at this moment."""
        return self._to_many("broadcast", None, request_id, body, retry_key)

    def _to_many(
        self,
        kind: Literal["multicast", "broadcast"],
        to: list[str] | None,
        request_id: str,
        body: dict[str, Any],
        retry_key: str | None,
    ) -> Accepted:
        with self.store.tx():
            key = self._not_accepted_before(retry_key)
            reached = self._affordable(kind, self.phones.all_followers() if to is None else to)
            for user_id in reached:
                self._show([user_id], user_id, body["messages"], kind)
            return self._accept(kind, Accepted(request_id, {}), key, reached)

    def _not_accepted_before(self, retry_key: str | None) -> str | None:
        if retry_key is None:
            return None
        key = normal_key(retry_key)
        if key is None:
            raise LineError(400, "The X-Line-Retry-Key header must be a UUID")
        before = self.retry_keys.find(key)
        if before is not None:
            headers = {"x-line-accepted-request-id": before.request_id}
            raise LineError(409, ALREADY_ACCEPTED, extra=before.answer, headers=headers)
        return key

    def _affordable(self, kind: str, user_ids: list[str]) -> list[str]:
        """Who of them is reached, where the quota has room for all of them: LINE reserves before it looks."""
        gone = self.faults.take("quota_gone", f"/v2/bot/message/{kind}")
        if gone or not self.ledger.allows(max(self._people(set(user_ids)), 1)):
            raise LineError(429, MONTHLY_LIMIT)
        return self._reached(user_ids)

    def _reached(self, chat_ids: list[str]) -> list[str]:
        """Those of the people who follow the account, and those of the groups that it is in."""
        return self.phones.followers(chat_ids) + self.groups.with_bot(chat_ids)

    def _people(self, chat_ids: Collection[str]) -> int:
        """Who is reached, as LINE counts and bills it: each member of a group is one."""
        return sum(self.groups.size(chat_id) if self.groups.exists(chat_id) else 1 for chat_id in chat_ids)

    def _accept(self, kind: str, accepted: Accepted, key: str | None, reached: list[str]) -> Accepted:
        self.ledger.count("pushes")
        self.ledger.bill(self._people(reached))
        self.statistics.count(kind, self._people(reached))
        if key is not None:
            self.retry_keys.keep(key, accepted)
        return accepted

    def _show(self, reached: list[str], user_id: str, messages: list[dict[str, Any]], via: Via) -> list[dict[str, str]]:
        """Put the bubbles on the phone if it is reached; either way LINE answers with ids."""
        sent = []
        for index, message in enumerate(messages):
            bubble = self._bubble(user_id, message, via, last=index == len(messages) - 1)
            if user_id in reached:
                shown = self.chat.add(user_id, bubble)
                sent.append({"id": shown.message_id, "quoteToken": shown.quote_token or ""})
            else:
                sent.append({"id": ids.message_id(self.store.next_seq()), "quoteToken": ids.token()})
        return sent

    def _bubble(self, user_id: str, message: dict[str, Any], via: Via, *, last: bool) -> Bubble:
        shown = {key: value for key, value in message.items() if key not in ("quickReply", "quoteToken")}
        quoted = self.chat.quoted(message["quoteToken"], user_id) if "quoteToken" in message else None
        if "quoteToken" in message and quoted is None:
            raise LineError(400, "Invalid quote token")
        return Bubble("bot", shown, via, message.get("quickReply") if last else None, quoted_message_id=quoted)
