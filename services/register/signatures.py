"""Volunteers' signatures from a ZIP of pictures named by their ids. They are kept for people to look at, never compared
by machine.

The archive is hostile until looked at: nothing is unpacked to disk, no name in it becomes a path, and each picture is
opened behind limits and drawn anew (`services.evidence.pictures.look`).
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.register import Volunteer, VolunteerSignature
from services.evidence.pictures.look import RefusedError, look
from services.ports import Clock, MediaStore
from services.register.fault_table import FaultTable
from services.register.faults import FileFault, RowError, RowFault
from services.register.kinds import SIGNATURES
from services.register.runs import Imported, Runs, Tally
from services.register.work import Progress
from services.texts import Texts

ENTRIES: Final = 200_000
LARGEST: Final = 5 << 20
"""Bytes of one picture."""
_RATIO: Final = 200
_ENCRYPTED: Final = 0x1
_UTF8_NAMES: Final = 0x800
_LINK: Final = 0o120000
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
        has. Raises FileFault when it is no such archive, OSError when the media store fails.
        """
        runs = Runs(self.sessions, self.clock)
        run_id = runs.begin(SIGNATURES, file_name, person_id, dry_run=dry_run, replace=replace)
        work = _Work(self, runs, run_id, dry_run=dry_run)
        with closing(FaultTable(self.texts)) as faults:
            try:
                with _archive(file) as archive:
                    work.read(archive, faults, progress)
            except FileFault as fault:
                runs.end(run_id, work.tally, "", fault)
                raise
            if replace and not dry_run:
                work.remove_others()
            errors_key = faults.store(self.store, f"register/errors/{run_id}.csv")
            runs.end(run_id, work.tally, errors_key)
            return Imported(run_id, work.tally, tuple(faults.first), errors_key)


def _archive(file: BinaryIO) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileFault("no_zip") from error
    if len(archive.infolist()) > ENTRIES:
        archive.close()
        raise FileFault("swollen")
    return archive


@dataclass(slots=True)
class _Work:
    service: SignatureImporter
    runs: Runs
    run_id: int
    dry_run: bool
    tally: Tally = field(default_factory=Tally)
    _taken: dict[int, set[str]] = field(default_factory=dict)

    def read(self, archive: zipfile.ZipFile, faults: FaultTable, progress: Progress) -> None:
        entries = [entry for entry in archive.infolist() if not _besides(entry)]
        for number, entry in enumerate(entries, 1):
            self.tally.read += 1
            try:
                self._take(archive, entry)
            except RowError as error:
                self.tally.refused += 1
                faults.add(RowFault(error.what, error.values, number))
            progress(number, len(entries))

    def _take(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        name = _name(entry)
        with self.service.sessions() as session:
            volunteer = _volunteer(session, name.rpartition(".")[0] or name)
        if volunteer is None:
            raise RowError("image_unknown", name=name)
        content = _content(archive, entry, name)
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
        key = f"signatures/{volunteer}/{sha}.jpg"
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

    def remove_others(self) -> None:
        """Take out older signatures of the volunteers whom the file has."""
        for volunteer, kept in self._taken.items():
            with self.service.sessions() as session:
                others = select(VolunteerSignature.id, VolunteerSignature.storage_key).where(
                    VolunteerSignature.volunteer_id == volunteer, VolunteerSignature.sha256.not_in(kept)
                )
                found = session.execute(others).all()
            for identity, key in found:
                self.service.store.delete(key)
                with self.service.sessions() as session, session.begin():
                    session.execute(delete(VolunteerSignature).where(VolunteerSignature.id == identity))
            self.tally.removed += len(found)


def _besides(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what systems put into archives unasked."""
    last = entry.filename.rstrip("/").rpartition("/")[2]
    return entry.is_dir() or entry.filename.startswith("__MACOSX/") or last.startswith(".") or last == "Thumbs.db"


def _name(entry: zipfile.ZipInfo) -> str:
    """The picture's own name. Raises RowError for an entry that would climb out of its folder, or is a link."""
    path = entry.filename
    if not entry.flag_bits & _UTF8_NAMES:
        try:
            # Windows in Thailand writes names in its own code page
            path = path.encode("cp437").decode("cp874")
        except UnicodeError:
            path = entry.filename
    parts = path.split("/")
    if (
        ".." in parts
        or path.startswith("/")
        or "\\" in path
        or ":" in path
        or entry.external_attr >> 16 & _LINK == _LINK
    ):
        raise RowError("image_path")
    return parts[-1]


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise RowError("image_unusable", name=name)
    if entry.file_size > LARGEST or entry.file_size > max(1 << 20, entry.compress_size * _RATIO):
        raise RowError("image_big", name=name, most=LARGEST >> 20)
    try:
        with archive.open(entry) as packed:
            content = packed.read(LARGEST + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise RowError("image_unusable", name=name) from error
    if len(content) > LARGEST:
        raise RowError("image_big", name=name, most=LARGEST >> 20)
    return content


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
