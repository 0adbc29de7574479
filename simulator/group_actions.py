"""What people do in a group chat, turned into bubbles and, where the account is in it, webhook events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator import events, ids
from simulator.chat import Bubble
from simulator.clock import BANGKOK
from simulator.phone_actions import ActionError, check_message, post

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.delivery import Job
    from simulator.groups import Group, Groups
    from simulator.phone_actions import Parts


@dataclass(frozen=True, slots=True)
class GroupDone:
    """One thing done in a group. `job` is None where the account was not told: it was not in the group."""

    seq: int
    job: Job | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens in which group."""

    group: Group
    timestamp: int
    """ms"""

    @property
    def at(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.timestamp / 1000, BANGKOK)


class GroupActions:
    """Every method raises UnknownGroupError, UnknownPhoneError, ActionError for what LINE's app would not allow, and
    ValueError for wrong input."""

    def __init__(self, parts: Parts, groups: Groups) -> None:
        self._p = parts
        self._groups = groups

    def create(self, name: str, members: Sequence[str], *, room: bool = False) -> Group:
        with self._p.store.tx():
            for user_id in members:
                self._p.phones.get(user_id)
            return self._groups.add(name, members, room=room)

    def invite_bot(self, group_id: str) -> GroupDone:
        """Somebody invites the account, and it is in at once."""
        with self._p.store.tx():
            now = self._now(group_id)
            if not self._groups.set_bot(group_id, inside=True):
                raise ActionError("the account is in this group already")
            self._note(now, "join")
            return self._event(now, "join")

    def remove_bot(self, group_id: str) -> GroupDone:
        """Somebody removes the account, or (from the API) it leaves: LINE tells both in the same way."""
        with self._p.store.tx():
            now = self._now(group_id)
            if not now.group.bot:
                raise ActionError("the account is not in this group")
            self._note(now, "leave")
            done = self._event(now, "leave", answerable=False)
            self._groups.set_bot(group_id, inside=False)
            return done

    def add_member(self, group_id: str, user_id: str) -> GroupDone:
        with self._p.store.tx():
            self._p.phones.get(user_id)
            now = self._now(group_id)
            if not self._groups.add_member(group_id, user_id):
                raise ActionError("they are in this group already")
            self._note(now, "memberJoined", user_id)
            return self._event(now, "memberJoined", {"joined": {"members": [{"type": "user", "userId": user_id}]}})

    def remove_member(self, group_id: str, user_id: str) -> GroupDone:
        with self._p.store.tx():
            now = self._now(group_id)
            if not self._groups.remove_member(group_id, user_id):
                raise ActionError("they are not in this group")
            self._note(now, "memberLeft", user_id)
            left = {"left": {"members": [{"type": "user", "userId": user_id}]}}
            return self._event(now, "memberLeft", left, answerable=False)

    def text(self, group_id: str, user_id: str, text: str, mentions: list[tuple[str, str]]) -> GroupDone:
        """Type a text. `mentions`: (whom, as) pairs, see events.mentions; words that merely look so mention nobody."""
        message: dict[str, Any] = {"type": "text", "text": text}
        if mentions:
            message["mention"] = events.mentions(text, mentions, self._p.outbound.destination)
        return self.message(group_id, user_id, message)

    def message(self, group_id: str, user_id: str, message: dict[str, Any], quoted: str | None = None) -> GroupDone:
        """Send any message object without id and quoteToken. Whether they follow the account does not matter here."""
        check_message(message)
        with self._p.store.tx():
            now = self._now(group_id)
            self._must_be_in(now.group, user_id)
            if quoted is not None and self._p.chat.find(quoted) is None:
                raise ActionError("there is no such message to quote")
            quotable = message["type"] in events.QUOTABLE
            bubble = Bubble("user", message, quotable=quotable, quoted_message_id=quoted, sender=user_id)
            shown = self._p.chat.add(group_id, bubble, now.at)
            content: dict[str, Any] = {**message, "id": shown.message_id}
            content["markAsReadToken"] = self._p.read_marks.token(shown.message_id)
            content |= {} if shown.quote_token is None else {"quoteToken": shown.quote_token}
            content |= {} if quoted is None else {"quotedMessageId": quoted}
            done = self._event(now, "message", {"message": content}, user_id)
            return GroupDone(done.seq, done.job, shown.message_id)

    def unsend(self, group_id: str, user_id: str, message_id: str) -> GroupDone:
        with self._p.store.tx():
            now = self._now(group_id)
            found = self._p.chat.find(message_id)
            own = found is not None and (found["user_id"], found["sender"]) == (group_id, user_id)
            if not own or not self._p.chat.unsend(group_id, message_id):
                raise ActionError("there is no such message to take back")
            taken_back = {"unsend": {"messageId": message_id}}
            return self._event(now, "unsend", taken_back, user_id, answerable=False)

    def _now(self, group_id: str) -> Moment:
        group = self._groups.get(group_id)
        return Moment(group, self._groups.tick(group_id, int(self._p.clock.refresh().timestamp() * 1000)))

    def _must_be_in(self, group: Group, user_id: str) -> None:
        self._p.phones.get(user_id)
        if user_id not in group.members:
            raise ActionError("they are not in this group")

    def _note(self, now: Moment, kind: str, user_id: str | None = None) -> None:
        """The grey line that LINE shows when somebody comes or goes."""
        bubble = Bubble("system", {"type": kind}, quotable=False, sender=user_id)
        self._p.chat.add(now.group.group_id, bubble, now.at)

    def _event(
        self,
        now: Moment,
        kind: str,
        extra: dict[str, Any] | None = None,
        user_id: str | None = None,
        *,
        answerable: bool = True,
    ) -> GroupDone:
        """Tell the bot, if it is in the group (again, as the group stands now)."""
        group_id = now.group.group_id
        if not self._groups.get(group_id).bot:
            return GroupDone(self._p.store.next_seq())
        token = self._p.tokens.issue(group_id) if answerable else None
        event = {**events.envelope(kind, ids.ulid(), "", now.timestamp, token), **(extra or {})}
        done = post(self._p, group_id, events.in_group(event, group_id, user_id))
        return GroupDone(done.seq, done.job)
