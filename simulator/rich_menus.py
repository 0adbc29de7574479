"""The rich menus that a bot has made: what they are, whose they are, which of them has another name.

A person's own menu goes before everybody's (the default). Deleting a menu takes it from whoever had it; LINE does the
same, only that its app notices when the chat is opened the next time.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from simulator.store import Row, Store

IMAGE_TYPES: Final = {"PNG": "image/png", "JPEG": "image/jpeg"}
_DEFAULT = "default_rich_menu"


@dataclass(frozen=True, slots=True)
class RichMenu:
    rich_menu_id: str
    body: dict[str, Any]
    content_type: str
    """Of its picture; empty before one has been uploaded."""

    def answer(self) -> dict[str, Any]:
        """LINE's rich menu response object."""
        return {"richMenuId": self.rich_menu_id, **self.body}


def _menu(row: Row) -> RichMenu:
    return RichMenu(row["rich_menu_id"], orjson.loads(row["body"]), row["content_type"])


class RichMenus:
    """The tables of rich menus, with their pictures in a folder (ids are our own digits, so safe as file names)."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def all(self) -> list[RichMenu]:
        return [_menu(row) for row in self._store.rows("SELECT * FROM rich_menus ORDER BY position")]

    def find(self, rich_menu_id: str) -> RichMenu | None:
        row = self._store.row("SELECT * FROM rich_menus WHERE rich_menu_id = ?", (rich_menu_id,))
        return None if row is None else _menu(row)

    def create(self, body: dict[str, Any]) -> RichMenu:
        made = f"richmenu-{secrets.token_hex(16)}"
        text = orjson.dumps(body).decode()
        self._store.run("INSERT INTO rich_menus (rich_menu_id, body) VALUES (?, ?)", (made, text))
        return RichMenu(made, body, "")

    def keep_picture(self, rich_menu_id: str, picture: bytes, content_type: str) -> None:
        (self._folder / rich_menu_id).write_bytes(picture)
        sql = "UPDATE rich_menus SET content_type = ? WHERE rich_menu_id = ?"
        self._store.run(sql, (content_type, rich_menu_id))

    def picture(self, rich_menu_id: str) -> bytes:
        """The bytes of a picture that has been uploaded."""
        return (self._folder / rich_menu_id).read_bytes()

    def delete(self, rich_menu_id: str) -> None:
        with self._store.tx():
            for table in ("rich_menus", "rich_menu_links", "rich_menu_aliases"):
                sql = f"DELETE FROM {table} WHERE rich_menu_id = ?"  # noqa: S608 - our own table names
                self._store.run(sql, (rich_menu_id,))
            self._store.run("DELETE FROM meta WHERE name = ? AND value = ?", (_DEFAULT, rich_menu_id))
        (self._folder / rich_menu_id).unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove the pictures; the tables are the store's."""
        for path in self._folder.iterdir():
            path.unlink(missing_ok=True)

    @property
    def default(self) -> str:
        """Id of everybody's menu; empty for none."""
        return self._store.meta(_DEFAULT, "")

    def set_default(self, rich_menu_id: str) -> None:
        """Make it everybody's; an empty id: nobody's."""
        if rich_menu_id:
            self._store.set_meta(_DEFAULT, rich_menu_id)
        else:
            self._store.run("DELETE FROM meta WHERE name = ?", (_DEFAULT,))

    def of(self, user_id: str) -> str:
        """Id of the person's own menu; empty for none."""
        row = self._store.row("SELECT rich_menu_id FROM rich_menu_links WHERE user_id = ?", (user_id,))
        return "" if row is None else str(row["rich_menu_id"])

    def link(self, user_ids: Iterable[str], rich_menu_id: str) -> None:
        sql = (
            "INSERT INTO rich_menu_links VALUES (?, ?)"
            " ON CONFLICT (user_id) DO UPDATE SET rich_menu_id = excluded.rich_menu_id"
        )
        with self._store.tx():
            for user_id in user_ids:
                self._store.run(sql, (user_id, rich_menu_id))

    def unlink(self, user_ids: Iterable[str]) -> None:
        with self._store.tx():
            for user_id in user_ids:
                self._store.run("DELETE FROM rich_menu_links WHERE user_id = ?", (user_id,))

    def aliases(self) -> dict[str, str]:
        """Rich menu ids by alias."""
        found = self._store.rows("SELECT * FROM rich_menu_aliases ORDER BY alias")
        return {row["alias"]: row["rich_menu_id"] for row in found}

    def set_alias(self, alias: str, rich_menu_id: str) -> None:
        sql = (
            "INSERT INTO rich_menu_aliases VALUES (?, ?)"
            " ON CONFLICT (alias) DO UPDATE SET rich_menu_id = excluded.rich_menu_id"
        )
        self._store.run(sql, (alias, rich_menu_id))

    def delete_alias(self, alias: str) -> None:
        self._store.run("DELETE FROM rich_menu_aliases WHERE alias = ?", (alias,))

    def switch(self, user_id: str, alias: str) -> str:
        """A tap on a richmenuswitch action: the person gets the alias's menu. Returns the status that LINE tells."""
        wanted = self.aliases().get(alias)
        if wanted is None:
            return "RICHMENU_ALIAS_ID_NOTFOUND"
        if self.find(wanted) is None:
            return "RICHMENU_NOTFOUND"
        self.link([user_id], wanted)
        return "SUCCESS"
