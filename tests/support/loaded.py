"""Towns whose campaign was loaded once: a file that is copied for each user, word lists, forms and compiled statements
shared by all."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from bot.reading.reader import Reader
from bot.runtime import Runtime
from models.base import make_engine
from services.reports.forms import FormCache
from services.texts import Texts
from tests.support.chat import Town, open_town
from tests.support.databases import SqliteTemplate, hurry
from tests.support.fake_line import FakeLine, FakeMedia, FakeQueue
from tests.support.runtime import StoppedClock, TestRuntime
from tests.support.settings import settings


@cache
def _shared() -> dict[str, object]:
    """Word lists, texts and compiled forms: loading them takes longer than most tests."""
    return {"reader": Reader.load(), "texts": Texts(), "forms": FormCache()}


def share(runtime: Runtime) -> None:
    """Let a Runtime use what others have loaded."""
    vars(runtime).update(_shared())


def town_on(engine: Engine) -> Town:
    """A town on a database that holds a campaign already."""
    line, media, queue, clock = FakeLine(), FakeMedia(), FakeQueue(), StoppedClock()
    runtime = TestRuntime(
        settings=settings(Path("/nonexistent")), engine=engine, line=line, media=media, queue=queue, stopped=clock
    )
    share(runtime)
    return Town(runtime, line, media, queue, clock)


@dataclass(frozen=True)
class LoadedFile:
    """An SQLite file with a campaign in it, and nobody using it."""

    path: Path
    _idle: list[Engine] = field(default_factory=list)

    @staticmethod
    def make(template: SqliteTemplate, folder: Path, *, register: bool = True) -> LoadedFile:
        """Load the campaign into a copy of `template` in `folder`; without `register`, nothing is known beforehand."""
        url = template.copy(folder)
        engine = hurry(make_engine(url))
        open_town(engine, register=register)
        engine.dispose()
        return LoadedFile(Path(url.removeprefix("sqlite:///")))

    @contextmanager
    def town(self) -> Iterator[Town]:
        """A town of one's own, on a copy beside the file.

        Engines are used again, each for a fresh copy at its old place: they know by then how the product's statements
        read in SQL, which takes as long to find out as to run them. What a test listens to is forgotten with it.
        """
        engine = self._idle.pop() if self._idle else self._new_engine()
        copy = Path(engine.url.database or "")
        for ending in ("", "-wal", "-shm"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self.path, copy)
        yield town_on(engine.execution_options())
        engine.dispose()
        self._idle.append(engine)

    def _new_engine(self) -> Engine:
        return hurry(make_engine(f"sqlite:///{self.path.with_name(uuid.uuid4().hex)}.db"))
