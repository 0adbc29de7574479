"""A draft on the official form, before anything is sent: the same cells and sentences, and it says what it is."""

from __future__ import annotations

from dataclasses import replace

from bot.forms.values import refresh
from bot.messages.bubbles import text
from models.area import Area
from models.obligation import Draft, Obligation, Report
from models.people import Person
from services.documents.filling import form_sheet
from services.documents.paper import Document
from services.documents.printing import Documents
from services.documents.templates import BLANK
from services.documents.values import values_of
from services.reports.known import known_for
from services.reports.last_round import last_report


class DraftDocuments(Documents):
    """Prints what has not been sent."""

    def of_draft(self, draft: Draft, person_id: int) -> Document:
        """The form alone, as `person_id` would send it now. Raises PrintError."""
        unsent = Report(
            obligation_id=draft.obligation_id,
            number=(draft.amends or 0) + 1,
            reference=BLANK,
            form_version_id=draft.form_version_id,
            answers=draft.answers,
            submitted_by=person_id,
            phoned_by="",
            submitted_at=self.now,
            late=False,
        )
        found = self._found(unsent)
        obligation = self.session.get_one(Obligation, draft.obligation_id)
        area = self.session.get_one(Area, obligation.area_code)
        name = self.session.get_one(Person, person_id).name
        known = known_for(self.session, found.campaign, found.round, area, name)
        last = last_report(self.session, obligation, found.form)
        if last is not None:
            known = replace(known, last=last.values.everything())
        found = replace(found, values=refresh(found.values, known, self.now))
        spec = self._form_spec(found)
        words = {**values_of(found.values, self.catalogue), **self._about(found, unsent), "sent": BLANK}
        sheet = form_sheet(spec, words, self._printer, self._disclaimer(found.campaign))
        told = self._say(text("document.draft"))
        sheet = replace(sheet, title=(told, *sheet.title))
        return self._document(f"draft-{draft.obligation_id}", (sheet,), None, words)
