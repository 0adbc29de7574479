"""Whether a campaign's reminder plan can be kept: every fault in a plain sentence, before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from bot.messages.catalogue import Catalogue, CatalogueError
from models.people import REPORTING_ROLES, STAFF_ROLES, Role
from services.calendar import WorkingDays
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
_HEARERS = (*REPORTING_ROLES, *STAFF_ROLES)


def wrong_reminders(config: Mapping[str, Any], texts: Mapping[str, Any], days: WorkingDays) -> list[str]:
    """A sentence for each fault of `reminders` and `reminder_rules` in campaign.yaml."""
    rules, plan = config.get("reminder_rules") or {}, config.get("reminders") or []
    if not isinstance(rules, dict) or not isinstance(plan, list) or not all(isinstance(each, dict) for each in plan):
        return ["reminders is no list of entries, or reminder_rules no mapping"]
    faults = [f"reminder_rules: no such setting: {name}" for name in rules if name not in RULES]
    faults += [f"reminder_rules: {fault}" for fault in _wrong_rules(rules)]
    known = _known_texts(texts)
    for entry in plan:
        faults += [f"reminders: {entry.get('key', '?')}: {fault}" for fault in _wrong_entry(entry, known)]
    keys = [str(entry.get("key")) for entry in plan]
    faults += [f"reminders: {key}: it stands there twice" for key in dict.fromkeys(keys) if keys.count(key) > 1]
    return faults or list(_never_sent(config, days))


def _known_texts(texts: Mapping[str, Any]) -> Catalogue:
    plain = Catalogue.load("th")
    try:
        return plain.with_texts(texts.get("th", {}))
    except (CatalogueError, AttributeError):
        return plain  # told of texts.yaml itself


def _wrong_entry(entry: Mapping[str, Any], known: Catalogue) -> Iterator[str]:
    yield from (f"no such setting: {name}" for name in entry if name not in _KEYS)
    yield from (f"{name} is missing" for name in ("key", "when", "to") if not entry.get(name))
    yield from _wrong_when(entry.get("when") or {"working_days": 0, "at": "09:00"})
    roles = entry.get("to") or []
    if not isinstance(roles, list):
        yield 'to is no list of roles: write to: ["officer"]'
    else:
        yield from (f"no such role to write to: {role}" for role in roles if role not in _HEARERS)
        if not entry.get("text") and not set(roles) <= set(STAFF_ROLES):
            yield "text is missing"
    for name in _WORDS & entry.keys():
        keys = [entry[name]] if name.startswith("text") else entry[name]
        yield from (f"{name}: no such text: {key}" for key in keys if key not in known)
    yield from _wrong_rules(entry)
    yield from _wrong_choices(entry)


def _wrong_when(when: Any) -> Iterator[str]:
    try:
        int(when["working_days"])
        dt.time.fromisoformat(when["at"])
    except (KeyError, TypeError, ValueError):
        yield 'when: write {working_days: -1, at: "09:00"}'


def _wrong_choices(entry: Mapping[str, Any]) -> Iterator[str]:
    priority = entry.get("priority", 0)
    if isinstance(priority, bool) or not isinstance(priority, int) or not 0 <= priority <= _MOST_IMPORTANT:
        yield f"priority is {priority!r}: write a whole number from 0 (dropped first) to 100 (dropped last)"
    if entry.get("catch_up", "none") not in _CATCH_UP:
        yield f"catch_up is {entry['catch_up']!r}: write {' or '.join(_CATCH_UP)}"
    if "holds_until" in entry and not _is_time(entry["holds_until"]):
        yield f'holds_until is {entry["holds_until"]!r}: write a time, such as "12:00"'


def _is_time(text: Any) -> bool:
    try:
        dt.time.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return True


def _wrong_rules(rules: Mapping[str, Any]) -> Iterator[str]:
    """Faults of what may stand for the whole plan or for one entry."""
    try:
        quiet = quiet_hours(rules.get("quiet"))
    except (KeyError, TypeError, ValueError, AttributeError):
        yield 'quiet: write {from: "20:00", until: "07:00"}'
    else:
        if quiet is not None and quiet.start == quiet.end:
            yield "quiet: it begins and ends at the same time"
    if not isinstance(rules.get("working_days_only", False), bool):
        yield f"working_days_only is {rules['working_days_only']!r}: write true or false"
    steps = rules.get("escalation") or []
    if not isinstance(steps, list):
        yield "escalation is no list of roles: write [officer, deputy, head, staff]"
        return
    yield from (f"escalation: no such role: {role}" for role in steps if role not in _HEARERS)
    yield from (f"escalation: {role} stands there twice" for role in dict.fromkeys(steps) if steps.count(role) > 1)
    if any(role in STAFF_ROLES for role in steps[:-1]):
        yield f"escalation: {Role.STAFF} comes last: the province hears when nobody else can be reached"


def _never_sent(config: Mapping[str, Any], days: WorkingDays) -> Iterator[str]:
    """Entries whose own time is one at which nobody may be written to, and whose words hold on that day alone."""
    for spec in config["rounds"]:
        try:
            due = dt.date.fromisoformat(spec["due"])
        except (KeyError, TypeError, ValueError):
            continue  # told of the round itself
        for entry in entries(config):
            yield from (f"reminders: {entry.key}: {why}" for why in _lost(entry, due, days, spec.get("number")))


def _lost(entry: Entry, due: dt.date, days: WorkingDays, number: Any) -> Iterator[str]:
    planned = entry.planned(due, days)
    if not entry.allowed(planned, days) and not entry.catch_up:
        yield (
            f"in round {number} it is planned for {planned:%Y-%m-%d %H:%M}, which is a quiet hour or no working day, "
            "and would never be sent: choose another time, or working_days_only: false for this entry"
        )
