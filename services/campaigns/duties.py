"""The duties of a campaign's folder: what is reported on dates of its own, by whom, or only watched.

A contractor's duties are watched: shown with their dates beside what was reported of them, and never reminded of.
The others become rounds with a form, or without one where a certificate settles them (a village's summary).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.messages.catalogue import DEFAULT_LOCALE
from models.area import AreaKind
from models.people import Role
from services.calendar import WorkingDays, at, day_of, end_of
from services.campaigns.fault import Fault
from services.ledger.duty_dates import dates_of

CONTRACTOR = "contractor"
UNITS = (AreaKind.DISTRICT.value, AreaKind.PROVINCE.value, AreaKind.VILLAGE.value)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DAYS_BEFORE_THE_FIRST = 7
"""When the first date opens, if nothing says so."""


@dataclass(frozen=True)
class DutyRound:
    number: int
    """From 1, in the order of the dates."""
    opens_at: dt.datetime
    due_at: dt.datetime


@dataclass(frozen=True)
class DutyPlan:
    key: str
    unit: str
    form: str
    """Key of the form that is filled in; for a certified duty its own key."""
    certified: bool
    """Nothing is filled in: a certificate settles it."""
    answered_by: list[str]
    """Of a certified duty: who certifies. Otherwise the form says who answers."""
    rounds: list[DutyRound]


def duties_of(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The entries of campaign.yaml, also of a loaded campaign's settings."""
    found: list[Mapping[str, Any]] = config.get("duties") or []
    return found


def watched(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The contractor's duties."""
    return [spec for spec in duties_of(config) if spec.get("who", CONTRACTOR) == CONTRACTOR]


def plans(config: Mapping[str, Any], days: WorkingDays) -> list[DutyPlan]:
    """The duties that areas owe, with their rounds. `config` has been checked."""
    return [_plan(spec, days) for spec in duties_of(config) if spec.get("who", CONTRACTOR) != CONTRACTOR]


def _plan(spec: Mapping[str, Any], days: WorkingDays) -> DutyPlan:
    certified = bool(spec.get("certified"))
    form = str(spec["key"] if certified else spec["form"])
    answered_by = list(spec.get("answered_by") or [Role.LEADER.value])
    return DutyPlan(str(spec["key"]), str(spec["who"]), form, certified, answered_by, list(_rounds(spec, days)))


def _rounds(spec: Mapping[str, Any], days: WorkingDays) -> Iterator[DutyRound]:
    """Each opens so many days before it is due, or when the one before it was due."""
    before = spec.get("opens_days_before")
    earlier: dt.date | None = None
    for number, due in enumerate(dates_of(spec, days), 1):
        if before is not None:
            opens = due - dt.timedelta(days=int(before))
        elif earlier is not None:
            opens = earlier + dt.timedelta(days=1)
        else:
            opens = min(due, _first_day(spec, due))
        yield DutyRound(number, at(opens, dt.time()), end_of(due))
        earlier = due


def _first_day(spec: Mapping[str, Any], due: dt.date) -> dt.date:
    if "from" in spec:
        return dt.date.fromisoformat(str(spec["from"]))
    return due - dt.timedelta(days=_DAYS_BEFORE_THE_FIRST)


def wrong_duties(config: Mapping[str, Any], days: WorkingDays) -> list[Fault]:
    """A sentence for each fault of `duties`, and for reminders of duties that nobody may be reminded of."""
    specs = config.get("duties") or []
    if not isinstance(specs, list) or not all(isinstance(spec, Mapping) for spec in specs):
        return [Fault("duties: is no list of entries", "shape", name="duties")]
    keys = [str(spec.get("key", "")) for spec in specs]
    twice = [key for key in dict.fromkeys(keys) if keys.count(key) > 1]
    faults = [Fault(f"duties: {key} stands twice", "twice", name=key) for key in twice]
    for spec in specs:
        key = str(spec.get("key", "?"))
        faults += [fault.within(f"duties.{key}", "duty", name=_title(spec)) for fault in _wrong(spec, config, days)]
    return faults + list(_wrong_reminders(config))


def _title(spec: Mapping[str, Any]) -> str:
    titles = spec.get("titles")
    return str((titles.get(DEFAULT_LOCALE) if isinstance(titles, Mapping) else "") or spec.get("key", "?"))


def _wrong(spec: Mapping[str, Any], config: Mapping[str, Any], days: WorkingDays) -> Iterator[Fault]:
    if not _KEY.fullmatch(str(spec.get("key", ""))):
        yield Fault("key is missing, or has other signs than small letters, digits and _", "key")
    who = spec.get("who", CONTRACTOR)
    if who not in {*UNITS, CONTRACTOR}:
        allowed = (CONTRACTOR, *UNITS)
        told = f"who is {who!r}: write {', '.join(allowed)}"
        yield Fault(told, "choice", name="who", given=str(who), allowed=", ".join(allowed))
    elif who != CONTRACTOR:
        yield from _wrong_form(spec, config)
    try:
        found = dates_of(spec, days)
        int(spec.get("opens_days_before", 0))
    except KeyError as error:
        yield Fault(f"{error.args[0]} is missing", "missing", name=str(error.args[0]))
    except (TypeError, ValueError) as error:
        yield Fault(str(error))
    else:
        if not found and who != CONTRACTOR:
            yield Fault("it has no date: write every with from and until, or due", "no_date")


def _wrong_form(spec: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[Fault]:
    key = spec.get("form")
    form = config["forms"].get(key)
    if spec.get("certified"):
        if "form" in spec:
            yield Fault("form and certified: write one of them", "form_and_certified")
        if spec["key"] in config["forms"]:
            yield Fault("a form has the same key", "twice", name=str(spec["key"]))
        strange = [role for role in spec.get("answered_by") or () if role not in set(Role)]
        yield from (Fault(f"no such role: {role}", "role", name=str(role)) for role in strange)
    elif form is None:
        yield Fault("form names none of forms, and certified is not set", "no_form", name=str(key or "–"))
    elif form.get("unit") != spec["who"]:
        told = f"form {key} is answered by each {form.get('unit')}, not by each {spec['who']}"
        yield Fault(told, "other_unit", name=str(key))
    elif sum(other.get("form") == key for other in duties_of(config)) > 1:
        yield Fault(f"form {key} belongs to another duty already", "other_duty", name=str(key))


def _wrong_reminders(config: Mapping[str, Any]) -> Iterator[Fault]:
    reported = {str(spec.get("key")) for spec in duties_of(config) if spec.get("who", CONTRACTOR) != CONTRACTOR}
    contractors = {str(spec.get("key")) for spec in watched(config)}
    for entry in config.get("reminders") or ():
        duty = entry.get("duty") if isinstance(entry, Mapping) else None
        key = str(entry.get("key")) if isinstance(entry, Mapping) else ""
        if duty in contractors:
            told = f"reminders.{key}: {duty} is the contractor's, who is never reminded"
            yield Fault(told, "contractor", name=str(duty))
        elif duty and duty not in reported:
            yield Fault(f"reminders.{key}: no such duty: {duty}", "no_duty", name=str(duty))


def until_today(spec: Mapping[str, Any], days: WorkingDays, now: dt.datetime) -> list[dt.date]:
    """The dates of a duty that have come by now (civil)."""
    return [day for day in dates_of(spec, days) if day <= day_of(now)]
