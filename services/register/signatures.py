"""Volunteers' signatures from a ZIP of pictures named by their ids. They are kept for people to look at, never compared
by machine.

Each picture is opened behind limits and drawn anew (`services.evidence.pictures.look`).
"""

from __future__ import annotations

import hashlib
import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.discarded import Discarded
from models.register import Volunteer, VolunteerSignature
from services.evidence.pictures.look import RefusedError, look
from services.ports import Clock, MediaStore
from services.quality import counts
from services.register.fault_table import FaultTable
from services.register.faults import FileFault, RowError, RowFault
from services.register.kinds import SIGNATURES
from services.register.runs import Imported, Runs, Tally
from services.register.signature_archive import content_of, is_besides, name_of, opened
from services.register.work import Progress
from services.retention.discarding import discard
from services.texts import Texts

_NUMBERED = re.compile(r"(.+?)(?:[ _-]?\(\d{1,2}\)|[ _-]\d{1,2})")


@dataclass(frozen=True)
class SignatureImporter:
    sessions: Sessions
    clock: Clock
    store: MediaStore
    texts: Texts

    def run(
        self,
        file: BinaryIO,
        file_name: str,
        *,
        dry_run: bool = False,
        replace: bool = False,
        person_id: int | None = None,
        progress: Progress = lambda _read, _total: None,
    ) -> Imported:
        """Store the pictures of a seekable ZIP file; `ID.png`, `ID_2.jpg` and `ID (2).jpg` are of volunteer ID.

        A volunteer may have several; `replace` removes those that this file does not have, of the volunteers whom it
        has, unless a picture of theirs was refused. Raises FileFault when it is no such archive, OSError when the media
        store fails.
        """
        runs = Runs(self.sessions, self.clock)
        run_id = runs.begin(SIGNATURES, file_name, person_id, dry_run=dry_run, replace=replace)
        work = _Work(self, runs, run_id, dry_run=dry_run)
        with closing(FaultTable(self.texts)) as faults:
            try:
                with opened(file) as archive:
                    work.read(archive, faults, progress)
            except FileFault as fault:
                runs.end(run_id, work.tally, "", fault)
                raise
            if replace and not dry_run:
                work.remove_others()
            if not dry_run:
                with self.sessions() as session, session.begin():
                    counts.changed(session, self.clock.real())
            errors_key = faults.store(self.store, f"register/errors/{run_id}.csv")
            runs.end(run_id, work.tally, errors_key)
            return Imported(run_id, work.tally, tuple(faults.first), errors_key)


@dataclass(slots=True)
class _Work:
    service: SignatureImporter
    runs: Runs
    run_id: int
    dry_run: bool
    tally: Tally = field(default_factory=Tally)
    _taken: dict[int, set[str]] = field(default_factory=dict)
    _spoilt: set[int] = field(default_factory=set)
    """Volunteers of whom a picture was refused: it may be one of those that seem to have gone."""

    def read(self, archive: zipfile.ZipFile, faults: FaultTable, progress: Progress) -> None:
        entries = [entry for entry in archive.infolist() if not is_besides(entry)]
        for number, entry in enumerate(entries, 1):
            self.tally.read += 1
            try:
                self._take(archive, entry)
            except RowError as error:
                self.tally.refused += 1
                faults.add(RowFault(error.what, error.values, number))
            progress(number, len(entries))

    def _take(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        name = name_of(entry)
        with self.service.sessions() as session:
            volunteer = _volunteer(session, name.rpartition(".")[0] or name)
        if volunteer is None:
            raise RowError("image_unknown", name=name)
        try:
            self._take_of(volunteer, content_of(archive, entry, name), name)
        except RowError:
            self._spoilt.add(volunteer)
            raise

    def _take_of(self, volunteer: int, content: bytes, name: str) -> None:
        sha = hashlib.sha256(content).hexdigest()
        self._taken.setdefault(volunteer, set()).add(sha)
        with self.service.sessions() as session:
            wanted = VolunteerSignature.volunteer_id == volunteer, VolunteerSignature.sha256 == sha
            stands = session.scalar(select(VolunteerSignature.id).where(*wanted)) is not None
        self.tally.counts.note(stands=stands, equal=stands)
        if not stands:
            self._keep(volunteer, sha, content, name)

    def _keep(self, volunteer: int, sha: str, content: bytes, name: str) -> None:
        try:
            picture = look(io.BytesIO(content))
        except RefusedError as error:
            self.tally.counts.added -= 1
            raise RowError("image_unusable", name=name) from error
        if self.dry_run:
            return
        key = self._free_key(f"signatures/{volunteer}/{sha}")
        size = self.service.store.put(key, [picture.shown])
        with self.service.sessions() as session, session.begin():
            session.add(
                VolunteerSignature(
                    volunteer_id=volunteer,
                    sha256=sha,
                    storage_key=key,
                    width=picture.width,
                    height=picture.height,
                    size=size,
                    loaded_at=self.service.clock.now(),
                )
            )
            self.runs.step(session, self.run_id, self.tally, None)

    def _free_key(self, place: str) -> str:
        """The same for the same picture, so that an import which was cut off leaves nothing behind when it is repeated;
        another one while bytes of an earlier import wait there to be removed."""
        key = f"{place}.jpg"
        with self.service.sessions() as session:
            waits = session.scalar(select(Discarded.id).where(Discarded.storage_key == key)) is not None
        return f"{place}-{uuid.uuid4().hex}.jpg" if waits else key

    def remove_others(self) -> None:
        """Take out older signatures of the volunteers whom the file has."""
        for volunteer, kept in self._taken.items():
            if volunteer in self._spoilt:
                continue
            with self.service.sessions() as session, session.begin():
                others = select(VolunteerSignature).where(
                    VolunteerSignature.volunteer_id == volunteer, VolunteerSignature.sha256.not_in(kept)
                )
                found = session.scalars(others).all()
                discard(session, [row.storage_key for row in found], self.service.clock.real())
                for row in found:
                    session.delete(row)
            self.tally.removed += len(found)


def _volunteer(session: Session, stem: str) -> int | None:
    """Whose signature a file of this name is; a number may follow the id."""
    for code in _codes(stem):
        found = session.scalar(select(Volunteer.id).where(Volunteer.code == code))
        if found is not None:
            return int(found)
    return None


def _codes(stem: str) -> Iterator[str]:
    plain = re.sub(r"\s+", "", stem)
    yield plain
    numbered = _NUMBERED.fullmatch(stem.strip())
    if numbered:
        yield re.sub(r"\s+", "", numbered[1])
