"""The one place where everything is put together: settings in, a Runtime out, passed on from there.

Building opens nothing: engines, sockets and pools come to life on first use, in the process (and after the fork)
that uses them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from adapters.line import LineApi
from adapters.media import ObjectMedia
from bot.faults import Faults
from bot.reading.reader import Reader
from bot.settings import Settings
from models.all import Base  # noqa: F401 - every table, or a foreign key points at one that nobody has read
from models.base import make_engine, make_sessions
from models.channel import Channel
from models.chat import OutboxRequest
from models.upsert import insert_or_ignore
from services import owed
from services.broadcasts.sending import BroadcastSender
from services.chat.apology import Apology
from services.chat.bursts import Bursts
from services.chat.dialogue import Dialogue
from services.chat.facts import FactsLoader
from services.chat.turns import PROFILE_FRESH, Turns
from services.clock import SimulatedClock, SystemClock
from services.evidence.photos import Photos
from services.evidence.sign_links import SignLinks
from services.evidence.signatures import Signatures
from services.groups.leaving import GroupLeaving
from services.ports import Clock, JobQueue, LineGateway, MediaStore
from services.quota.book import QuotaBook
from services.quota.reading import QuotaReader
from services.register.register import Register
from services.reminders.reminders import Reminders
from services.reports.finishing import Finishing
from services.reports.forms import FormCache
from services.rich_menus.sync import RichMenus
from services.sending.dispatch import Dispatch
from services.sending.sender import Sender
from services.sending.under_way import Patience
from services.sweep import Sweep
from services.texts import Texts
from workers.queues import RqJobQueue

DEMO_PROFILE_FRESH = dt.timedelta(seconds=3)
CHANNEL = 1
"""The environment fills the first channel; further ones are rows of their own."""


@dataclass(frozen=True)
class Runtime:
    """Everything a process works with. Tests build one with other doors to the outside."""

    settings: Settings
    engine: Engine
    line: LineGateway
    media: MediaStore
    queue: JobQueue
    faults: Faults = field(default_factory=Faults)

    @cached_property
    def sessions(self) -> sessionmaker[Session]:
        return make_sessions(self.engine)

    @cached_property
    def clock(self) -> Clock:
        return SimulatedClock(self.sessions) if self.settings.clock == "simulated" else SystemClock()

    @cached_property
    def texts(self) -> Texts:
        return Texts()

    @cached_property
    def forms(self) -> FormCache:
        return FormCache()

    @cached_property
    def reader(self) -> Reader:
        return Reader.load()

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
            self.sender,
            self.faults,
            self.queue.ring,
            self.settings.lease_seconds,
            Patience(self.sessions, self.clock),
        )

    @cached_property
    def turns(self) -> Turns:
        facts = FactsLoader(self.texts, self.forms, self.reader, self.sign_links)
        # in a demonstration people switch a phone's language and expect the next answer in it
        fresh = DEMO_PROFILE_FRESH if self.settings.clock == "simulated" else PROFILE_FRESH
        return Turns(self.sessions, self.clock, self.line, facts, self.texts, fresh, self.quota.reader)

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
    def photos(self) -> Photos:
        return Photos(self.sessions, self.clock, self.line, self.media)

    @cached_property
    def sign_links(self) -> SignLinks:
        return SignLinks(self.settings.public_url, self.settings.secret_key)

    @cached_property
    def signatures(self) -> Signatures:
        return Signatures(self.sessions, self.clock, self.media, self.sign_links, self.texts)

    @cached_property
    def finishing(self) -> Finishing:
        return Finishing(self.sessions, self.clock, self.forms)

    @cached_property
    def rich_menus(self) -> RichMenus:
        return RichMenus(self.sessions, self.clock, self.line, self.texts, CHANNEL)

    @cached_property
    def register(self) -> Register:
        return Register(self.sessions, self.clock, self.media, self.texts)

    @property
    def work(self) -> Mapping[str, Callable[[int], None]]:
        """What each job of the register does, by its name. Nothing is built before its job runs: a forked child that
        fetches a photo needs no word lists, which take half a second to load."""
        return {
            "drain": self.drain,
            "send_outbox": self.send_outbox,
            "dispatch": self.send_due,
            "finish_report": lambda report: self._owed("finish_report", report, self.finishing.finish),
            "leave_group": lambda group: self._owed("leave_group", group, self.group_leaving.leave),
            "send_broadcast": lambda row: self._owed("send_broadcast", row, self.send_broadcast),
            "burst_summary": lambda chat: self._owed("burst_summary", chat, self.bursts.sum_up),
            "fetch_media": lambda media: self._owed("fetch_media", media, self.photos.fetch),
            "forget_media": lambda media: self._owed("forget_media", media, self.photos.forget),
            "link_rich_menu": lambda account: self._owed("link_rich_menu", account, self.rich_menus.links.link),
            "sync_rich_menus": lambda channel: self._owed("sync_rich_menus", channel, self.rich_menus.sync_job),
        }

    def drain(self, chat_id: int) -> None:
        """Answer what a chat still has pending."""
        self.dialogue.drain(chat_id)

    def send_due(self, channel_id: int) -> None:
        """Send all that is due on a channel, in batches."""
        self.dispatch.run(channel_id)

    def send_broadcast(self, broadcast_id: int) -> None:
        """Write a broadcast whose time has come into the outbox, and ring for its sending."""
        if self.broadcasts.carry_out(broadcast_id):
            for channel_id in self.channels():
                self.queue.ring("dispatch", channel_id)  # unheard, the sweep finds the rows

    def _owed(self, job: str, subject_id: int, work: Callable[[int], None]) -> None:
        owed.perform(self.sessions, self.clock, job, subject_id, work)

    def send_outbox(self, row_id: int) -> None:
        """Send one pushed row, unless it has been sent or closed in the meantime."""
        with self.sessions() as session:
            row = session.get(OutboxRequest, row_id)
        if row is not None and row.state == "pending":
            self.sender.send_push(row)

    @cached_property
    def sweep(self) -> Sweep:
        grace = dt.timedelta(seconds=min(2.0, self.settings.lease_seconds))
        return Sweep(self.sessions, self.clock, self.queue, self.work, grace)

    def warm_up(self) -> None:
        """Load word lists and texts now rather than at the first message."""
        _ = self.dialogue

    def channels(self) -> list[int]:
        """Ids of all channels, for work that is done for each."""
        with self.sessions() as session:
            return list(session.scalars(select(Channel.id).order_by(Channel.id)))

    def ensure_channel(self) -> None:
        """The row of the environment's channel; safe to call at every start."""
        with self.sessions() as session, session.begin():
            insert_or_ignore(session, Channel, {"id": CHANNEL, "name": "LINE", "bot_user_id": ""})

    def close(self) -> None:
        """Give connections back."""
        self.engine.dispose()


def build(settings: Settings) -> Runtime:
    """The Runtime of a real process."""
    return Runtime(
        settings=settings,
        engine=make_engine(settings.database_url),
        line=LineApi(settings.line_api_url, settings.line_data_api_url, settings.line_channel_access_token),
        media=ObjectMedia(settings.media_url),
        queue=RqJobQueue(settings.redis_url),
        faults=Faults.parse(settings.fault_point),
    )
