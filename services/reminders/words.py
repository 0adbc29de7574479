"""The words of a reminder, for one person: what is owed, how far a half-finished report has come, one tap to begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.report.last_round.ways import WAYS, headline
from bot.conversation.report_facts import LastReport
from bot.conversation.say import tap
from bot.conversation.staff import overview_lines
from bot.forms.values import Values, from_json
from bot.messages.bubbles import Bubble, Button, Day, Text, Value, Words, text
from bot.messages.catalogue import Catalogue
from models.campaign import Form
from models.obligation import Draft, Obligation, ObligationState, Report
from models.people import Role
from services.calendar import BANGKOK, day_of
from services.ledger.ledger import returned_boxes
from services.ledger.overview import OverviewReader
from services.ledger.rounds import called
from services.people.people import Areas
from services.reminders.plan import Due
from services.reports.forms import FormCache
from services.reports.last_round import last_report

SECONDS_A_QUESTION = 15
USUAL_MINUTES = 3
RETURNED_TEXT = "reminder.returned_again"
RETURNED_BUTTONS = ("report.button.edit",)
MOST_BOXES = 5
"""Boxes of a returned report that are named; a card has room for twelve lines."""

_BUTTONS = {
    "report.button.start": "begin",
    "report.button.resume": "begin",
    "report.button.fill_in": "fill_in",
    **{f"report.button.{way}": way for way in WAYS},
    "report.button.ask_help": "contact",
    "report.button.problem": "contact",
    "report.button.edit": "begin",
    "staff.button.who_owes": "who_missing",
}
"""What a button of the plan does, by the catalogue key of its label."""


@dataclass(frozen=True)
class Writer:
    """Words one reminder for one person."""

    session: Session
    forms: FormCache
    due: Due
    catalogue: Catalogue
    now: dt.datetime
    first_time: frozenset[int] = frozenset()
    """Obligations whose area has no earlier report that could be looked for."""

    def to_district(self, obligation: Obligation, draft: Draft | None, role: str) -> Bubble:
        if obligation.state == ObligationState.RETURNED:
            return self._returned(obligation)
        area = Areas(self.session, self.catalogue)[obligation.area_code]
        started = self._started(draft) if draft is not None else {}
        values: dict[str, Value] = {
            "area": area.name,
            "district": area.short,
            "round": self._round,
            "due": self._due_day,
            "prepare": self._of_locale("prepare"),
            "minutes": USUAL_MINUTES,
            "addressee": text(f"reminder.addressee_{'head' if role == Role.HEAD else 'officer'}", area=area.name),
            **self._times(),
            **started,
        }
        last = None if started else self._last(obligation)
        stage = "started" if started else "later" if last is not None else ""
        lines: tuple[Words, ...] = (text(self._text(stage), **values), *self._last_time(last))
        return Bubble(lines, self._buttons(obligation.id, stage), card=True)

    @property
    def _round(self) -> int | Text:
        return called(self.due.campaign, self.due.round, self.catalogue.locale)

    def to_agree(self, obligation: Obligation, asked_at: dt.datetime) -> Bubble:
        """To the head of office, who is waited for: since when, with the card one tap away."""
        area, local = Areas(self.session, self.catalogue)[obligation.area_code], asked_at.astimezone(BANGKOK)
        values: dict[str, Value] = {"area": area.name, "round": self._round, "day": Day(local.date())}
        look = tap("report.approval.button.look", "begin", o=obligation.id)
        return Bubble((text("reminder.approval", due=self._due_day, time=local, **values),), (look,), card=True)

    def _returned(self, obligation: Obligation) -> Bubble:
        """What the province wants looked at again, in the reviewer's words (R-06)."""
        area = Areas(self.session, self.catalogue)[obligation.area_code]
        values: dict[str, Value] = {"area": area.name, "round": self._round, "due": self._due_day}
        lines = (text(self._variant("text", "returned", RETURNED_TEXT), **values), *self._reasons(obligation))
        return Bubble(lines, self._buttons(obligation.id, "returned"), card=True)

    def _reasons(self, obligation: Obligation) -> Iterator[Words]:
        asked = returned_boxes(self.session, obligation.id)
        sent = self._sent(obligation)
        for name, because in asked[:MOST_BOXES]:
            question = sent.questions.get(name) if sent is not None else None
            if question is None or sent is None:
                yield text("reminder.returned_why", because=because)
                continue
            short = question.short(self.catalogue.locale) or question.name
            label = text("reminder.box", box=question.box, title=short) if question.box is not None else short
            value = sent.get(name)
            if value.isdecimal():
                yield text("reminder.returned_value", label=label, value=int(value), because=because)
            else:
                yield text("reminder.returned_box", label=label, because=because)
        if len(asked) > MOST_BOXES:
            yield text("reminder.returned_more", n=len(asked) - MOST_BOXES)

    def _sent(self, obligation: Obligation) -> Values | None:
        """The report as it was sent last."""
        newest = select(Report).where(Report.obligation_id == obligation.id).order_by(Report.number.desc()).limit(1)
        report = self.session.scalar(newest)
        return from_json(self.forms.get(self.session, report.form_version_id), report.answers) if report else None

    @property
    def _due_day(self) -> Day:
        return Day(day_of(self.due.round.due_at))

    def _text(self, stage: str) -> str:
        """The entry's text; another one when the words of its own day or hour are not true any more."""
        if not self.due.fresh:
            stage = "caught_up" if "text_caught_up" in self.due.entry.words else stage
        return str(self._variant("text", stage, ""))

    def _variant(self, name: str, stage: str, usual: Any) -> Any:
        """text_started for a half-finished report, text_later where an earlier round can be started from, else text."""
        words = self.due.entry.words
        found = words.get(f"{name}_{stage}")
        return found or (usual if stage == "returned" else words.get(name, usual))

    def _last(self, obligation: Obligation) -> LastReport | None:
        if obligation.id in self.first_time:
            return None
        version = self.session.get_one(Form, obligation.form_id).current_version_id
        form = self.forms.get(self.session, version) if version is not None else None
        return last_report(self.session, obligation, form) if form is not None else None

    def _last_time(self, last: LastReport | None) -> tuple[Words, ...]:
        """The main figure of the last round, beside the ways to start from it."""
        figure = headline(last.values, self.catalogue.locale) if last is not None else None
        return () if figure is None else (text("reminder.last_time", figures=figure),)

    def _buttons(self, obligation_id: int, stage: str) -> tuple[Button, ...]:
        labels = self._variant("buttons", stage, RETURNED_BUTTONS if stage == "returned" else ())
        return tuple(tap(label, _BUTTONS[label], o=obligation_id) for label in labels if label in _BUTTONS)

    def _started(self, draft: Draft) -> dict[str, Value]:
        """How far a half-finished report has come."""
        form = self.forms.get(self.session, draft.form_version_id)
        values = from_json(form, draft.answers)
        boxes = [item for item in form.questions.values() if item.box is not None]
        left = len(values.due(frozenset(draft.skipped)))
        return {
            "n": left,
            "done": sum(1 for item in boxes if values.get(item.name)),
            "total": len(boxes),
            "minutes": max(1, round(left * SECONDS_A_QUESTION / 60)),
        }

    def _of_locale(self, name: str) -> str:
        words = self.due.campaign.settings.get(name, {})
        return str(words.get(self.catalogue.locale) or words.get("th", ""))

    def _times(self) -> dict[str, Value]:
        """Values that the plan gives; 12:00 is written as people of the locale write a time."""
        given = self.due.entry.words.get("values", {})
        return {
            name: dt.datetime.combine(day_of(self.now), dt.time.fromisoformat(str(value)), BANGKOK)
            for name, value in given.items()
        }

    def to_staff(self, unreachable: Sequence[str], dropped: Sequence[str]) -> Bubble:
        """The round in a few lines, with the districts (codes) that no word could reach."""
        areas = Areas(self.session, self.catalogue)
        overview = OverviewReader(self.session, self.forms, areas).of_round(self.due.round)
        lines: list[Words] = list(overview_lines(overview))
        for key, codes in (("reminder.unreachable", unreachable), ("reminder.dropped", dropped)):
            if codes:
                lines.append(text(key, n=len(codes), list=tuple(area.short for area in areas.facts(codes))))
        return Bubble(tuple(lines), self._buttons(0, ""), card=True)
