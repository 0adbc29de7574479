"""The words of a reminder, for one person: what is owed, how far a half-finished report has come, one tap to begin."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from bot.conversation.report.last_round.ways import WAYS, headline
from bot.conversation.report_facts import LastReport
from bot.conversation.say import tap
from bot.conversation.staff import overview_lines
from bot.forms.values import from_json
from bot.messages.bubbles import Bubble, Button, Day, Value, Words, text
from bot.messages.catalogue import Catalogue
from models.campaign import Form
from models.obligation import Draft, Obligation
from models.people import Role
from services.calendar import BANGKOK, day_of
from services.forms import FormCache
from services.last_round import last_report
from services.overview import OverviewReader
from services.people import Areas
from services.reminder_plan import Due

SECONDS_A_QUESTION = 15
USUAL_MINUTES = 3

_BUTTONS = {
    "report.button.start": "begin",
    "report.button.resume": "begin",
    "report.button.fill_in": "fill_in",
    **{f"report.button.{way}": way for way in WAYS},
    "report.button.ask_help": "contact",
    "report.button.problem": "contact",
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

    def to_district(self, obligation: Obligation, draft: Draft | None, role: str) -> Bubble:
        area = Areas(self.session, self.catalogue)[obligation.area_code]
        started = self._started(draft) if draft is not None else {}
        values: dict[str, Value] = {
            "area": area.name,
            "district": area.short,
            "round": self.due.round.number,
            "due": Day(day_of(self.due.round.due_at)),
            "prepare": self._of_locale("prepare"),
            "minutes": USUAL_MINUTES,
            "addressee": text(f"reminder.addressee_{'head' if role == Role.HEAD else 'officer'}", area=area.name),
            **self._times(),
            **started,
        }
        last = None if started else self._last(obligation)
        stage = "started" if started else "later" if last is not None else ""
        lines: tuple[Words, ...] = (text(self._variant("text", stage), **values), *self._last_time(last))
        return Bubble(lines, self._buttons(obligation.id, stage), card=True)

    def to_agree(self, obligation: Obligation, asked_at: dt.datetime) -> Bubble:
        """To the head of office, who is waited for: since when, with the card one tap away."""
        area, local = Areas(self.session, self.catalogue)[obligation.area_code], asked_at.astimezone(BANGKOK)
        values: dict[str, Value] = {"area": area.name, "round": self.due.round.number, "day": Day(local.date())}
        due = Day(day_of(self.due.round.due_at))
        look = tap("report.approval.button.look", "begin", o=obligation.id)
        return Bubble((text("reminder.approval", due=due, time=local, **values),), (look,), card=True)

    def _variant(self, name: str, stage: str) -> Any:
        """text_started for a half-finished report, text_later where an earlier round can be started from, else text."""
        entry = self.due.entry
        return entry.get(f"{name}_{stage}", entry.get(name, []))

    def _last(self, obligation: Obligation) -> LastReport | None:
        version = self.session.get_one(Form, obligation.form_id).current_version_id
        form = self.forms.get(self.session, version) if version is not None else None
        return last_report(self.session, obligation, form) if form is not None else None

    def _last_time(self, last: LastReport | None) -> tuple[Words, ...]:
        """The main figure of the last round, beside the ways to start from it."""
        figure = headline(last.values, self.catalogue.locale) if last is not None else None
        return () if figure is None else (text("reminder.last_time", figures=figure),)

    def _buttons(self, obligation_id: int, stage: str) -> tuple[Button, ...]:
        labels = self._variant("buttons", stage)
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
        given = self.due.entry.get("values", {})
        return {
            name: dt.datetime.combine(day_of(self.now), dt.time.fromisoformat(str(value)), BANGKOK)
            for name, value in given.items()
        }

    def to_staff(self) -> Bubble:
        overview = OverviewReader(self.session, self.forms, Areas(self.session, self.catalogue)).of_round(
            self.due.round
        )
        lines: tuple[Words, ...] = overview_lines(overview)
        return Bubble(lines, self._buttons(0, ""), card=True)
