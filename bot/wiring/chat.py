"""What answers, reminds and announces in LINE."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from bot.wiring.ground import Ground
from services.broadcasts.by_hand import ByHand
from services.broadcasts.sending import BroadcastSender
from services.chat.apology import Apology
from services.chat.bursts import Bursts
from services.chat.dialogue import Dialogue
from services.chat.facts import FactsLoader
from services.chat.refreshing import PROFILE_FRESH, Refreshing
from services.chat.turns import Turns
from services.groups.leaving import GroupLeaving
from services.quota.book import QuotaBook
from services.quota.reading import QuotaReader
from services.reminders.reminders import Reminders
from services.reports.finishing import Finishing
from services.rich_menus.sync import RichMenus
from services.sending.dispatch import Dispatch
from services.sending.sender import Sender
from services.sending.under_way import Patience

DEMO_PROFILE_FRESH = dt.timedelta(seconds=3)
CHANNEL = 1
"""The environment fills the first channel; further ones are rows of their own."""


@dataclass(frozen=True)
class ChatParts(Ground):
    """From the turn of a chat to the month's quota."""

    @cached_property
    def sender(self) -> Sender:
        return Sender(self.sessions, self.line, self.clock, self.faults, Apology(self.texts, self.clock))

    @cached_property
    def quota(self) -> QuotaBook:
        return QuotaBook(QuotaReader(self.sessions, self.line, self.clock), self.clock)

    @cached_property
    def dispatch(self) -> Dispatch:
        return Dispatch(self.sessions, self.sender, self.quota.reader, self.clock, self.faults)

    @cached_property
    def bursts(self) -> Bursts:
        return Bursts(self.sessions, self.clock, self.turns, self.sender, self.settings.lease_seconds)

    @cached_property
    def dialogue(self) -> Dialogue:
        return Dialogue(
            self.sessions,
            self.clock,
            self.turns,
            self.refreshing,
            self.sender,
            self.faults,
            self.queue.ring,
            self.settings.lease_seconds,
            Patience(self.sessions, self.clock),
        )

    @cached_property
    def facts(self) -> FactsLoader:
        return FactsLoader(self.texts, self.forms, self.reader, self.sign_links, self.desk_links, self.links)

    @cached_property
    def turns(self) -> Turns:
        return Turns(self.clock, self.facts, self.texts)

    @cached_property
    def refreshing(self) -> Refreshing:
        # in a demonstration people switch a phone's language and expect the next answer in it
        fresh = DEMO_PROFILE_FRESH if self.settings.clock == "simulated" else PROFILE_FRESH
        return Refreshing(self.sessions, self.clock, self.line, self.texts, fresh, self.quota.reader)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self.sessions, self.clock, self.texts, self.forms, self.quota)

    @cached_property
    def group_leaving(self) -> GroupLeaving:
        return GroupLeaving(self.sessions, self.clock, self.line)

    @cached_property
    def broadcasts(self) -> BroadcastSender:
        return BroadcastSender(self.sessions, self.clock, self.texts, self.reminders)

    @cached_property
    def by_hand(self) -> ByHand:
        return ByHand(self.sessions, self.clock, self.facts, self.quota, self.queue.ring)

    @cached_property
    def rich_menus(self) -> RichMenus:
        return RichMenus(self.sessions, self.clock, self.line, self.texts, CHANNEL)

    @cached_property
    def finishing(self) -> Finishing:
        return Finishing(self.sessions, self.clock, self.forms, self.texts)
