"""Filling a demonstration from a campaign's demo.yaml: people on the simulator's phones, districts already at work.

Everything in such a file is made up and says so. The people's answers go through the same drafts and the same
confirmation as a chat's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.effects import SaveDraft
from bot.forms.compiled import CompiledForm
from bot.forms.values import Values, answer, start
from models.area import Area
from models.base import Sessions
from models.campaign import Campaign, Form, Round, newest_first
from models.obligation import Draft, Obligation
from models.people import LineAccount, Membership, Person
from services.calendar import BANGKOK
from services.clock import SimulatedClock
from services.ports import Clock
from services.reports import reports
from services.reports.forms import FormCache
from services.reports.known import known_for

CHANNEL = 1


@dataclass(frozen=True)
class _At:
    """A clock that stands still: the moment at which a made-up report came in."""

    moment: dt.datetime

    def now(self) -> dt.datetime:
        return self.moment

    def real(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Demo:
    sessions: Sessions
    clock: Clock
    forms: FormCache

    def begin(self, file: Path) -> None:
        """Start a simulated clock on the demonstration's day, so that its campaign is loaded then; once."""
        begins = yaml.safe_load(file.read_text(encoding="utf-8")).get("life", {}).get("clock")
        if begins and isinstance(self.clock, SimulatedClock):
            self.clock.start_at(_local(begins))

    def fill(self, file: Path) -> int:
        """Fill once; a second call changes nothing. Returns how many people there are.

        Raises LookupError, before anything is stored, for areas whose campaign is not loaded.
        """
        plan = yaml.safe_load(file.read_text(encoding="utf-8"))
        life = plan.get("life", {})
        self._refuse_strangers(plan["phones"])
        self.begin(file)
        since = _local(life["clock"]) if "clock" in life else self.clock.now()
        people = [phone for phone in plan["phones"] if phone.get("person")]
        with self.sessions() as session, session.begin():
            if session.scalar(select(Person.id).limit(1)) is not None:
                return len(people)
            for phone in people:
                _add_person(session, phone, since)
            session.flush()
            for entry in (*life.get("province", []), *life.get("districts", [])):
                self._report(session, entry)
        return len(people)

    def _refuse_strangers(self, phones: Sequence[Mapping[str, Any]]) -> None:
        wanted = {str(held["area"]) for phone in phones if phone.get("person") for held in phone["person"]["roles"]}
        with self.sessions() as session:
            missing = wanted.difference(session.scalars(select(Area.code).where(Area.code.in_(wanted))))
        if missing:
            raise LookupError(f"area {min(missing)} is not loaded")

    def _report(self, session: Session, entry: Mapping[str, Any]) -> None:
        clock = _At(_local(entry["at"]))
        obligation, campaign, rnd, form_row = _obligation(session, entry)
        form = self.forms.get(session, form_row.current_version_id or 0)
        person = _who(session, obligation.area_code)
        area = session.get_one(Area, obligation.area_code)
        known = known_for(session, campaign, rnd, area, person.name)
        values = _answered(form, start(form, known, clock.now()), entry["answers"])
        skipped = tuple(
            question.name for _step, asked in values.due() for question in asked if entry["state"] == "sent"
        )
        effect = SaveDraft(obligation.id, form_row.current_version_id or 0, None, values.to_json(), skipped, None)
        reports.save_draft(session, effect, person.id, clock.now())
        if entry["state"] == "sent":
            draft = session.scalars(select(Draft).where(Draft.obligation_id == obligation.id)).one()
            reports.submit(session, self.forms, obligation.id, draft.row_version, person.id, clock)


def _local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def _add_person(session: Session, phone: Mapping[str, Any], now: dt.datetime) -> None:
    given = phone["person"]
    person = Person(name=given["name"], position=given["position"], privacy_version=1, privacy_at=now, created_at=now)
    session.add(person)
    session.flush()
    session.add(
        LineAccount(
            channel_id=CHANNEL,
            line_user_id=phone["user_id"],
            person_id=person.id,
            display_name=phone["name"],
            language=phone["language"],
            created_at=now,
        )
    )
    for held in given["roles"]:
        session.add(Membership(person_id=person.id, role=held["role"], area_code=str(held["area"]), since=now))


def _obligation(session: Session, entry: Mapping[str, Any]) -> tuple[Obligation, Campaign, Round, Form]:
    statement = (
        select(Obligation, Campaign, Round, Form)
        .join(Round, Round.id == Obligation.round_id)
        .join(Form, Form.id == Obligation.form_id)
        .join(Campaign, Campaign.id == Form.campaign_id)
        .where(Form.key == entry["form"], Round.number == entry["round"])
    )
    if "area" in entry:
        statement = statement.where(Obligation.area_code == str(entry["area"]))
    # another campaign of the province may have a form by the same key
    newest = statement.order_by(*newest_first()).limit(1)
    obligation, campaign, rnd, form = session.execute(newest).one()
    return obligation, campaign, rnd, form


def _who(session: Session, area_code: str) -> Person:
    """The person who holds the area's first role."""
    return session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.area_code == area_code)
        .order_by(Membership.id)
        .limit(1)
    ).one()


def _answered(form: CompiledForm, values: Values, answers: Mapping[str, Any]) -> Values:
    for name, value in answers.items():
        if name in form.questions:
            values = answer(values, {name: str(value)})
    return values
