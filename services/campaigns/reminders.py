"""Whether a campaign's reminder plan can be kept: every fault in a plain sentence, before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from bot.messages.bubbles import Text
from bot.messages.catalogue import DEFAULT_LOCALE, Catalogue, CatalogueError, Catalogues
from models.people import REPORTING_ROLES, STAFF_ROLES, Role
from services.calendar import BANGKOK, WorkingDays
from services.campaigns.fault import Fault
from services.reminders.entries import Entry, entries, quiet_hours

RULES = ("escalation", "quiet", "working_days_only")
"""Settings of `reminder_rules`, which hold for every entry that has none of its own."""
STAGES = ("started", "later", "returned", "caught_up")
"""Further texts and buttons of an entry: `text_started`, `buttons_later`."""
_WORDS = frozenset(f"{name}{stage}" for name in ("text", "buttons") for stage in ("", *(f"_{each}" for each in STAGES)))
_KEYS = frozenset(
    {"key", "when", "to", "only_if_owed", "values", "priority", "catch_up", "holds_until", "duty", *RULES, *_WORDS}
)
_CATCH_UP = ("next", "none")
_MOST_IMPORTANT = 100
HEARERS = (*REPORTING_ROLES, *STAFF_ROLES)
"""Roles that an entry may be written to."""


def wrong_reminders(
    config: Mapping[str, Any], texts: Mapping[str, Any], days: WorkingDays, product: Catalogues
) -> list[Fault]:
    """A sentence for each fault of `reminders` and `reminder_rules` in campaign.yaml; `product`: the texts without any
    campaign's."""
    rules, plan = config.get("reminder_rules") or {}, config.get("reminders") or []
    if not isinstance(rules, dict) or not isinstance(plan, list) or not all(isinstance(each, dict) for each in plan):
        return [Fault("reminders is no list of entries, or reminder_rules no mapping", "shape", name="reminders")]
    faults = [_setting(name).within("reminder_rules", "reminder_rules") for name in rules if name not in RULES]
    faults += [fault.within("reminder_rules", "reminder_rules") for fault in _wrong_rules(rules)]
    known = _known_texts(texts, product)
    for entry in plan:
        faults += [_of(entry, fault) for fault in _wrong_entry(entry, known)]
    keys = [str(entry.get("key")) for entry in plan]
    twice = [key for key in dict.fromkeys(keys) if keys.count(key) > 1]
    faults += [Fault(f"reminders: {key}: it stands there twice", "twice", name=key) for key in twice]
    return faults or list(_never_sent(config, days))


def _of(entry: Mapping[str, Any], fault: Fault) -> Fault:
    """With the entry named: by its key, and in the office's words by its day."""
    key = str(entry.get("key", "?"))
    try:
        days = int(entry["when"]["working_days"])
    except (KeyError, TypeError, ValueError):
        return fault.within(f"reminders: {key}", "reminder", name=key)
    side = Text("desk.dates.on_day")
    if days:
        side = Text(f"desk.dates.{'before' if days < 0 else 'after'}", {"n": abs(days)})
    return fault.within(f"reminders: {key}", "reminder", name=side)


def _setting(name: str) -> Fault:
    return Fault(f"no such setting: {name}", "setting", name=name)


def _known_texts(texts: Mapping[str, Any], product: Catalogues) -> Catalogue:
    plain = product.by_locale[DEFAULT_LOCALE]
    try:
        return plain.with_texts(texts.get(DEFAULT_LOCALE, {}))
    except (CatalogueError, AttributeError):
        return plain  # told of texts.yaml itself


def _wrong_entry(entry: Mapping[str, Any], known: Catalogue) -> Iterator[Fault]:
    yield from (_setting(name) for name in entry if name not in _KEYS)
    missing = [name for name in ("key", "when", "to") if not entry.get(name)]
    yield from (Fault(f"{name} is missing", "missing", name=name) for name in missing)
    yield from _wrong_when(entry.get("when") or {"working_days": 0, "at": "09:00"})
    roles = entry.get("to") or []
    if not isinstance(roles, list):
        yield Fault('to is no list of roles: write to: ["officer"]', "shape", name="to")
    else:
        strange = [role for role in roles if role not in HEARERS]
        yield from (Fault(f"no such role to write to: {role}", "role", name=str(role)) for role in strange)
        if not entry.get("text") and not set(roles) <= set(STAFF_ROLES):
            yield Fault("text is missing", "no_text")
    for name in _WORDS & entry.keys():
        keys = [entry[name]] if name.startswith("text") else entry[name]
        unknown = [key for key in keys if key not in known]
        yield from (Fault(f"{name}: no such text: {key}", "unknown_text", name=str(key)) for key in unknown)
    yield from _wrong_rules(entry)
    yield from _wrong_choices(entry)


