"""The register as one door, for the commands and for pages of an office: file objects in, counts and sentences out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from models.base import Sessions
from services.ports import Clock, MediaStore
from services.register.exporting import Exporter
from services.register.importing import Importer
from services.register.runs import Imported
from services.register.signatures import SignatureImporter
from services.register.words import Words
from services.register.work import Progress
from services.texts import Texts


def _unseen(_done: int, _total: int | None) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Register:
    sessions: Sessions
    clock: Clock
    media: MediaStore
    texts: Texts

    @cached_property
    def words(self) -> Words:
        return Words.load()

    def import_table(
        self,
        kind: str,
        file: BinaryIO,
        file_name: str,
        *,
        dry_run: bool = False,
        replace: bool = False,
        person_id: int | None = None,
        progress: Progress = _unseen,
        run_id: int | None = None,
        within: str = "",
    ) -> Imported:
        """See Importer.run."""
        importer = Importer(self.sessions, self.clock, self.media, self.texts, self.words)
        return importer.run(
            kind,
            file,
            file_name,
            dry_run=dry_run,
            replace=replace,
            person_id=person_id,
            progress=progress,
            run_id=run_id,
            within=within,
        )

    def import_signatures(
        self,
        file: BinaryIO,
        file_name: str,
        *,
        dry_run: bool = False,
        replace: bool = False,
        person_id: int | None = None,
        progress: Progress = _unseen,
    ) -> Imported:
        """See SignatureImporter.run."""
        importer = SignatureImporter(self.sessions, self.clock, self.media, self.texts)
        return importer.run(file, file_name, dry_run=dry_run, replace=replace, person_id=person_id, progress=progress)

    def export(
        self,
        kind: str,
        file: BinaryIO,
        form: str,
        *,
        area: str = "",
        locale: str = "th",
        person_id: int | None = None,
        progress: Callable[[int], None] = lambda _rows: None,
    ) -> int:
        """See Exporter.run."""
        exporter = Exporter(self.sessions, self.clock, self.texts)
        return exporter.run(kind, file, form, area=area, locale=locale, person_id=person_id, progress=progress)
