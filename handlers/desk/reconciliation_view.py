"""A comparison in words: what the pages of reconciling show, row by row, in the visitor's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import abort, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from handlers.desk.frame import Frame
from models.campaign import Campaign, Form
from services.desk.scope import campaign_of_desk
from services.people.people import Areas
from services.reconciliation.compare import DISTRICT, PARTS, REGISTER, TAMBON, Finding, Line
from services.reconciliation.frozen_state import Change
from services.reconciliation.likely import TOTAL, Candidate, Reason
from services.reconciliation.reconciling import Reconciled, Said, reconcile
from services.reconciliation.rows import LikelyRows
from services.reconciliation.tables import ordered
from services.reports.forms import FormCache

SHOWN: Final = 12
"""Differences told with their likely rows on one page."""
_VILLAGE = 8


@dataclass(frozen=True, slots=True)
class Cell:
    value: int | None
    partly: str = ""
    """Of how many it is the sum, where some are missing."""
    gap: int | None = None
    """None: nothing to compare with, or not all is there yet."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    code: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    finding: Finding
    name: str
    line: str
    notes: tuple[str, ...]
    said: Said | None
    rows: tuple[tuple[str, str], ...]
    """Sentence and address of each likely row; "" for none."""
    links: tuple[Link, ...]


@dataclass(frozen=True)
class View:
    session: Session
    words: Catalogue
    areas: Areas
    looked: Reconciled
    forms: FormCache

    def sources(self, area: str) -> tuple[str, ...]:
        """Of the lines of a page."""
        present = {source for line in self._wanted(area) for source in line.figures}
        return ordered(list(present), self.looked.measure.reported)

    def source(self, source: str) -> str:
        """A column's heading."""
        label = box_label(self.session, self.forms, self.looked.campaign, self.looked.plan.form, source, self.words)
        return source_name(self.words, source, label, self.looked.sources.round_number)

    def lines(self, area: str) -> tuple[ShownLine, ...]:
        """The area and what lies right below it."""
        sources = self.sources(area)
        return tuple(
            ShownLine(line.code, self.areas[line.code].name, tuple(self._cells(line, sources)))
            for line in self._wanted(area)
        )

    def _wanted(self, area: str) -> list[Line]:
        lines = self.looked.comparison.lines
        return [lines[code] for code in self.looked.sources.codes if code == area or code[:-2] == area]

    def _cells(self, line: Line, sources: Sequence[str]) -> Iterator[Cell]:
        for source in sources:
            figure = line.figures.get(source)
            if figure is None:
                yield Cell(None)
                continue
            values = {"counted": figure.counted, "expected": figure.expected}
            partly = "" if figure.complete else self._say("counted", **values)
            yield Cell(figure.value, partly, line.gaps.get(source) if figure.complete else None)

    def findings(self) -> tuple[ShownFinding, ...]:
        """The first ones, with their likely rows."""
        likely = LikelyRows(self.session, self.looked)
        return tuple(self._finding(found, likely) for found in self.looked.comparison.findings[:SHOWN])

    def _finding(self, found: Finding, likely: LikelyRows) -> ShownFinding:
        line = self.looked.comparison.lines[found.code]
        kind = found.source if found.source in {PARTS, REGISTER} else "box"
        said = self._say(
            f"finding.{kind}",
            area=self.areas[found.code].name,
            against=self.source(found.against),
            said=line.figures[found.against].value,
            source=self.words.say(Text("desk.reconciliation.and", {"list": self._sources(found)})),
            found=line.figures[found.source].value,
            gap=abs(line.gaps[found.source]),
        )
        notes = []
        if found.gap != line.gaps[found.source]:
            notes.append(self._say("finding.here", gap=abs(found.gap)))
        if found.missing:
            notes.append(self._say("finding.missing", n=len(found.missing)))
        rows = tuple((self._row(found, one), self._place(found, one.key)) for one in likely.of(found))
        name = self.areas[found.code].name
        return ShownFinding(found, name, said, tuple(notes), self.looked.said(found), rows, self._links(found))

    def _sources(self, found: Finding) -> tuple[str, ...]:
        return tuple(self.source(source) for source in (found.source, *found.also))

    def _row(self, found: Finding, one: Candidate) -> str:
        name = self.areas[one.key].name if one.key != TOTAL else self._say("total", area=self.areas[found.code].name)
        key: str = one.reason.value
        if one.reason is Reason.ABSENT and one.instead is None:
            key = "absent_unknown"
        if one.reason is Reason.STOOD_STILL and one.key == TOTAL:
            key = "total_stood_still"
        beside = self.areas[one.beside].name if one.beside else ""
        why = self._say(f"likely.{key}", value=one.value or 0, instead=one.instead or 0, beside=beside)
        return self._say("guess", row=name, why=why)

    def _place(self, found: Finding, key: str) -> str:
        """The page of a likely row: a village's houses, a report, the history of a figure, a list of villages."""
        code = key or found.code
        if len(code) == _VILLAGE:
            return url_for("desk_village.houses", code=code)
        if found.source == REGISTER and key:
            return self._villages(code)
        report = self.looked.sources.reports.get(code)
        if found.source in self.looked.measure.reported and report is not None:
            return url_for("desk_report.report", report=report.obligation_id)
        return url_for("desk_reconciliation.history", code=code, measure=self.looked.measure.key)

    def _links(self, found: Finding) -> tuple[Link, ...]:
        """Where to go on looking."""
        code, links = found.code, []
        report = self.looked.sources.reports.get(code)
        if report is not None and {found.source, *found.also} & set(self.looked.measure.reported):
            links.append(Link("report", url_for("desk_report.report", report=report.obligation_id)))
        if len(code) >= DISTRICT and found.source == REGISTER:
            links.append(Link("villages", self._villages(code)))
            links.append(Link("quality", url_for("desk_quality.finding", check="district_sums", district=code[:4])))
        links.append(
            Link("history", url_for("desk_reconciliation.history", code=code, measure=self.looked.measure.key))
        )
        return tuple(Link(self._say(f"button.{link.label}"), link.address) for link in links)

    @staticmethod
    def _villages(code: str) -> str:
        tambon = code if len(code) == TAMBON else None
        return url_for("desk_households.villages", district=code[:4] if len(code) >= DISTRICT else None, tambon=tambon)

    def changes(self, changes: Sequence[Change]) -> tuple[str, ...]:
        return tuple(
            self._say(
                "change",
                area=self.areas[change.code].name,
                source=self.source(change.source),
                then=self._number(change.then),
                now=self._number(change.now),
            )
            for change in changes[:SHOWN]
        )

    def _number(self, value: int | None) -> Text | int:
        return value if value is not None else Text("desk.reconciliation.nothing")

    def _say(self, key: str, **values: str | int | Text) -> str:
        return self.words.say(Text(f"desk.reconciliation.{key}", dict(values)))


def look(frame: Frame, session: Session, measure: str, area: str) -> Reconciled | None:
    """A measure ("" for the first) of an area; 404 where the visitor may not see it, None where nothing is compared."""
    scope = frame.visitor.scope
    if not scope.sees(area):
        abort(HTTPStatus.NOT_FOUND)
    inside = scope.narrowed(area)
    return reconcile(session, campaign_of_desk(session, inside), measure, inside, frame.runtime.clock.now())


def box_label(session: Session, forms: FormCache, campaign: Campaign, form: str, box: str, words: Catalogue) -> str:
    """What the form calls a box, short; its name where the form has it no more."""
    version = session.scalar(select(Form.current_version_id).where(Form.campaign_id == campaign.id, Form.key == form))
    question = forms.get(session, version).questions.get(box) if version is not None else None
    return (question.short(words.locale) if question is not None else "") or box


def source_name(words: Catalogue, source: str, label: str, round_number: int) -> str:
    key = f"desk.reconciliation.source.{source}"
    if key in words:
        return words.say(Text(key))
    return words.say(Text("desk.reconciliation.source.box", {"round": round_number, "label": label}))
