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

from models.area import AreaKind
from models.people import Role
from services.calendar import WorkingDays, at, day_of, end_of
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


def wrong_duties(config: Mapping[str, Any], days: WorkingDays) -> list[str]:
    """A sentence for each fault of `duties`, and for reminders of duties that nobody may be reminded of."""
    specs = config.get("duties") or []
    if not isinstance(specs, list) or not all(isinstance(spec, Mapping) for spec in specs):
        return ["duties: is no list of entries"]
    keys = [str(spec.get("key", "")) for spec in specs]
    faults = [f"duties: {key} stands twice" for key in dict.fromkeys(keys) if keys.count(key) > 1]
    for spec in specs:
        faults += [f"duties.{spec.get('key', '?')}: {fault}" for fault in _wrong(spec, config, days)]
    return faults + list(_wrong_reminders(config))


def _wrong(spec: Mapping[str, Any], config: Mapping[str, Any], days: WorkingDays) -> Iterator[str]:
    if not _KEY.fullmatch(str(spec.get("key", ""))):
        yield "key is missing, or has other signs than small letters, digits and _"
    who = spec.get("who", CONTRACTOR)
    if who not in {*UNITS, CONTRACTOR}:
        yield f"who is {who!r}: write {CONTRACTOR}, {', '.join(UNITS)}"
    elif who != CONTRACTOR:
        yield from _wrong_form(spec, config)
    try:
        found = dates_of(spec, days)
        int(spec.get("opens_days_before", 0))
    except KeyError as error:
        yield f"{error.args[0]} is missing"
    except (TypeError, ValueError) as error:
        yield str(error)
    else:
        if not found and who != CONTRACTOR:
            yield "it has no date: write every with from and until, or due"


def _wrong_form(spec: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[str]:
    form = config["forms"].get(spec.get("form"))
    if spec.get("certified"):
        if "form" in spec:
            yield "form and certified: write one of them"
        if spec["key"] in config["forms"]:
            yield "a form has the same key"
        yield from (f"no such role: {role}" for role in spec.get("answered_by") or () if role not in set(Role))
    elif form is None:
        yield "form names none of forms, and certified is not set"
    elif form.get("unit") != spec["who"]:
        yield f"form {spec['form']} is answered by each {form.get('unit')}, not by each {spec['who']}"
    elif sum(other.get("form") == spec["form"] for other in duties_of(config)) > 1:
        yield f"form {spec['form']} belongs to another duty already"


def _wrong_reminders(config: Mapping[str, Any]) -> Iterator[str]:
    reported = {str(spec.get("key")) for spec in duties_of(config) if spec.get("who", CONTRACTOR) != CONTRACTOR}
    contractors = {str(spec.get("key")) for spec in watched(config)}
    for entry in config.get("reminders") or ():
        duty = entry.get("duty") if isinstance(entry, Mapping) else None
        if duty in contractors:
            yield f"reminders.{entry.get('key')}: {duty} is the contractor's, who is never reminded"
        elif duty and duty not in reported:
            yield f"reminders.{entry.get('key')}: no such duty: {duty}"


def until_today(spec: Mapping[str, Any], days: WorkingDays, now: dt.datetime) -> list[dt.date]:
    """The dates of a duty that have come by now (civil)."""
    return [day for day in dates_of(spec, days) if day <= day_of(now)]
