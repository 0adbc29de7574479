"""The one place where everything is put together: settings in, a Runtime out, passed on from there.

Building opens nothing: engines, sockets and pools come to life on first use, in the process (and after the fork)
that uses them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from adapters.line import LineApi
from adapters.media import ObjectMedia
from bot.faults import Faults
from bot.settings import Settings
from bot.wiring.chat import CHANNEL
from bot.wiring.desk import DeskParts
from bot.wiring.evidence import EvidenceParts
from models.all import Base  # noqa: F401 - every table, or a foreign key points at one that nobody has read
from models.base import make_engine
from models.channel import Channel
from models.chat import OutboxRequest
from models.upsert import insert_or_ignore
from services import owed
from services.sweep import Sweep
from workers.queues import RqJobQueue


@dataclass(frozen=True)
class Runtime(DeskParts, EvidenceParts):
    """Everything a process works with. Tests build one with other doors to the outside."""

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
            "count_quality": lambda code: self._owed("count_quality", code, self.quality_counting.count),
            "draw_sheets": lambda code: self._owed("draw_sheets", code, self.sheet_opening.draw),
            "evidence_figures": lambda code: self._owed("evidence_figures", code, self.district_values.write),
            "fetch_media": lambda media: self._owed("fetch_media", media, self.photos.fetch),
            "forget_media": lambda media: self._owed("forget_media", media, self.photos.forget),
            "deliver_webhook": lambda row: self._owed("deliver_webhook", row, self.delivering.deliver),
            "import_register": lambda run: self._owed("import_register", run, self.uploads.work),
            "make_export": lambda row: self._owed("make_export", row, self.export_making.make),
            "make_certificate": lambda row: self._owed("make_certificate", row, self.certificate_making.make),
            "link_rich_menu": lambda account: self._owed("link_rich_menu", account, self.rich_menus.links.link),
            "purge": lambda day: self._owed("purge", day, self.nightly.purge_job),
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
