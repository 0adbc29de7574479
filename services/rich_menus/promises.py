"""Promising to link the right rich menu, in the transaction that changes somebody's role or language."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.rich_menus import GUEST
from models.people import LineAccount
from models.rich_menu import RichMenu
from services.owed import owe

LINK = "link_rich_menu"
SYNC = "sync_rich_menus"


def promise_link(session: Session, account: LineAccount, now: dt.datetime) -> None:
    """Whoever `account` is from now on gets their menu. Nothing while there are no menus. `now` is mechanical."""
    if session.scalar(select(RichMenu.id).where(RichMenu.channel_id == account.channel_id).limit(1)) is None:
        return
    session.flush()  # an account that spoke for this person until now has lost it
    of_members = select(RichMenu.line_rich_menu_id).where(RichMenu.key != GUEST)
    left_behind = select(LineAccount.id).where(LineAccount.person_id.is_(None), LineAccount.rich_menu.in_(of_members))
    for account_id in {account.id, *session.scalars(left_behind)}:
        owe(session, LINK, account_id, now)
