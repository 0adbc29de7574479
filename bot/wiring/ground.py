"""What every part stands on: the doors to the outside, clock, texts, forms and signed links."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.faults import Faults
from bot.forms.load import compile_xlsform
from bot.reading.reader import Reader
from bot.settings import Settings
from models.base import make_sessions
from services.campaigns.form_plans import Compile
from services.clock import SimulatedClock, SystemClock
from services.desk.links import DeskLinks
from services.evidence.sign_links import SignLinks
from services.links import SignedLinks
from services.ports import Clock, JobQueue, LineGateway, MediaStore
from services.reports.forms import FormCache
from services.texts import Texts

COMPILED_FILES = 32


@dataclass(frozen=True)
class Ground:
    """Of every process, and of tests, which build one with other doors."""

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
    def compile_xlsform(self) -> Compile:
        """Of a campaign's files, which are looked at again and again before they change."""
        return lru_cache(COMPILED_FILES)(compile_xlsform)

    @cached_property
    def reader(self) -> Reader:
        return Reader.load()

    @cached_property
    def links(self) -> SignedLinks:
        return SignedLinks(self.settings.public_url, self.settings.secret_key)

    @cached_property
    def sign_links(self) -> SignLinks:
        return SignLinks(self.settings.public_url, self.settings.secret_key)

    @cached_property
    def desk_links(self) -> DeskLinks:
        return DeskLinks(self.settings.public_url, self.settings.secret_key)
