"""The phones: people who may follow the account, and what their LINE is like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from simulator import ids

if TYPE_CHECKING:
    from simulator.store import Row, Store

LANGUAGES = ("th", "en")
ROLES = ("officer", "leader", "staff", "other")
USER_ID = re.compile(r"U[0-9a-f]{32}")


class UnknownPhoneError(Exception):
    """There is no phone with this user id."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One person's LINE. `last_seq` changes whenever something in the chat does."""

    user_id: str
    name: str
    language: str
    role: str
    pc: bool
    following: bool
    shown: bool
    last_seq: int
    rich_menu: str = ""
    """Id of the rich menu under its chat: its own, else everybody's; empty for none."""


_PHONES = """SELECT phones.*, coalesce(
    (SELECT rich_menu_id FROM rich_menu_links AS own WHERE own.user_id = phones.user_id),
    (SELECT value FROM meta WHERE name = 'default_rich_menu'), '') AS rich_menu FROM phones"""


def _phone(row: Row) -> Phone:
    return Phone(
        user_id=row["user_id"],
        name=row["name"],
        language=row["language"],
        role=row["role"],
        pc=bool(row["pc"]),
        following=bool(row["following"]),
        shown=bool(row["shown"]),
        last_seq=row["last_seq"],
        rich_menu=row["rich_menu"],
    )


class Phones:
    """The table of phones."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Phone]:
        return [_phone(row) for row in self._store.rows(f"{_PHONES} ORDER BY position")]

    def get(self, user_id: str) -> Phone:
        """Raises UnknownPhoneError."""
        row = self._store.row(f"{_PHONES} WHERE user_id = ?", (user_id,))
        if row is None:
            raise UnknownPhoneError(user_id)
        return _phone(row)

    def exists(self, user_id: str) -> bool:
        return self._store.row("SELECT 1 FROM phones WHERE user_id = ?", (user_id,)) is not None

    def followers(self, user_ids: list[str]) -> list[str]:
        """Those of `user_ids` that exist and follow the account, in the order given, each once."""
        wanted = list(dict.fromkeys(user_ids))
        marks = ",".join("?" * len(wanted))
        sql = f"SELECT user_id FROM phones WHERE following = 1 AND user_id IN ({marks})"  # noqa: S608 - marks only
        found = {row["user_id"] for row in self._store.rows(sql, wanted)}
        return [user_id for user_id in wanted if user_id in found]

    def all_followers(self) -> list[str]:
        """Everyone who follows the account: what LINE calls its target reach."""
        sql = "SELECT user_id FROM phones WHERE following = 1 ORDER BY position"
        return [row["user_id"] for row in self._store.rows(sql)]

    def add(self, data: dict[str, Any]) -> Phone:
        """Add a phone unless its user id exists. Raises ValueError for a wrong language, role or user id."""
        user_id = str(data.get("user_id") or ids.user_id())
        language, role = str(data.get("language", "th")), str(data.get("role", "other"))
        name = str(data.get("name", "")).strip()
        if not USER_ID.fullmatch(user_id):
            raise ValueError(f"user_id must be U and 32 hexadecimal digits: {user_id}")
        _check(name, language)
        if role not in ROLES:
            raise ValueError(f"role must be one of {', '.join(ROLES)}")
        following, shown = bool(data.get("following", False)), bool(data.get("shown", True))
        self._store.run(
            "INSERT INTO phones (user_id, name, language, role, following, shown, followed_before)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (user_id, name, language, role, following, shown, following),
        )
        return self.get(user_id)

    def change(self, user_id: str, changes: dict[str, Any]) -> Phone:
        """Change name, language, pc or shown. Raises UnknownPhoneError or ValueError."""
        phone = self.get(user_id)
        unknown = set(changes) - {"name", "language", "pc", "shown"}
        if unknown:
            raise ValueError(f"cannot change {', '.join(sorted(unknown))}")
        name, language = str(changes.get("name", phone.name)).strip(), str(changes.get("language", phone.language))
        _check(name, language)
        pc, shown = bool(changes.get("pc", phone.pc)), bool(changes.get("shown", phone.shown))
        self._store.run(
            "UPDATE phones SET name = ?, language = ?, pc = ?, shown = ? WHERE user_id = ?",
            (name, language, pc, shown, user_id),
        )
        return self.get(user_id)

    def set_following(self, user_id: str, *, following: bool) -> bool:
        """Follow or block the account; returns whether this person had followed at any time before."""
        row = self._store.row("SELECT followed_before FROM phones WHERE user_id = ?", (user_id,))
        sql = "UPDATE phones SET following = ?, followed_before = 1 WHERE user_id = ?"
        self._store.run(sql, (following, user_id))
        return bool(row is not None and row["followed_before"])

    def tick(self, user_id: str, timestamp: int) -> int:
        """The time stamp of this phone's next event: `timestamp` (ms), but later than all of the phone's before."""
        sql = "UPDATE phones SET last_timestamp = max(?, last_timestamp + 1) WHERE user_id = ?"
        self._store.run(sql, (timestamp, user_id))
        row = self._store.row("SELECT last_timestamp FROM phones WHERE user_id = ?", (user_id,))
        return timestamp if row is None else int(row["last_timestamp"])


def _check(name: str, language: str) -> None:
    if not name:
        raise ValueError("name must not be empty")
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}")


def load(path: Path | None) -> list[dict[str, Any]]:
    """The phones of a YAML file {phones: [...]}; without a path those of phones.yaml next to this module."""
    source = path or Path(__file__).with_name("phones.yaml")
    data = yaml.safe_load(source.read_text("utf-8")) or {}
    return list(data.get("phones", []))
