"""Official documents out of the database: a district's report on the printed form, and a round compiled.

Whatever was reported is printed as it was confirmed; who has not reported stands as such. Reads only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.forms.compiled import CompiledForm, Kind
from bot.forms.values import Values, from_json
from bot.messages.bubbles import Text, text
from bot.messages.catalogue import Catalogue
from models.campaign import Campaign, Form, FormVersion, Round
from models.obligation import Obligation, ObligationState, Report
from models.people import Person
from services.calendar import day_of
from services.documents.filling import DistrictRow, as_of, box_sheet, compiled_sheet, covering_letter, form_sheet
from services.documents.letters import LetterSpec, Signer, labels_of
from services.documents.paper import Document, Sheet
from services.documents.plain import plain_compiled, plain_form
from services.documents.spec import CompiledSpec, FormSpec, compiled_spec, form_spec
from services.documents.templates import Chosen, Printer
from services.documents.values import values_of
from services.people.people import Areas
from services.reports.forms import FormCache

AS_OF = "as_of"
"""The box of a report's own day, where its form has one."""


@dataclass(frozen=True)
class Documents:
    session: Session
    forms: FormCache
    catalogue: Catalogue
    """Of the language in which is printed."""
    now: dt.datetime
    """Civil time: the month of the letter."""

    @property
    def _printer(self) -> Printer:
        return Printer(self.catalogue.calendar.in_words)

    def of_report(self, report_id: int) -> Document:
        """One version of a report, on the form and box by box. Raises LookupError and PrintError."""
        report = self.session.get(Report, report_id)
        if report is None:
            raise LookupError(f"report {report_id}")
        found = self._found(report)
        values = values_of(found.values, self.catalogue)
        spec = self._form_spec(found)
        words = {**values, **self._about(found, report)}
        sheet = form_sheet(spec, words, self._printer, self._disclaimer(found.campaign))
        name = f"{found.form_row.key}-{found.area_code}-{found.round.number}"
        return self._document(name, (sheet, self._boxes(found, values)), spec.letter, words)

    def of_round(self, round_id: int, form_key: str, signer: Signer | None = None) -> Document:
        """All districts of a round: with 13 of 14 reports it says so; who was excused is not among them. `signer`: of
        the covering letter. Raises LookupError and PrintError."""
        rnd, form_row = self._asked(round_id, form_key)
        campaign = self.session.get_one(Campaign, rnd.campaign_id)
        districts, days = self._districts(rnd, form_row)
        spec = self._compiled_spec(campaign, form_row)
        words = {
            "round": rnd.number,
            "due": day_of(rnd.due_at),
            "as_of": as_of(days),
            "reports": sum(district.values is not None for district in districts),
            "districts": sum(not district.excused for district in districts),
        }
        sheet = compiled_sheet(spec, districts, words, self._printer, self._disclaimer(campaign))
        return self._document(f"{form_key}-{campaign.province_code}-{rnd.number}", (sheet,), spec.letter, words, signer)

    def signers(self, round_id: int, form_key: str) -> tuple[Signer, ...]:
        """Who may sign the covering letter of a compiled round. Raises LookupError."""
        rnd, form_row = self._asked(round_id, form_key)
        letter = self._compiled_spec(self.session.get_one(Campaign, rnd.campaign_id), form_row).letter
        return letter.signers if letter is not None else ()

    def _asked(self, round_id: int, form_key: str) -> tuple[Round, Form]:
        rnd = self.session.get(Round, round_id)
        form_row = self.session.scalar(
            select(Form).where(Form.campaign_id == (rnd.campaign_id if rnd else 0), Form.key == form_key)
        )
        if rnd is None or form_row is None or form_row.current_version_id is None:
            raise LookupError(f"round {round_id}, form {form_key}")
        return rnd, form_row

    def _document(
        self,
        name: str,
        sheets: tuple[Sheet, ...],
        letter: LetterSpec | None,
        words: Mapping[str, Any],
        signer: Signer | None = None,
    ) -> Document:
        calendar = self.catalogue.calendar
        month, thai = calendar.month_of(day_of(self.now)), calendar.thai_digits_in_letters
        cover = covering_letter(letter, words, self._printer, month, thai=thai, signer=signer)
        return Document(name, sheets, cover, labels_of(self.catalogue), self.catalogue.locale)

    def _districts(self, rnd: Round, form_row: Form) -> tuple[list[DistrictRow], list[Any]]:
        areas = Areas(self.session, self.catalogue)
        districts, days = [], []
        for area_code, state, report in self._newest(rnd, form_row):
            name = areas[area_code].short
            if state == ObligationState.WAIVED:
                districts.append(DistrictRow(name, None, self._say(text("document.excused"))))
                continue
            if report is None:
                districts.append(DistrictRow(name, None))
                continue
            values = values_of(
                from_json(self.forms.get(self.session, report.form_version_id), report.answers), self.catalogue
            )
            districts.append(DistrictRow(name, values))
            days.append(values.get(AS_OF) or day_of(report.submitted_at))
        return districts, days

    def _newest(self, rnd: Round, form_row: Form) -> list[tuple[str, str, Report | None]]:
        """Each area that owes the form, with its state and the newest version of its report."""
        newest = (
            select(Report.obligation_id, func.max(Report.number).label("number"))
            .group_by(Report.obligation_id)
            .subquery()
        )
        rows = self.session.execute(
            select(Obligation.area_code, Obligation.state, Report)
            .outerjoin(newest, newest.c.obligation_id == Obligation.id)
            .outerjoin(Report, (Report.obligation_id == Obligation.id) & (Report.number == newest.c.number))
            .where(Obligation.round_id == rnd.id, Obligation.form_id == form_row.id)
            .order_by(Obligation.area_code)
        )
        return [(area_code, state, report) for area_code, state, report in rows]

    def _found(self, report: Report) -> Found:
        obligation = self.session.get_one(Obligation, report.obligation_id)
        rnd = self.session.get_one(Round, obligation.round_id)
        form = self.forms.get(self.session, report.form_version_id)
        return Found(
            campaign=self.session.get_one(Campaign, rnd.campaign_id),
            round=rnd,
            form_row=self.session.get_one(Form, obligation.form_id),
            area_code=obligation.area_code,
            form=form,
            values=from_json(form, report.answers),
        )

    def _about(self, found: Found, report: Report) -> dict[str, Any]:
        """What a report's templates may name besides its boxes (spec.FORM_NAMES)."""
        author = self.session.get_one(Person, report.submitted_by)
        locale = self.catalogue.locale
        attrs = {name: group.attrs for name, group in found.form.groups.items()}
        own = values_of(found.values, self.catalogue).get(AS_OF)
        area = Areas(self.session, self.catalogue)[found.area_code]
        return {
            "area": area.name,
            "place": area.short,
            "round": found.round.number,
            "due": day_of(found.round.due_at),
            "as_of": own or day_of(report.submitted_at),
            "reporter": report.phoned_by or ", ".join(filter(None, (author.name, author.position))),
            "reference": report.reference,
            "sent": day_of(report.submitted_at),
            "version": report.number,
            "late": report.late,
            "full": {name: each.get(f"full_{locale}") or each.get("full", "") for name, each in attrs.items()},
        }

    def _form_spec(self, found: Found) -> FormSpec:
        for given in (found.campaign.settings.get("documents") or {}).values():
            if given["form"] == found.form_row.key and "rows" in given:
                return form_spec(given)
        return plain_form(found.form_row.key, found.form, self.catalogue)

    def _compiled_spec(self, campaign: Campaign, form_row: Form) -> CompiledSpec:
        for given in (campaign.settings.get("documents") or {}).values():
            if given["form"] == form_row.key and "first" in given:
                return compiled_spec(given)
        version = self.session.get_one(FormVersion, form_row.current_version_id)
        return plain_compiled(form_row.key, self.forms.get(self.session, version.id), self.catalogue)

    def _disclaimer(self, campaign: Campaign) -> str:
        texts: Mapping[str, str] = campaign.settings.get("disclaimer") or {}
        return texts.get(self.catalogue.locale) or texts.get("th", "")

    def _boxes(self, found: Found, values: Mapping[str, Any]) -> Sheet:
        rows: list[tuple[str, str, Any]] = []
        for name, question in found.values.questions.items():
            value = values.get(name)
            if value is None or (question.kind is Kind.CALCULATE and not question.box):
                continue
            label = question.short(self.catalogue.locale) or found.values.text(question.label, self.catalogue.locale)
            rows.append((str(question.box or ""), label or name, value.label if isinstance(value, Chosen) else value))
        heads = [self._say(text(f"document.{name}")) for name in ("box", "label", "value")]
        tab = self._say(text("document.boxes"))
        return box_sheet(tab, (tab,), rows, self._printer, heads)

    def _say(self, words: Text) -> str:
        return self.catalogue.say(words)


@dataclass(frozen=True, slots=True)
class Found:
    """A report with everything around it."""

    campaign: Campaign
    round: Round
    form_row: Form
    area_code: str
    form: CompiledForm
    values: Values
