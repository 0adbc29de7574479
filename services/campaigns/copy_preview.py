"""What a copy of a campaign would bring, before there is one: every date, every duty owed, what cannot be, what should
be looked at. Nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.messages.catalogue import Catalogues
from models.area import Area, AreaKind
from services.calendar import WorkingDays, day_of
from services.campaigns.copying import Mention, Wanted, copied, mentions
from services.campaigns.fault import Fault
from services.campaigns.files import CampaignError, CampaignFiles
from services.campaigns.folder import Files
from services.campaigns.form_plans import Compile
from services.campaigns.keeping import checked
from services.campaigns.stored_settings import working_days_of
from services.ledger.rounds import duty_title_in
from services.reminders.entries import entries


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    key: str
    at: dt.datetime
    to: tuple[str, ...]
    can_be_sent: bool
    """False: a quiet hour or a day off; it is made up for on the next day that allows it."""


@dataclass(frozen=True, slots=True)
class PlannedRound:
    number: int
    opens_at: dt.datetime
    due: dt.date
    works: bool
    """Whether offices work on the due day."""
    reminders: tuple[PlannedReminder, ...]


@dataclass(frozen=True, slots=True)
class PlannedDuty:
    title: str
    dates: tuple[tuple[dt.date, bool], ...]
    """With whether offices work on it."""


@dataclass(frozen=True, slots=True)
class Owed:
    """So many areas owe a form so many times."""

    title: str
    unit: str
    areas: int
    times: int


@dataclass(frozen=True, slots=True)
class Preview:
    rounds: tuple[PlannedRound, ...] = ()
    duties: tuple[PlannedDuty, ...] = ()
    owed: tuple[Owed, ...] = ()
    faults: tuple[Fault, ...] = ()
    """Why it cannot be published, in the loader's words."""
    past: tuple[dt.date, ...] = ()
    """Due days that are over already, for which it cannot be published either."""
    years_without_days_off: tuple[int, ...] = ()
    """Of due days, common era: the table of days off knows nothing of them."""
    mentions: tuple[Mention, ...] = ()

    @property
    def publishable(self) -> bool:
        return not self.faults and not self.past


def preview(
    session: Session,
    files: Files,
    wanted: Wanted,
    today: dt.date,
    locale: str,
    product: Catalogues,
    compile_form: Compile,
) -> tuple[Files, Preview]:
    """The copy's folder and what it would bring; `product`: texts of no campaign.

    A copy has the forms of its original: `compile_form` need not compile them anew at every look.
    """
    new = copied(files, wanted)
    past = tuple(sorted(due for due in wanted.dues.values() if due < today))
    try:
        read = checked(new, product, compile_form)
    except CampaignError as error:
        return new, Preview(faults=tuple(error.faults), past=past)
    days = working_days_of(read.settings)
    known = {day.year for day in days.holidays}
    return new, Preview(
        rounds=_rounds(read, days),
        duties=tuple(
            PlannedDuty(
                duty_title_in(read.settings, duty.key, locale),
                tuple((day_of(rnd.due_at), days.works(day_of(rnd.due_at))) for rnd in duty.rounds),
            )
            for duty in read.duties
        ),
        owed=tuple(_owed(session, read, locale)),
        past=past,
        years_without_days_off=tuple(sorted({due.year for due in wanted.dues.values()} - known)),
        mentions=tuple(mentions(new)),
    )


def _rounds(read: CampaignFiles, days: WorkingDays) -> tuple[PlannedRound, ...]:
    plan = [entry for entry in entries(read.settings) if not entry.duty]
    found = []
    for rnd in read.rounds:
        due = day_of(rnd.due_at)
        times = [(entry.planned(due, days), entry) for entry in plan]
        reminders = tuple(
            PlannedReminder(entry.key, at, entry.to, entry.allowed(at, days))
            for at, entry in sorted(times, key=lambda item: item[0])
        )
        found.append(PlannedRound(rnd.number, rnd.opens_at, due, days.works(due), reminders))
    return tuple(found)


def _owed(session: Session, read: CampaignFiles, locale: str) -> Sequence[Owed]:
    counts = _areas(session, read.province)
    of_duties = {duty.form for duty in read.duties}
    forms = [
        Owed(form.form.title, form.unit, counts.get(form.unit, 0), len(read.rounds))
        for form in read.forms
        if form.key not in of_duties
    ]
    duties = [
        Owed(duty_title_in(read.settings, duty.key, locale), duty.unit, counts.get(duty.unit, 0), len(duty.rounds))
        for duty in read.duties
    ]
    return [*forms, *duties]


def _areas(session: Session, province: str) -> Mapping[str, int]:
    """How many areas of each kind the province has."""
    kinds = select(Area.kind, func.count()).where(Area.code.startswith(province)).group_by(Area.kind)
    return {AreaKind(kind).value: count for kind, count in session.execute(kinds)}
