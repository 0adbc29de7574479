"""The group chats: who is in each, and whether the account is. A room (LINE's older kind) has an id with an R."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator import ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.store import Row, Store

LONGEST_NAME = 50
"""LINE's own field for a group's name takes no more."""


class UnknownGroupError(Exception):
    """There is no group with this id."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group chat. `last_seq` changes whenever something in it does."""

    group_id: str
    name: str
    bot: bool
    """The account is in it."""
    members: tuple[str, ...]
    """User ids of its people, in the order in which they came."""
    last_seq: int


class Groups:
    """The table of groups. Whatever changes it is called within a transaction of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Group]:
        return [self._group(row) for row in self._store.rows("SELECT * FROM groups ORDER BY position")]

    def get(self, group_id: str) -> Group:
        """Raises UnknownGroupError."""
        row = self._store.row("SELECT * FROM groups WHERE group_id = ?", (group_id,))
        if row is None:
            raise UnknownGroupError(group_id)
        return self._group(row)

    def exists(self, group_id: str) -> bool:
        return self._store.row("SELECT 1 FROM groups WHERE group_id = ?", (group_id,)) is not None

    def with_bot(self, chat_ids: Sequence[str]) -> list[str]:
        """Those of `chat_ids` that are groups which the account is in, each once."""
        return [each for each in dict.fromkeys(chat_ids) if self.exists(each) and self.get(each).bot]

    def size(self, group_id: str) -> int:
        """How many people are in it, the account not counted."""
        return len(self.get(group_id).members)

    def add(self, name: str, members: Sequence[str], *, room: bool = False) -> Group:
        """A new group, the account not in it. Raises ValueError for a wrong name."""
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            raise ValueError(f"name must have 1 to {LONGEST_NAME} letters")
        group_id = ids.group_id(room=room)
        self._store.run("INSERT INTO groups (group_id, name) VALUES (?, ?)", (group_id, name.strip()))
        for user_id in members:
            self.add_member(group_id, user_id)
        return self.get(group_id)

    def add_member(self, group_id: str, user_id: str) -> bool:
        """False when they are in it already."""
        sql = "INSERT INTO group_members (group_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
        return self._store.run(sql, (group_id, user_id)) == 1

    def remove_member(self, group_id: str, user_id: str) -> bool:
        """False when they are not in it."""
        sql = "DELETE FROM group_members WHERE group_id = ? AND user_id = ?"
        return self._store.run(sql, (group_id, user_id)) == 1

    def set_bot(self, group_id: str, *, inside: bool) -> bool:
        """Let the account in or out; False when it is there already."""
        sql = "UPDATE groups SET bot = ? WHERE group_id = ? AND bot != ?"
        return self._store.run(sql, (inside, group_id, inside)) == 1

    def tick(self, group_id: str, timestamp: int) -> int:
        """The time stamp of the group's next event: `timestamp` (ms), but later than all of its events before."""
        sql = "UPDATE groups SET last_timestamp = max(?, last_timestamp + 1) WHERE group_id = ?"
        self._store.run(sql, (timestamp, group_id))
        row = self._store.row("SELECT last_timestamp FROM groups WHERE group_id = ?", (group_id,))
        return timestamp if row is None else int(row["last_timestamp"])

    def _group(self, row: Row) -> Group:
        sql = "SELECT user_id FROM group_members WHERE group_id = ? ORDER BY position"
        members = tuple(each["user_id"] for each in self._store.rows(sql, (row["group_id"],)))
        return Group(row["group_id"], row["name"], bool(row["bot"]), members, row["last_seq"])
