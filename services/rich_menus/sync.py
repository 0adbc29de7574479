"""Bringing LINE's rich menus in line with the texts: what changed is drawn anew, people move over, the old ones go.

In this order, so that people have a working menu at every moment: new menus are made and drawn beside the old ones,
then the account's and everybody's own are linked, and only then the old ones are deleted. Whatever breaks in between
is finished by the next run, which finds by content what stands already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.messages.rich_menu import Menu
from models.base import Sessions
from models.people import LineAccount
from models.rich_menu import RichMenu
from services.owed import LaterError, owe
from services.ports import Clock, LineGateway, MenuAnswer
from services.rich_menus.linking import Links, MenuRefusedError
from services.rich_menus.pictures import content_hash, draw
from services.rich_menus.plan import EVERYBODYS, ids, planned
from services.rich_menus.promises import SYNC
from services.texts import Texts

OURS = "tidtam "
"""How the names of our menus begin at LINE: others of the account, made by hand, are left alone."""


GONE = 404
"""HTTP's: whatever was to be deleted is deleted already."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a run has changed."""

    made: tuple[str, ...]
    linked: int
    deleted: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A planned menu and what LINE has of it."""

    key: str
    locale: str
    rich_menu_id: str
    """Empty: never made."""
    fresh: bool
    """It says what the texts say now."""
    people: int
    """Linked to it by us."""


@dataclass(frozen=True)
class RichMenus:
    """The rich menus of one channel. No transaction is open while LINE is called."""

    sessions: Sessions
    clock: Clock
    line: LineGateway
    texts: Texts
    channel_id: int
    draw: Callable[[Menu], bytes] = draw

    @property
    def links(self) -> Links:
        return Links(self.sessions, self.clock, self.line, self.texts, self.channel_id)

    def sync(self) -> Synced:
        """Make what is missing, link everybody, delete what is old. Raises MenuRefusedError."""
        before = self._names()
        changed = [menu for menu in planned(self.texts) if not self._stands(menu, before)]
        for menu in changed:
            self._make(menu)
        with self.sessions() as session:
            standing = ids(session, self.channel_id)
        _must("showing everybody the guests' menu", self.line.menus.show_everybody(standing[EVERYBODYS]))
        linked = self.links.link_all()
        deleted = self._delete(before, keep=set(standing.values()))
        return Synced(tuple(f"{menu.key} {menu.locale}" for menu in changed), linked, deleted)

    def sync_later(self, *, after: dt.timedelta = dt.timedelta()) -> None:
        """Leave it to a worker, who begins `after` so long (mechanical) and tries until LINE answers."""
        with self.sessions() as session, session.begin():
            owe(session, SYNC, self.channel_id, self.clock.real() + after)

    def sync_job(self, _channel_id: int) -> None:
        """Sync as a job. Raises LaterError where LINE may do it later, MenuRefusedError where it will not."""
        try:
            self.sync()
        except MenuRefusedError as error:
            if error.worth_repeating:
                raise LaterError(str(error)) from None
            raise

    def standing(self) -> list[Standing]:
        """Every planned menu as our own tables know it; LINE is not asked."""
        with self.sessions() as session:
            people = _people(session, self.channel_id)
            rows = {(row.key, row.locale): row for row in _rows(session, self.channel_id)}
        found = []
        for menu in planned(self.texts):
            row = rows.get((menu.key, menu.locale))
            menu_id = row.line_rich_menu_id if row else ""
            fresh = row is not None and row.content_hash == content_hash(menu)
            found.append(Standing(menu.key, menu.locale, menu_id, fresh, people.get(menu_id, 0)))
        return found

    def _names(self) -> Mapping[str, str]:
        names = self.line.menus.names()
        if names is None:
            raise MenuRefusedError("asking which rich menus there are", MenuAnswer(None))
        return names

    def _stands(self, menu: Menu, at_line: Mapping[str, str]) -> bool:
        with self.sessions() as session:
            row = session.scalar(_row_of(self.channel_id, menu))
        return row is not None and row.content_hash == content_hash(menu) and row.line_rich_menu_id in at_line

    def _make(self, menu: Menu) -> None:
        """Make and draw it at LINE, and only then let it count: whoever is linked from now on gets this one."""
        what, content = f"{menu.key} {menu.locale}", content_hash(menu)
        picture = self.draw(menu)
        made = _must(f"making {what}", self.line.menus.make(menu.line_object(f"{OURS}{what} {content[:12]}")))
        _must(f"drawing {what}", self.line.menus.draw(made.rich_menu_id, picture))
        with self.sessions() as session, session.begin():
            row = session.scalar(_row_of(self.channel_id, menu).with_for_update())
            if row is None:
                row = RichMenu(channel_id=self.channel_id, key=menu.key, locale=menu.locale)
                session.add(row)
            row.content_hash, row.line_rich_menu_id, row.created_at = content, made.rich_menu_id, self.clock.now()

    def _delete(self, at_line: Mapping[str, str], keep: set[str]) -> int:
        """Delete our menus that nobody is linked to any more; the ones of a broken run too."""
        old = [menu_id for menu_id, name in at_line.items() if name.startswith(OURS) and menu_id not in keep]
        for menu_id in old:
            answer = self.line.menus.delete(menu_id)
            if answer.status != GONE:
                _must("deleting an old menu", answer)
        return len(old)


def _must(what: str, answer: MenuAnswer) -> MenuAnswer:
    if not answer.done:
        raise MenuRefusedError(what, answer)
    return answer


def _row_of(channel_id: int, menu: Menu) -> Select[RichMenu]:
    return select(RichMenu).where(
        RichMenu.channel_id == channel_id, RichMenu.key == menu.key, RichMenu.locale == menu.locale
    )


def _rows(session: Session, channel_id: int) -> list[RichMenu]:
    return list(session.scalars(select(RichMenu).where(RichMenu.channel_id == channel_id)))


def _people(session: Session, channel_id: int) -> dict[str, int]:
    counted = (
        select(LineAccount.rich_menu, func.count(LineAccount.id))
        .where(LineAccount.channel_id == channel_id, LineAccount.following)
        .group_by(LineAccount.rich_menu)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
