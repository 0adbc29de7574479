"""Making a file that was asked for: on disk first, then streamed into the media store, part by part.

A part is named in its row only when it is whole, under a key that a repeated attempt writes again: a worker that is
killed in the middle leaves nothing that anybody could fetch, and the next one goes on with the part that is missing.

A job is stopped after 110 seconds (workers.queues), and whatever is owed is rung for again after two minutes
(services.owed.WORKING): a longer limit for exports would only have two workers make the same file. So a job ends its
part in time, and the next goes on behind it. A hundred thousand reports are one part on an idle machine.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.base import Sessions
from models.campaign import Campaign, Round
from models.export import Export, ExportKind, ExportState
from services.calendar import BANGKOK
from services.exports.files import WRITERS
from services.exports.ordering import key_of, wanted_of
from services.exports.photos import A_PART, Photo, count_photos, photos_after, write_photos
from services.exports.reports import PAGE, ReportRow, boxes_of, count_reports, note_of, report_rows, standing
from services.owed import GoesOnError, LaterError
from services.ports import Clock, MediaStore
from services.reports.forms import FormCache

AT_A_TIME: Final = 50.0
"""Seconds after which a job leaves the rest to the next one."""
REPORTS_AT_A_TIME: Final = 70.0
"""The same of reports. What is left of the job's limit is for closing the file and handing it to the store."""
_PIECE: Final = 1 << 18


@dataclass(slots=True)
class Stretch:
    """As many reports as there is time for: it ends with a page, so that nothing that was read is thrown away."""

    rows: Iterator[ReportRow]
    end: float
    """Monotonic seconds."""
    last: int
    """Id of the last one that was given; before the first, of the one that it follows."""
    more: bool = False
    """Whether it ended for want of time: something may follow."""

    def __iter__(self) -> Iterator[ReportRow]:
        for number, each in enumerate(self.rows, 1):
            self.last = each.id
            yield each
            if number % PAGE == 0 and time.monotonic() > self.end:
                self.more = True
                return


@dataclass(frozen=True)
class ExportMaking:
    sessions: Sessions
    clock: Clock
    store: MediaStore
    forms: FormCache

    def make(self, export_id: int) -> None:
        """The job. Raises GoesOnError when there is more to do, LaterError when the store is away."""
        with self.sessions() as session:
            row = session.get_one(Export, export_id)
            campaign = session.get_one(Campaign, row.campaign_id)
        if row.state != ExportState.WANTED.value:
            return
        try:
            if row.kind == ExportKind.REPORTS.value:
                self._reports(row, note_of(campaign))
            else:
                self._photos(row, note_of(campaign))
        except OSError as error:
            raise LaterError(f"export {export_id}: {type(error).__name__}") from error

    def _reports(self, row: Export, note: str) -> None:
        end = time.monotonic() + REPORTS_AT_A_TIME
        parts: list[dict[str, Any]] = list(row.parts)
        before = sum(part["rows"] for part in parts)
        wanted, ending = wanted_of(row), str(row.wanted["format"])
        with tempfile.TemporaryFile() as file:
            with self.sessions() as session:
                wanted = standing(session, wanted)
                boxes = boxes_of(session, self.forms, wanted)
                self._progress(row.id, before, total=before + count_reports(session, wanted))
                stretch = Stretch(report_rows(session, self.forms, wanted), end, wanted.after)
                count = WRITERS[ending](file, self._counted(row.id, stretch, before), boxes, note)
            # nothing is read any more: the store takes its time outside of any transaction
            number = len(parts) + 1
            name = f"{wanted.form_key}-{_named(row)}{f'-{number}' if parts or stretch.more else ''}.{ending}"
            if count or not parts:
                parts.append(
                    {**self._stored(file, key_of(row, number), name, count, stretch.last), "until": wanted.until}
                )
        if stretch.more:
            self._progress(row.id, before + count, parts=parts)
            raise GoesOnError(f"export {row.id}: {len(parts)} parts so far")
        self._finish(row.id, parts, before + count)

    def _counted(self, export_id: int, rows: Iterable[ReportRow], before: int) -> Iterator[ReportRow]:
        for number, each in enumerate(rows, 1):
            yield each
            if number % PAGE == 0:
                self._progress(export_id, before + number)

    def _photos(self, row: Export, note: str) -> None:
        end = time.monotonic() + AT_A_TIME
        parts: list[dict[str, Any]] = list(row.parts)
        with self.sessions() as session:
            rounds = rounds_of(session, row)
            total = count_photos(session, row.area_code, rounds)
        while True:
            with self.sessions() as session:
                photos = photos_after(session, row.area_code, rounds, parts[-1]["last"] if parts else 0)
            if photos or not parts:
                parts.append(self._photo_part(row, photos, len(parts) + 1, note))
                self._progress(row.id, sum(part["rows"] for part in parts), total=total, parts=parts)
            if len(photos) < A_PART:
                self._finish(row.id, parts, sum(part["rows"] for part in parts))
                return
            if time.monotonic() > end:
                raise GoesOnError(f"export {row.id}: {len(parts)} parts so far")

    def _photo_part(self, row: Export, photos: list[Photo], number: int, note: str) -> dict[str, Any]:
        with tempfile.TemporaryFile() as file:
            count = write_photos(file, self.store, photos, note)
            last = photos[-1].id if photos else 0
            name = f"photos-{_named(row)}-{number}.zip"
            return self._stored(file, key_of(row, number), name, count, last)

    def _stored(self, file: BinaryIO, key: str, name: str, rows: int, last: int) -> dict[str, Any]:
        file.seek(0)
        size = self.store.put(key, _pieces(file))
        return {"key": key, "name": name, "rows": rows, "size": size, "last": last}

    def _progress(self, export_id: int, done: int, **values: Any) -> None:
        with self.sessions() as session, session.begin():
            wanted = (Export.id == export_id, Export.state == ExportState.WANTED.value)
            session.execute(update(Export).where(*wanted).values(done=done, **values))

    def _finish(self, export_id: int, parts: list[dict[str, Any]], count: int) -> None:
        ready = {"state": ExportState.READY.value, "parts": parts, "total": count}
        self._progress(export_id, count, **ready)


def rounds_of(session: Session, row: Export) -> list[Round]:
    """The campaign's own rounds whose time an export of photos is limited to; none: no limit."""
    numbers = row.wanted["rounds"]
    wanted = select(Round).where(Round.campaign_id == row.campaign_id, Round.duty == "", Round.number.in_(numbers))
    return list(session.scalars(wanted.order_by(Round.number)))


def _named(row: Export) -> str:
    day = row.created_at.astimezone(BANGKOK).strftime("%Y%m%d")
    return f"{row.area_code}-{day}-{row.id}"


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
