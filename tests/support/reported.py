"""A town in which eight of fourteen districts have reported round 1: the demonstration's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from models.obligation import Report
from services.demo import Demo
from tests.support.chat import LOEI, Town
from tests.support.databases import SqliteTemplate
from tests.support.loaded import LoadedFile


@contextmanager
def reported_town(folder: Path) -> Iterator[Town]:
    """With the answer rows and totals of every report."""
    with LoadedFile.make(SqliteTemplate(folder), folder).town() as town:
        Demo(town.runtime.sessions, town.clock, town.runtime.forms).fill(LOEI / "demo.yaml")
        with town.runtime.sessions() as session:
            reports = list(session.scalars(select(Report.id)))
        for report in reports:
            town.runtime.work["finish_report"](report)
        yield town
