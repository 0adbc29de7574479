"""Documents of the desk as files: one version of a report, or a round compiled, in one format or several as a ZIP.

Made anew each time from what stands; who had them is in the audit.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.catalogue import DEFAULT_LOCALE
from models.base import Sessions
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, Report
from models.work import Audit
from services.documents.letters import Signer
from services.documents.opening import WORD_TYPE, Opened
from services.documents.paper import Document
from services.documents.printing import Documents
from services.ports import Clock
from services.reports.forms import FormCache
from services.texts import Texts

TYPES = {
    "docx": WORD_TYPE,
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What can be made, by ending."""
_ZIP = "application/zip"


@dataclass(frozen=True)
class Papers:
    sessions: Sessions
    clock: Clock
    forms: FormCache
    texts: Texts

    def of_report(self, obligation_id: int, version: int, ending: str, person_id: int) -> Opened:
        """Raises LookupError for a version that is not there, KeyError for an ending that is none of TYPES."""
        with self.sessions() as session:
            found = select(Report).where(Report.obligation_id == obligation_id, Report.number == version)
            report = session.scalar(found)
            obligation = session.get(Obligation, obligation_id)
            if report is None or obligation is None:
                raise LookupError(f"version {version} of obligation {obligation_id}")
            rnd = session.get_one(Round, obligation.round_id)
            document = self._documents(session, rnd).of_report(report.id)
            area_code = obligation.area_code
        if ending == "pdf":
            document = replace(document, letter=None)
        opened = written(document, [ending])
        self._note(person_id, f"obligation {obligation_id}", area_code, opened)
        return opened

    def of_round(
        self, round_id: int, form_key: str, endings: Sequence[str], signer: Signer | None, person_id: int
    ) -> Opened:
        """Raises LookupError for a round or form that is not there, and KeyError as above."""
        with self.sessions() as session:
            rnd = session.get(Round, round_id)
            if rnd is None:
                raise LookupError(f"round {round_id}")
            document = self._documents(session, rnd).of_round(round_id, form_key, signer)
            province = session.get_one(Campaign, rnd.campaign_id).province_code
        opened = written(document, endings)
        self._note(person_id, f"round {round_id}", province, opened)
        return opened

    def signers(self, round_id: int, form_key: str) -> tuple[Signer, ...]:
        """Who may sign the compiled report's covering letter, as the campaign lists them. Raises LookupError."""
        with self.sessions() as session:
            rnd = session.get(Round, round_id)
            if rnd is None:
                raise LookupError(f"round {round_id}")
            return self._documents(session, rnd).signers(round_id, form_key)

    def forms_of(self, round_id: int) -> list[str]:
        """Keys of the forms that a round's districts fill in."""
        with self.sessions() as session:
            found = (
                select(Form.key, Form.id)
                .join(Obligation, Obligation.form_id == Form.id)
                .where(Obligation.round_id == round_id, Form.unit == "district", Form.current_version_id.is_not(None))
                .distinct()
                .order_by(Form.id)
            )
            return [key for key, _id in session.execute(found)]

    def _documents(self, session: Session, rnd: Round) -> Documents:
        """In Thai, whatever language the desk is read in: it is what the office sends."""
        campaign = session.get_one(Campaign, rnd.campaign_id)
        return Documents(session, self.forms, self.texts.catalogue(DEFAULT_LOCALE, campaign), self.clock.now())

    def _note(self, person_id: int, subject: str, area_code: str, opened: Opened) -> None:
        row = Audit(
            at=self.clock.now(),
            person_id=person_id,
            action="printed",
            subject=subject,
            area_code=area_code,
            detail={"file": opened.name},
        )
        with self.sessions() as session, session.begin():
            session.add(row)


def written(document: Document, endings: Sequence[str]) -> Opened:
    """The document as a file; in several formats, as a ZIP of them. Raises KeyError for an ending that is not made."""
    files = [(f"{document.name}.{ending}", _bytes(document, ending)) for ending in endings]
    if len(files) == 1:
        return Opened(files[0][0], TYPES[endings[0]], files[0][1])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return Opened(f"{document.name}.zip", _ZIP, packed.getvalue())


def _bytes(document: Document, ending: str) -> bytes:
    """The writers are loaded when they are first wanted: their libraries are slow to."""
    from services.documents.writers.docx import write_docx  # noqa: PLC0415
    from services.documents.writers.pdf import write_pdf  # noqa: PLC0415
    from services.documents.writers.xlsx import write_xlsx  # noqa: PLC0415

    return {"docx": write_docx, "pdf": write_pdf, "xlsx": write_xlsx}[ending](document)
