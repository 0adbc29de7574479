"""A new campaign as a copy of another with other dates: forms, reminder plan, texts, documents and checks come along.

The campaign's own rounds keep the spacing of their due days, moved to working days. What a copy leaves behind: the
number of the old letter, known values that were not the register's, and when rounds were closed by hand. Pure.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.calendar import WorkingDays
from services.campaigns.folder import MAIN, Files, config_of, written
from services.campaigns.tables import holidays

_YEAR_AT_END = re.compile(r"_?\d{4}(?:_\d+)?$")
_BUDDHIST = 543
_YEAR = re.compile(r"(?<![\d.])25[5-9]\d(?!\d)|[๒][๕][๕-๙][๐-๙]|(?<![\d-])20[2-4]\d(?!\d)")
"""A year in words, of either era, in either kind of digits."""
_DATED = ("due", "expected")
_LIMITS = ("from", "until")
REGISTER = "register"
WORKING_DAYS = "working_days.csv"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for a copy."""

    slug: str
    titles: Mapping[str, str]
    work: Mapping[str, str]
    dues: Mapping[int, dt.date]
    """Due day of each of the campaign's own rounds, by number."""
    days_off: Mapping[dt.date, str]
    """Further days on which offices are closed, with their names."""


def slug_for(old: str, first: dt.date, taken: Iterable[str]) -> str:
    """loei_2564 -> loei_2565, or loei_2565_2 where that is taken."""
    year = first.year + _BUDDHIST
    plain = f"{_YEAR_AT_END.sub('', old) or old}_{year}"
    used = set(taken)
    if plain not in used:
        return plain
    return next(name for number in range(2, len(used) + 3) if (name := f"{plain}_{number}") not in used)


def due_days(config: Mapping[str, Any]) -> dict[int, dt.date]:
    """Of the campaign's own rounds, by number."""
    return {int(spec["number"]): dt.date.fromisoformat(str(spec["due"])) for spec in config["rounds"]}


def moved(dues: Mapping[int, dt.date], first: dt.date, days: WorkingDays) -> dict[int, dt.date]:
    """The same spacing from another first day, which stands as it was asked for; the others on working days."""
    start = min(dues.values())
    return {
        number: first if due == start else on_working_day(first + (due - start), days) for number, due in dues.items()
    }


def on_working_day(day: dt.date, days: WorkingDays) -> dt.date:
    """The day, or the next one on which offices work."""
    return day if days.works(day) else days.shift(day, 1)


def copied(files: Files, wanted: Wanted) -> Files:
    """The folder of the new campaign."""
    config = config_of(files)
    days = working_days(files, config, wanted.days_off)
    config |= {"slug": wanted.slug, "titles": dict(wanted.titles), "work": dict(wanted.work)}
    config.pop("letter", None)
    old = due_days(config)
    shift = min(wanted.dues.values()) - min(old.values())
    config["rounds"] = [_round(spec, wanted.dues[int(spec["number"])], days) for spec in config["rounds"]]
    if config.get("duties"):
        config["duties"] = [_duty(spec, shift, days) for spec in config["duties"]]
    new = dict(files)
    if config.get("known"):
        new[str(config["known"])] = _from_register(files[str(config["known"])])
    if wanted.days_off:
        config.setdefault("working_days", WORKING_DAYS)
        new[str(config["working_days"])] = with_days_off(files.get(str(config["working_days"]), b""), wanted.days_off)
    new[MAIN] = written(config)
    return new


def _round(spec: Mapping[str, Any], due: dt.date, days: WorkingDays) -> dict[str, Any]:
    shift = due - dt.date.fromisoformat(str(spec["due"]))
    return {
        **spec,
        "due": due.isoformat(),
        "opens": _moment(str(spec["opens"]), shift, days, latest=due),
        "closes": _moment(str(spec["closes"]), shift, days) if spec.get("closes") else None,
    }


def _moment(text: str, shift: dt.timedelta, days: WorkingDays, latest: dt.date | None = None) -> str:
    """A local time, moved; the key of a reminder stays."""
    try:
        then = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    day = on_working_day(then.date() + shift, days)
    day = min(day, latest) if latest else day
    return dt.datetime.combine(day, then.time()).isoformat(timespec="minutes")


def _duty(spec: Mapping[str, Any], shift: dt.timedelta, days: WorkingDays) -> dict[str, Any]:
    new = dict(spec)
    for key in _DATED:
        if spec.get(key):
            new[key] = [on_working_day(_day(text) + shift, days).isoformat() for text in spec[key]]
    for key in _LIMITS:
        if spec.get(key):
            new[key] = (_day(spec[key]) + shift).isoformat()
    if isinstance(spec.get("period"), Mapping):
        new["period"] = {name: (_day(text) + shift).isoformat() for name, text in spec["period"].items()}
    return new


def _day(text: object) -> dt.date:
    return dt.date.fromisoformat(str(text))


def _from_register(table: bytes) -> bytes:
    """The rows of known values that hold in another year as well: how many villages and households there are."""
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig")), restval="")
    return table_of(rows.fieldnames or (), [row for row in rows if row.get("source", "").strip() == REGISTER])


def working_days(files: Files, config: Mapping[str, Any], more: Iterable[dt.date] = ()) -> WorkingDays:
    """Of a kept folder, with further days off."""
    return WorkingDays(holidays(days_table(files, config)) | frozenset(more))


def days_table(files: Files, config: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of the folder's table of working days."""
    table = files.get(str(config.get("working_days") or ""), b"")
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig")), restval=""))


def with_days_off(table: bytes, days: Mapping[dt.date, str]) -> bytes:
    """The table with further days off, in order; a day that stands there already is set to be one."""
    reader = csv.DictReader(io.StringIO(table.decode("utf-8-sig")), restval="")
    rows = [row for row in reader if row["date"].strip() not in {day.isoformat() for day in days}]
    rows += [{"date": day.isoformat(), "works": "no", "name_th": name, "name_en": name} for day, name in days.items()]
    columns = reader.fieldnames or ("date", "works", "name_th", "name_en")
    return table_of(columns, sorted(rows, key=lambda row: row["date"]))


def table_of(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows as CSV, in these columns."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Mention:
    """A line that names a year, which a copy may have to have written anew."""

    path: str
    line: int
    words: str


def mentions(files: Files) -> Iterator[Mention]:
    """Where texts, documents and the plan name a year; forms and tables are left out."""
    config = config_of(files)
    plan = config.get("plan") or ()
    named = [config.get("texts"), config.get("documents"), *(plan.values() if isinstance(plan, Mapping) else [plan])]
    for name in named:
        for number, line in enumerate(files.get(str(name or ""), b"").decode().splitlines(), 1):
            if _YEAR.search(line) and not line.lstrip().startswith("#"):
                yield Mention(str(name), number, line.strip().lstrip("- "))
