"""What provincial staff send by hand from a page: asked, decided and kept by the very steps of the chat.

A page shows what a step says of its facts, and a form of it does what the step decides: who is reminded, what it costs
and whether it may go are nowhere decided a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.conversation import broadcast_effects as of_broadcast
from bot.conversation.facts import Facts, Query
from bot.conversation.turn import Turn
from bot.messages.bubbles import Words
from models.base import Sessions
from models.campaign import Campaign
from models.people import LineAccount
from services import owed
from services.broadcasts import broadcasts
from services.chat.asking import answered
from services.chat.facts import FactsLoader
from services.chat.refreshing import QUOTA_FRESH
from services.people.people import Areas
from services.ports import Clock
from services.quota.book import QuotaBook
from services.texts import campaign_of

TRIES = 3
"""Two people at one moment may be given one key; the second takes the next."""
Answer = TypeVar("Answer")


@dataclass
class Asking:
    """One page's questions, in its transaction: as the account's person, in the page's language."""

    session: Session
    loader: FactsLoader
    account: LineAccount
    facts: Facts

    @cached_property
    def campaign(self) -> Campaign | None:
        return campaign_of(self.session, self.account)

    @property
    def areas(self) -> Areas:
        return Areas(self.session, self.facts.catalogue)

    def ask(self, query: Query[Answer]) -> Answer:
        return self.work(lambda facts: facts.ask(query))

    def work(self, work: Callable[[Facts], Answer]) -> Answer:
        """What a step (pure) returns, whatever it asks for."""
        return answered(self.session, self.loader, self.account, self.facts, work)

    def say(self, words: Words) -> str:
        """With the campaign's own texts."""
        return self.facts.catalogue.say(words)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a form has done."""

    key: str
    """Of the broadcast to look at next; empty where none came of it."""
    sent: bool
    """It was confirmed now, by this form."""
    said: tuple[str, ...]
    """What the step said first, line by line."""


@dataclass(frozen=True)
class ByHand:
    sessions: Sessions
    clock: Clock
    loader: FactsLoader
    quota: QuotaBook
    ring: Callable[[str, int], object]

    @contextmanager
    def asking(self, account_id: int, locale: str) -> Iterator[Asking]:
        """For a page that shows something; nothing is written."""
        self._refresh(account_id)
        with self.sessions() as session:
            yield self._asking(session, account_id, locale)

    def take(self, account_id: int, locale: str, step: Callable[[Facts], Turn]) -> Outcome:
        """Let a step of the chat decide, and do what it says. Raises LookupError when others are always first."""
        self._refresh(account_id)
        for left in reversed(range(TRIES)):
            try:
                return self._take(account_id, locale, step)
            except LookupError:
                if not left:
                    raise
        raise AssertionError

    def _take(self, account_id: int, locale: str, step: Callable[[Facts], Turn]) -> Outcome:
        with self.sessions() as session, session.begin():
            asking = self._asking(session, account_id, locale)
            turn = asking.work(step)
            deeds = [each for each in turn.effects if isinstance(each, broadcasts.Deed)]
            for deed in deeds:
                broadcasts.apply(session, asking.account, deed, self.clock)
            said = tuple(asking.say(line) for bubble in turn.bubbles[:1] for line in bubble.lines)
            promised = owed.promised(session)
        for job, subject_id in promised:
            self.ring(job, subject_id)  # unheard, the sweep finds what is owed
        kept = [
            each.key
            for each in deeds
            if isinstance(each, of_broadcast.PrepareBroadcast | of_broadcast.ConfirmBroadcast)
        ]
        return Outcome("".join(kept[:1]), any(isinstance(each, of_broadcast.ConfirmBroadcast) for each in deeds), said)

    def _asking(self, session: Session, account_id: int, locale: str) -> Asking:
        account = session.get_one(LineAccount, account_id)
        facts = self.loader.load(session, account, self.clock.now())
        words = self.loader.texts.catalogue(locale, campaign_of(session, account))
        return Asking(session, self.loader, account, replace(facts, catalogue=words))

    def _refresh(self, account_id: int) -> None:
        """LINE is asked for the month's figures outside any transaction, as before a turn of staff."""
        with self.sessions() as session:
            channel_id = session.get_one(LineAccount, account_id).channel_id
        self.quota.refresh(channel_id, older_than=QUOTA_FRESH)
