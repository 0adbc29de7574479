"""Linking people to their rich menus: one when somebody joins, everybody when the menus are new. Best effort."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.people import LineAccount
from services.owed import LaterError, owe
from services.ports import Clock, LineGateway, MenuAnswer
from services.rich_menus.plan import NONE_OF_THEIR_OWN, Wanted
from services.rich_menus.promises import LINK
from services.texts import Texts

log = logging.getLogger("tidtam.rich_menus")

AT_ONCE = 500
"""People whom LINE links in one call."""


class MenuRefusedError(RuntimeError):
    """LINE did not do what the menus need. Says what, and LINE's own words."""

    def __init__(self, what: str, answer: MenuAnswer) -> None:
        said = answer.problem or ("no answer" if answer.status is None else "no reason given")
        super().__init__(f"{what}: {answer.status or '-'} {said}")
        self.worth_repeating = answer.worth_repeating


@dataclass(frozen=True)
class Links:
    """No transaction is open while LINE is called."""

    sessions: Sessions
    clock: Clock
    line: LineGateway
    texts: Texts
    channel_id: int

    def link(self, account_id: int) -> None:
        """The job: show one person the menu of their role and language. Raises LaterError."""
        with self.sessions() as session:
            account = session.get_one(LineAccount, account_id)
            wanted = self._wanted(session, account)
        if wanted == account.rich_menu or not account.following:
            return
        answer = self._tell(wanted, [account.line_user_id])
        if answer.worth_repeating:
            raise LaterError(f"rich menu: {answer.status or 'no answer'}")
        if not answer.done:
            # the menu was deleted at LINE, or the person is gone: the next sync finds out
            log.warning("account %d has not been linked to its rich menu (%s)", account_id, answer.status)
            return
        with self.sessions() as session, session.begin():
            stored = session.get_one(LineAccount, account_id)
            stored.rich_menu = wanted
            now_wanted = self._wanted(session, stored)
        if now_wanted != wanted:
            raise LaterError("the role or language has changed meanwhile")

    def link_all(self) -> int:
        """Show everybody who follows the account their menu; returns how many were linked anew.

        Raises MenuRefusedError; those who were linked before that stay so.
        """
        with self.sessions() as session:
            accounts = self._followers(session)
            wanted = Wanted.of(session, accounts, self.channel_id, self.texts)
        moved: defaultdict[str, list[LineAccount]] = defaultdict(list)
        for account in accounts:
            if wanted.menu(account) != account.rich_menu:
                moved[wanted.menu(account)].append(account)
        for menu_id, people in moved.items():
            for start in range(0, len(people), AT_ONCE):
                self._link_some(menu_id, people[start : start + AT_ONCE])
        return sum(map(len, moved.values()))

    def _link_some(self, menu_id: str, people: Sequence[LineAccount]) -> None:
        answer = self._tell(menu_id, [account.line_user_id for account in people])
        if not answer.done:
            raise MenuRefusedError(f"linking {len(people)} people", answer)
        with self.sessions() as session, session.begin():
            stored = session.scalars(select(LineAccount).where(LineAccount.id.in_([each.id for each in people]))).all()
            wanted = Wanted.of(session, stored, self.channel_id, self.texts)
            for account in stored:
                account.rich_menu = menu_id
                if wanted.menu(account) != menu_id:  # they changed role or language while LINE was told
                    owe(session, LINK, account.id, self.clock.real())

    def _tell(self, menu_id: str, user_ids: Sequence[str]) -> MenuAnswer:
        if menu_id == NONE_OF_THEIR_OWN:
            return self.line.menus.unlink(user_ids)
        return self.line.menus.link(menu_id, user_ids)

    def _wanted(self, session: Session, account: LineAccount) -> str:
        return Wanted.of(session, [account], self.channel_id, self.texts).menu(account)

    def _followers(self, session: Session) -> Sequence[LineAccount]:
        following = select(LineAccount).where(LineAccount.channel_id == self.channel_id, LineAccount.following)
        return session.scalars(following.order_by(LineAccount.id)).all()
