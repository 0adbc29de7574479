"""A form that is uploaded on the desk: checked, kept until it is published or dropped, published as a new version.

Until then nothing of the campaign changes. Publishing exchanges the form's file in the campaign's folder, so everything
that refers to its boxes (documents, summary, figures) is checked with it.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath

from sqlalchemy import delete, select

from bot.forms.compiled import CompiledForm
from bot.forms.load import compile_xform, compile_xlsform
from bot.forms.problems import FormError, FormProblem
from models.base import Sessions
from models.campaign_file import FormUpload
from models.people import Person
from services.campaigns.fault import Fault
from services.campaigns.files import CampaignError
from services.campaigns.folder import MAIN, Files, config_of, written
from services.campaigns.keeping import CampaignKeeping, checked
from services.ports import Clock

MACROS = "xl/vbaProject.bin"
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was uploaded and is not published."""

    id: int
    filename: str
    content: bytes
    form: CompiledForm
    uploaded_at: dt.datetime
    uploaded_by: str
    """Name; empty for somebody who is no longer known."""


@dataclass(frozen=True)
class FormUploads:
    sessions: Sessions
    clock: Clock
    campaigns: CampaignKeeping

    def take(self, form_id: int, key: str, filename: str, data: bytes, by: int) -> None:
        """Check an uploaded file and keep it in place of one that waited. Raises FormError, which changes nothing."""
        form = compiled(key, filename, data)
        values = {
            "filename": PurePath(filename.replace("\\", "/")).name[-LONGEST_NAME:],
            "content": data,
            "xform": form.xform.decode(),
            "uploaded_at": self.clock.now(),
            "uploaded_by": by,
        }
        with self.sessions() as session, session.begin():
            session.execute(delete(FormUpload).where(FormUpload.form_id == form_id))
            session.add(FormUpload(form_id=form_id, **values))

    def waiting(self, form_id: int) -> Waiting | None:
        with self.sessions() as session:
            row = session.scalar(select(FormUpload).where(FormUpload.form_id == form_id))
            person = session.get(Person, row.uploaded_by) if row is not None else None
        if row is None:
            return None
        name = (person.name or "") if person is not None else ""
        form = compile_xform(row.xform.encode())
        return Waiting(row.id, row.filename, row.content, form, row.uploaded_at, name)

    def drop(self, form_id: int, upload_id: int) -> bool:
        """Of that upload alone. False: a colleague has brought another in its place, which goes on waiting."""
        wanted = delete(FormUpload).where(FormUpload.form_id == form_id, FormUpload.id == upload_id)
        with self.sessions() as session, session.begin():
            return bool(session.execute(wanted.returning(FormUpload.id)).all())

    def faults(self, slug: str, key: str, upload: Waiting) -> tuple[Fault, ...]:
        """Why the campaign cannot use the form, in the loader's words; empty where it can. Raises LookupError."""
        try:
            checked(with_form(self.campaigns.files(slug), key, upload.filename, upload.content))
        except CampaignError as error:
            return tuple(error.faults)
        return ()

    def publish(self, slug: str, key: str, form_id: int, upload_id: int, by: int) -> None:
        """Reports that are begun from now on use it. Raises LookupError where that upload does not wait any more,
        CampaignError, ChangedMeanwhileError."""
        upload = self.waiting(form_id)
        if upload is None or upload.id != upload_id:
            raise LookupError(key)
        self.campaigns.change(
            slug, lambda files: with_form(files, key, upload.filename, upload.content), by, "form_published"
        )
        self.drop(form_id, upload_id)


def compiled(key: str, filename: str, data: bytes) -> CompiledForm:
    """The form, under the name that its file will have. Raises FormError."""
    suffix = PurePath(filename).suffix.lower()
    if suffix == ".xlsm" or _has_macros(data):
        raise FormError([FormProblem("", None, "macros", {"name": filename})])
    return compile_xlsform(data, f"{key}{suffix}")


def _has_macros(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return MACROS in archive.namelist()
    except zipfile.BadZipFile:
        return False


def with_form(files: Files, key: str, filename: str, content: bytes) -> Files:
    """The folder with this file in the place of the form's. Raises LookupError for a form that it has not."""
    config = config_of(files)
    old = str(config["forms"][key]["file"])
    named_elsewhere = {str(spec["file"]) for other, spec in config["forms"].items() if other != key}
    kept = {path: content for path, content in files.items() if path != old or path in named_elsewhere}
    new = _free_name(key, PurePath(filename).suffix.lower(), kept)
    if old != new:
        config["forms"][key]["file"] = new
        kept[MAIN] = written(config)
    return {**kept, new: content}


def _free_name(key: str, suffix: str, taken: Files) -> str:
    """The form's key, or with a number after it where another file of the folder is called so."""
    names = (f"{key}{f'_{number}' if number > 1 else ''}{suffix}" for number in count(1))
    return next(name for name in names if name not in taken)
