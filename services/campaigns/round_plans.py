"""The rounds of campaign.yaml: when each opens, is due and closes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.calendar import BANGKOK, WorkingDays, end_of
from services.campaigns.fault import Fault, no_settings
from services.reminders.entries import Entry, entries


class OpensLateError(ValueError):
    """A round would open when it is over."""


@dataclass(frozen=True)
class RoundPlan:
    number: int
    opens_at: dt.datetime
    due_at: dt.datetime
    closes_at: dt.datetime | None


def read_rounds(config: Mapping[str, Any], working_days: WorkingDays, faults: list[Fault]) -> list[RoundPlan]:
    """Those that can be read; of the others faults are added."""
    plan = _plan(config)
    found = []
    for spec in config["rounds"]:
        if not isinstance(spec, Mapping):
            faults.append(_of_round("?", no_settings("rounds")))
            continue
        number = str(spec.get("number", "?"))
        try:
            found.append(_round(spec, plan, working_days))
        except KeyError as error:
            name = str(error.args[0])
            faults.append(_of_round(number, Fault(f"{name} is missing", "missing", name=name)))
        except OpensLateError as error:
            faults.append(_of_round(number, Fault(str(error), "opens_late")))
        except (TypeError, ValueError) as error:
            faults.append(_of_round(number, Fault(str(error))))
    return found


def _of_round(number: str, fault: Fault) -> Fault:
    return fault.within(f"rounds: round {number}", "round", name=number)


def _plan(config: Mapping[str, Any]) -> dict[str, Entry]:
    """Entries by key; none of a plan that cannot be read, of which services.campaigns.reminders tells."""
    try:
        return {entry.key: entry for entry in entries(config)}
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}


def _round(spec: Mapping[str, Any], plan: Mapping[str, Entry], working_days: WorkingDays) -> RoundPlan:
    due = dt.date.fromisoformat(spec["due"])
    opens = _opens(str(spec["opens"]), due, plan, working_days)
    closes = dt.datetime.fromisoformat(spec["closes"]).replace(tzinfo=BANGKOK) if spec.get("closes") else None
    if opens > end_of(due):
        raise OpensLateError("it opens after it is due")
    return RoundPlan(int(spec["number"]), opens, end_of(due), closes)


def _opens(text: str, due: dt.date, plan: Mapping[str, Entry], working_days: WorkingDays) -> dt.datetime:
    """A local time, or the key of the reminder with which the round opens."""
    if text in plan:
        return plan[text].planned(due, working_days)
    return dt.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)
