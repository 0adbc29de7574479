"""The client's side of the groups: what tests and scripts do in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.groups import Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.client_answers import Sent

BOT_NAME = "@ติดตาม"
"""As whom people see the account in the list of members that @ opens."""


@dataclass(frozen=True, slots=True)
class GroupClient:
    """Every method raises SimulatorError when refused. With `wait` a call ends when the webhook has answered."""

    call: Callable[..., dict[str, Any]]
    """(method, path, body) -> the answer."""
    sent: Callable[[dict[str, Any]], Sent]

    def all(self) -> list[Group]:
        return [_group(each) for each in self.call("GET", "/sim/groups")["groups"]]

    def get(self, group_id: str) -> Group:
        """Raises KeyError when there is no such group."""
        return {group.group_id: group for group in self.all()}[group_id]

    def create(self, name: str, members: Sequence[str], *, room: bool = False) -> Group:
        """A group of these user ids; the account is not in it until it is invited."""
        return _group(self.call("POST", "/sim/groups", {"name": name, "members": list(members), "room": room}))

    def invite_bot(self, group_id: str, *, wait: bool = False) -> Sent:
        return self._act("POST", f"{group_id}/bot", wait=wait)

    def remove_bot(self, group_id: str, *, wait: bool = False) -> Sent:
        return self._act("DELETE", f"{group_id}/bot", wait=wait)

    def add_member(self, group_id: str, user_id: str, *, wait: bool = False) -> Sent:
        return self._act("POST", f"{group_id}/members/{user_id}", wait=wait)

    def remove_member(self, group_id: str, user_id: str, *, wait: bool = False) -> Sent:
        return self._act("DELETE", f"{group_id}/members/{user_id}", wait=wait)

    def say(self, group_id: str, user_id: str, text: str, *, wait: bool = False) -> Sent:
        """Type a text that mentions nobody, whatever it looks like."""
        return self._act("POST", f"{group_id}/text", {"user_id": user_id, "text": text}, wait=wait)

    def mention(self, group_id: str, user_id: str, text: str, *, wait: bool = False) -> Sent:
        """Mention the account, then say `text`."""
        mentions = [{"of": "bot", "as": BOT_NAME}]
        body = {"user_id": user_id, "text": f"{BOT_NAME} {text}", "mentions": mentions}
        return self._act("POST", f"{group_id}/text", body, wait=wait)

    def send_event(self, group_id: str, user_id: str, message: dict[str, Any], *, wait: bool = False) -> Sent:
        """Any message object, without id and quoteToken."""
        return self._act("POST", f"{group_id}/event", {"user_id": user_id, "message": message}, wait=wait)

    def unsend(self, group_id: str, user_id: str, message_id: str, *, wait: bool = False) -> Sent:
        return self._act("POST", f"{group_id}/unsend", {"user_id": user_id, "message_id": message_id}, wait=wait)

    def _act(self, method: str, path: str, body: dict[str, Any] | None = None, *, wait: bool) -> Sent:
        return self.sent(self.call(method, f"/sim/groups/{path}" + ("?wait=1" if wait else ""), body))


def _group(row: dict[str, Any]) -> Group:
    return Group(**{**row, "members": tuple(row["members"])})
