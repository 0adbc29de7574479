"""Changes of a campaign's rules that the desk makes: an entry of the reminder plan, how long things are kept, what the
household checks ask for. Pure.

Each stands on a page of its own. What a page showed is named by `mark`, so that nobody writes over what a colleague
has changed since (`unless_changed`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.campaigns.folder import MAIN, Files, config_of, written
from services.campaigns.keeping import ChangedMeanwhileError, Edit
from services.campaigns.retention import MOST_DAYS, Retention, retention_of

Part = Callable[[Files], object]
"""What of a campaign's files a page is about."""
TOLD_IN_THE_NOTICE = ("photos", "signatures", "chats")
"""Kinds whose days the privacy notice names."""


def mark(part: object) -> str:
    """A short name for just these settings."""
    written_out = json.dumps(part, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written_out.encode()).hexdigest()[:16]


def unless_changed(edit: Edit, part: Part, seen: str) -> Edit:
    """The edit, which raises ChangedMeanwhileError when `part` is not any more what the page showed.

    `seen`: its mark then; "" for a page that showed nothing of it.
    """

    def made(files: Files) -> Files:
        if seen and mark(part(files)) != seen:
            raise ChangedMeanwhileError
        return edit(files)

    return made


@dataclass(frozen=True, slots=True)
class WantedReminder:
    """What can be changed of an entry of the plan."""

    working_days: int
    """From the due day: -1 is the working day before it."""
    at: dt.time
    to: tuple[str, ...]
    only_if_owed: bool


def reminder_of(config: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """An entry of the plan."""
    return next((entry for entry in config.get("reminders") or () if str(entry["key"]) == key), None)


def with_reminder(files: Files, key: str, wanted: WantedReminder) -> Files:
    """An entry of the plan goes out on another day, at another hour, to others. Raises LookupError."""
    config = config_of(files)
    entry = reminder_of(config, key)
    if entry is None:
        raise LookupError(key)
    entry["when"] = {"working_days": wanted.working_days, "at": wanted.at.isoformat(timespec="minutes")}
    entry["to"], entry["only_if_owed"] = list(wanted.to), wanted.only_if_owed
    return {**files, MAIN: written(config)}


def longer_than_told(before: Retention, days: Mapping[str, int | None]) -> bool:
    """Whether something is kept longer than the privacy notice said, so that everybody has to be told anew."""

    def length(value: int | None) -> int:
        return MOST_DAYS + 1 if value is None else value

    return any(length(days[kind]) > length(before.days(kind)) for kind in TOLD_IN_THE_NOTICE)


def with_retention(files: Files, days: Mapping[str, int | None]) -> Files:
    """Each kind is kept for so many days, None: for good. A notice that is not true any more becomes a new version."""
    config = config_of(files)
    if longer_than_told(retention_of(config), days):
        notice = config.get("privacy_notice") or {}
        config["privacy_notice"] = {**notice, "version": int(notice.get("version", 1)) + 1}
    config["retention"] = dict(days)
    return {**files, MAIN: written(config)}


def checks_of(config: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked of each household."""
    return dict(config.get("household_checks") or {})


def case_of(config: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """One of its cases, as it stands in the file."""
    return next((case for case in checks_of(config).get("cases") or () if str(case["key"]) == key), None)


def with_checks(files: Files, *, figures_when: str, figures: Mapping[str, str], inspector_push: bool) -> Files:
    """When a district's counts stand in its form, in which boxes, and whether inspectors are written to at once."""
    config = config_of(files)
    checks = checks_of(config) | {"figures_when": figures_when, "inspector_push": inspector_push}
    checks["figures"] = {name: box for name, box in figures.items() if box}
    return _with(files, config, checks)


def with_case(files: Files, key: str, case: Mapping[str, Any]) -> Files:
    """A case in the place of the one under `key`; behind the others where there is none, or under a key of its own
    for "": colleagues who add one each at the same time have two."""
    config = config_of(files)
    checks = checks_of(config)
    cases = list(checks.get("cases") or ())
    key = key or _new_case_key(cases)
    places = [place for place, each in enumerate(cases) if str(each["key"]) == key]
    new = {"key": key, **{name: value for name, value in case.items() if value or name in ("titles", "symbol")}}
    if places:
        cases[places[0]] = new
    else:
        cases.append(new)
    return _with(files, config, checks | {"cases": cases})


def without_case(files: Files, key: str) -> Files:
    """Nobody can say that this case holds any more, and nothing is filled with its count."""
    config = config_of(files)
    checks = checks_of(config)
    checks["cases"] = [case for case in checks.get("cases") or () if str(case["key"]) != key]
    checks["figures"] = {name: box for name, box in (checks.get("figures") or {}).items() if name != key}
    return _with(files, config, checks)


def _new_case_key(cases: Sequence[Mapping[str, Any]]) -> str:
    """A key that no case has: case1, case2."""
    taken = {str(case["key"]) for case in cases}
    return next(key for number in range(1, len(taken) + 2) if (key := f"case{number}") not in taken)


def _with(files: Files, config: dict[str, Any], checks: Mapping[str, Any]) -> Files:
    return {**files, MAIN: written(config | {"household_checks": dict(checks)})}
