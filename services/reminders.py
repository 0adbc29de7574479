"""Deadline reminders: who still owes hears it at the planned time, once; who has reported hears nothing.

Planning writes one row for each (entry, obligation, person), and its unique key is why nobody hears twice, however
many clocks run. Sending looks at the obligation again in its own transaction (services.sending). Only the newest
entry of the day is sent: a service that comes back after days says what is true now, not everything that it missed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.say import tap
from bot.conversation.staff import overview_lines
from bot.forms.values import from_json
from bot.messages.bubbles import Bubble, Button, Day, Value, Words, text
from bot.messages.catalogue import Catalogue
from bot.messages.render import render
from models.area import AreaKind
from models.base import Sessions
from models.campaign import Campaign, Form, Round
from models.obligation import Draft, Obligation, Reminder
from models.people import LineAccount, Role, people_in
from models.upsert import insert_or_ignore
from services.calendar import BANGKOK
from services.campaign_files import planned, working_days_of
from services.forms import FormCache
from services.outbox import queue_push
from services.overview import OverviewReader
from services.people import Areas
from services.ports import Clock
from services.texts import Texts

SECONDS_A_QUESTION = 15
USUAL_MINUTES = 3

_BUTTONS = {
    "report.button.start": "begin",
    "report.button.resume": "begin",
    "report.button.ask_help": "contact",
    "report.button.problem": "contact",
    "staff.button.who_owes": "who_missing",
}
"""What a button of the plan does, by the catalogue key of its label."""


@dataclass(frozen=True)
class Due:
    """An entry of the plan whose time has come today."""

    campaign: Campaign
    round: Round
    entry: Mapping[str, Any]
    planned_for: dt.datetime

    @property
    def for_staff(self) -> bool:
        return set(self.entry["to"]) <= {Role.STAFF.value, Role.ADMIN.value}


@dataclass(frozen=True)
class Reminders:
    sessions: Sessions
    clock: Clock
    texts: Texts
    forms: FormCache

    def plan(self) -> list[int]:
        """Write what is due now into the outbox. Returns the new rows' ids, to be rung for."""
        now = self.clock.now()
        with self.sessions() as session:
            due = due_entries(session, now)
        return [row for item in due for row in self._plan_entry(item, now)]

    def _plan_entry(self, due: Due, now: dt.datetime) -> list[int]:
        with self.sessions() as session, session.begin():
            if due.for_staff:
                return list(self._to_staff(session, due, now))
            return [row for item in _owed(session, due) for row in self._to_district(session, due, item, now)]

    def _to_district(self, session: Session, due: Due, obligation: Obligation, now: dt.datetime) -> Iterator[int]:
        draft = session.scalar(select(Draft).where(Draft.obligation_id == obligation.id))
        for name in due.entry["to"]:
            for _person, account in session.execute(people_in(obligation.area_code, (Role(name),))):
                writer = _Writer(self, session, due, self._catalogue(account, due), now)
                bubble = writer.to_district(obligation, draft, name)
                yield from self._write(session, due, account, bubble, obligation_id=obligation.id)

    def _to_staff(self, session: Session, due: Due, now: dt.datetime) -> Iterator[int]:
        for _person, account in session.execute(people_in(due.campaign.province_code, (Role.STAFF,))):
            writer = _Writer(self, session, due, self._catalogue(account, due), now)
            yield from self._write(session, due, account, writer.to_staff(), obligation_id=0)

    def _catalogue(self, account: LineAccount, due: Due) -> Catalogue:
        return self.texts.catalogue(self.texts.locale(account), due.campaign)

    def _write(
        self, session: Session, due: Due, account: LineAccount, bubble: Bubble, *, obligation_id: int
    ) -> Iterator[int]:
        """The reminder row first: if it stands already, somebody has decided this one, and nothing is written."""
        key = {
            "entry": due.entry["key"],
            "round_id": due.round.id,
            "obligation_id": obligation_id,
            "account_id": account.id,
        }
        times = {"planned_for": due.planned_for, "created_at": self.clock.now()}
        if not insert_or_ignore(session, Reminder, {**key, **times}):
            return
        messages = render([bubble], self._catalogue(account, due))
        guard = obligation_id if due.entry.get("only_if_owed") and obligation_id else None
        row = queue_push(session, account.channel_id, [account.id], messages, self.clock.real(), obligation_id=guard)
        session.scalars(select(Reminder).filter_by(**key)).one().outbox_id = row.id
        yield row.id