def _wrong_when(when: Any) -> Iterator[Fault]:
    try:
        int(when["working_days"])
        dt.time.fromisoformat(when["at"])
    except (KeyError, TypeError, ValueError):
        yield Fault('when: write {working_days: -1, at: "09:00"}', "when")


def _wrong_choices(entry: Mapping[str, Any]) -> Iterator[Fault]:
    priority = entry.get("priority", 0)
    if isinstance(priority, bool) or not isinstance(priority, int) or not 0 <= priority <= _MOST_IMPORTANT:
        told = f"priority is {priority!r}: write a whole number from 0 (dropped first) to 100 (dropped last)"
        yield Fault(told, "number", name="priority", least=0, most=_MOST_IMPORTANT)
    if entry.get("catch_up", "none") not in _CATCH_UP:
        told = f"catch_up is {entry['catch_up']!r}: write {' or '.join(_CATCH_UP)}"
        yield Fault(told, "choice", name="catch_up", given=str(entry["catch_up"]), allowed=", ".join(_CATCH_UP))
    if "holds_until" in entry and not _is_time(entry["holds_until"]):
        told = f'holds_until is {entry["holds_until"]!r}: write a time, such as "12:00"'
        yield Fault(told, "no_time", name="holds_until")


def _is_time(text: Any) -> bool:
    try:
        dt.time.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return True


def _wrong_rules(rules: Mapping[str, Any]) -> Iterator[Fault]:
    """Faults of what may stand for the whole plan or for one entry."""
    try:
        quiet = quiet_hours(rules.get("quiet"))
    except (KeyError, TypeError, ValueError, AttributeError):
        yield Fault('quiet: write {from: "20:00", until: "07:00"}', "shape", name="quiet")
    else:
        if quiet is not None and quiet.start == quiet.end:
            yield Fault("quiet: it begins and ends at the same time", "quiet_same")
    if not isinstance(rules.get("working_days_only", False), bool):
        told = f"working_days_only is {rules['working_days_only']!r}: write true or false"
        yield Fault(told, "yes_no", name="working_days_only")
    yield from _wrong_steps(rules.get("escalation") or [])


def _wrong_steps(steps: Any) -> Iterator[Fault]:
    if not isinstance(steps, list):
        yield Fault("escalation is no list of roles: write [officer, deputy, head, staff]", "shape", name="escalation")
        return
    strange = [role for role in steps if role not in HEARERS]
    yield from (Fault(f"escalation: no such role: {role}", "role", name=str(role)) for role in strange)
    twice = [role for role in dict.fromkeys(steps) if steps.count(role) > 1]
    yield from (Fault(f"escalation: {role} stands there twice", "twice", name=str(role)) for role in twice)
    if any(role in STAFF_ROLES for role in steps[:-1]):
        told = f"escalation: {Role.STAFF} comes last: the province hears when nobody else can be reached"
        yield Fault(told, "staff_last")


def _never_sent(config: Mapping[str, Any], days: WorkingDays) -> Iterator[Fault]:
    """Entries whose own time is one at which nobody may be written to, and whose words hold on that day alone."""
    for spec in config["rounds"]:
        try:
            due = dt.date.fromisoformat(spec["due"])
        except (KeyError, TypeError, ValueError):
            continue  # told of the round itself
        for entry in entries(config):
            fault = _lost(entry, due, days, spec.get("number"))
            if fault is not None:
                yield _of(entry.words, fault)


def _lost(entry: Entry, due: dt.date, days: WorkingDays, number: Any) -> Fault | None:
    planned = entry.planned(due, days)
    if entry.allowed(planned, days) or entry.catch_up:
        return None
    local = planned.astimezone(BANGKOK)
    told = (
        f"in round {number} it is planned for {planned:%Y-%m-%d %H:%M}, which is a quiet hour or no working day, "
        "and would never be sent: choose another time, or working_days_only: false for this entry"
    )
    return Fault(told, "never_sent", round=str(number), day=local.date(), time=local)
