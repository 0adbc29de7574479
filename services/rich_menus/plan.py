"""The rich menus there should be, and which of them somebody should see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.rich_menus import GUEST, MENUS, menu, menu_of
from bot.messages.catalogue import DEFAULT_LOCALE, LOCALES
from bot.messages.rich_menu import Menu
from models.people import LineAccount, Membership
from models.rich_menu import RichMenu
from services.texts import Texts

EVERYBODYS = (GUEST, DEFAULT_LOCALE)
"""Key and locale of the menu that the whole account shows; its people need none of their own."""
NONE_OF_THEIR_OWN = ""
FEW = 500
"""Ids that a statement may list."""


def planned(texts: Texts) -> list[Menu]:
    """Every menu in every language, from the product's own texts."""
    return [menu(key, texts.catalogue(locale)) for locale in LOCALES for key in MENUS]


def ids(session: Session, channel_id: int) -> dict[tuple[str, str], str]:
    """LINE's ids of the menus that stand, by key and locale."""
    rows = session.scalars(select(RichMenu).where(RichMenu.channel_id == channel_id))
    return {(row.key, row.locale): row.line_rich_menu_id for row in rows}


@dataclass(frozen=True)
class Wanted:
    """Whose menu is which, as roles and languages are now."""

    menus: Mapping[tuple[str, str], str]
    roles: Mapping[int, Collection[str]]
    """By person."""
    texts: Texts

    @classmethod
    def of(cls, session: Session, accounts: Iterable[LineAccount], channel_id: int, texts: Texts) -> Wanted:
        people = {account.person_id for account in accounts if account.person_id is not None}
        held = select(Membership.person_id, Membership.role).where(Membership.ended_at.is_(None))
        # for very many, all memberships are read: a list of as many ids would be too long for a statement
        rows = session.execute(held.where(Membership.person_id.in_(people)) if len(people) <= FEW else held)
        roles: defaultdict[int, set[str]] = defaultdict(set)
        for person_id, role in rows:
            roles[person_id].add(role)
        return cls(ids(session, channel_id), roles, texts)

    def menu(self, account: LineAccount) -> str:
        """LINE's id of the account's own menu; empty for none. A menu that does not stand yet changes nothing."""
        roles = self.roles.get(account.person_id, ()) if account.person_id is not None else ()
        which = (menu_of(roles), self.texts.locale(account))
        if which == EVERYBODYS:
            return NONE_OF_THEIR_OWN
        return self.menus.get(which, account.rich_menu)