def due_entries(session: Session, now: dt.datetime) -> list[Due]:
    """The newest entry of each open round, for districts and for staff, if its day is today (civil, Bangkok)."""
    found: list[Due] = []
    rows = session.execute(select(Campaign, Round).join(Round, Round.campaign_id == Campaign.id))
    for campaign, rnd in rows:
        if rnd.closes_at is not None and rnd.closes_at <= now:
            continue
        entries = [due for due in _entries(campaign, rnd) if due.planned_for <= now]
        for for_staff in (False, True):
            newest = max(
                (due for due in entries if due.for_staff is for_staff), key=lambda due: due.planned_for, default=None
            )
            if newest is not None and _day(newest.planned_for) == _day(now):
                found.append(newest)
    return found


def _entries(campaign: Campaign, rnd: Round) -> list[Due]:
    working_days = working_days_of(campaign.settings)
    due = _day(rnd.due_at)
    plan = campaign.settings.get("reminders", [])
    return [Due(campaign, rnd, entry, planned(entry["when"], due, working_days)) for entry in plan]


def _day(instant: dt.datetime) -> dt.date:
    return instant.astimezone(BANGKOK).date()


def _owed(session: Session, due: Due) -> list[Obligation]:
    """What districts owe in this round. What the province fills in for them is never chased."""
    rows = session.scalars(
        select(Obligation)
        .join(Form, Form.id == Obligation.form_id)
        .where(Obligation.round_id == due.round.id, Form.unit == AreaKind.DISTRICT.value)
        .order_by(Obligation.area_code)
    )
    return [item for item in rows if not (due.entry.get("only_if_owed") and item.settled)]


@dataclass(frozen=True)
class _Writer:
    """Words one reminder for one person."""

    reminders: Reminders
    session: Session
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
            "due": Day(_day(self.due.round.due_at)),
            "prepare": self._of_locale("prepare"),
            "minutes": USUAL_MINUTES,
            "addressee": text(f"reminder.addressee_{'head' if role == Role.HEAD else 'officer'}", area=area.name),
            **self._times(),
            **started,
        }
        key = self._variant("text", started=bool(started))
        return Bubble((text(key, **values),), self._buttons(obligation.id, started=bool(started)), card=True)

    def _variant(self, name: str, *, started: bool) -> Any:
        """text, or text_started for a half-finished report, or text_later from the second round on."""
        entry = self.due.entry
        if started and f"{name}_started" in entry:
            return entry[f"{name}_started"]
        if self.due.round.number > 1 and f"{name}_later" in entry:
            return entry[f"{name}_later"]
        return entry.get(name, [])

    def _buttons(self, obligation_id: int, *, started: bool) -> tuple[Button, ...]:
        labels = self._variant("buttons", started=started)
        return tuple(tap(label, _BUTTONS[label], o=obligation_id) for label in labels if label in _BUTTONS)

    def _started(self, draft: Draft) -> dict[str, Value]:
        """How far a half-finished report has come."""
        form = self.reminders.forms.get(self.session, draft.form_version_id)
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
            name: dt.datetime.combine(_day(self.now), dt.time.fromisoformat(str(value)), BANGKOK)
            for name, value in given.items()
        }

    def to_staff(self) -> Bubble:
        overview = OverviewReader(self.session, self.reminders.forms, Areas(self.session, self.catalogue)).of_round(
            self.due.round
        )
        lines: tuple[Words, ...] = overview_lines(overview)
        return Bubble(lines, self._buttons(0, started=False), card=True)
