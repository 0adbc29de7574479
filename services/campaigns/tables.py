"""Reading the tables of a campaign's folder, with a plain sentence for each row that cannot be used."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.campaigns.fault import Fault

COLUMNS = {
    "working_days": ("date", "works"),
    "villages": ("code", "tambon_code", "moo", "name", "households"),
    "known": ("area_code", "name", "value", "source"),
    "households": ("village_code", "house_no", "ordinal"),
}
"""The columns that each table must have; the others of docs/campaigns.md may be left out."""
_WHOLE = ("moo", "households", "ordinal", "round")
"""Columns that hold a whole number or nothing."""

Table = list[dict[str, str]]


def read_tables(folder: Path, config: Mapping[str, Any], faults: list[Fault]) -> dict[str, Table]:
    """The rows of every table by its key in campaign.yaml; those not named there are empty. Faults are added."""
    return {key: _table(folder, config.get(key), columns, faults) for key, columns in COLUMNS.items()}


def _table(folder: Path, name: str | None, columns: tuple[str, ...], faults: list[Fault]) -> Table:
    if not name:
        return []
    try:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            rows = list(reader)
    except OSError as error:
        faults.append(Fault(f"{name} cannot be read: {error.strerror}", "unreadable", name=name))
        return []
    except UnicodeDecodeError:
        faults.append(Fault(f"{name} cannot be read: it is not UTF-8", "unreadable", name=name))
        return []
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    faults += [
        Fault(f"column {column} is missing", "column", name=column).within(name, "file", name=name)
        for column in missing
    ]
    if missing:
        return []
    for number, row in enumerate(rows, 2):
        faults += [fault.within(f"{name} row {number}", "row", name=name, n=number) for fault in _faults_of(row)]
    return rows


def _faults_of(row: Mapping[str, str]) -> list[Fault]:
    faults = [
        Fault(f"{column} is no whole number", "whole", name=column)
        for column in _WHOLE
        if row.get(column) and not (row[column].isascii() and row[column].isdigit())
    ]
    if "date" in row and _date(row["date"]) is None:
        faults.append(Fault("date is no date such as 2021-06-11", "no_day", name="date"))
    return faults


def holidays(rows: Table) -> frozenset[dt.date]:
    """The days on which offices are closed, weekends apart."""
    days = (_date(row["date"]) for row in rows if row["works"].strip() == "no")
    return frozenset(day for day in days if day is not None)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
