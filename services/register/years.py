"""Households with records of several survey years: the newest is what the household shows, older ones are kept aside.

It makes no difference in which order the years come, in one file or in several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy.orm import Session

from models.area import Household
from models.bulk import find_by_keys, upsert_many
from models.register import EarlierRecord
from services.register.kinds import EMPTY, HOUSEHOLDS, RECORD

Values = Mapping[str, Any]
_KEY = HOUSEHOLDS.key
_EARLIER_KEY = ("household_id", "survey_year")


class Note(Protocol):
    def __call__(self, *, stands: bool, equal: bool) -> None: ...


def merge_years(session: Session, rows: Sequence[Values], note: Note, *, store: bool) -> None:
    """Note for each row whether it stands already, and store what is new unless only trying."""
    keys = list({HOUSEHOLDS.key_of(values): None for values in rows})
    columns = list(dict.fromkeys(["id", *rows[0], *RECORD, "survey_year"]))
    found = {HOUSEHOLDS.key_of(row): row for row in find_by_keys(session, Household, _KEY, columns, keys)}
    fresh: dict[Any, Values] = {}
    older: dict[tuple[Any, int], Values] = {}
    given: list[tuple[Any, int]] = []
    for values in rows:
        key, year = HOUSEHOLDS.key_of(values), values["survey_year"]
        now = fresh.get(key) or found.get(key)
        standing = now["survey_year"] if now else None
        if year and standing and year < standing:
            older[key, year] = _record(values)
            given.append((key, year))
            continue
        if year and standing and year > standing and now is not None:
            older.setdefault((key, standing), _record(now))
        before = found.get(key)
        equal = before is not None and all(before[name] == value for name, value in values.items())
        note(stands=before is not None, equal=equal)
        if not equal:
            fresh[key] = values
    if store:
        upsert_many(session, Household, _KEY, list(fresh.values()))
    if older:
        _keep_older(session, older, given, note, store=store)


def _record(values: Values) -> dict[str, Any]:
    return {name: values.get(name, EMPTY.get(name)) for name in RECORD}


def _keep_older(
    session: Session,
    older: Mapping[tuple[Any, int], Values],
    given: Sequence[tuple[Any, int]],
    note: Note,
    *,
    store: bool,
) -> None:
    """The records of earlier years, compared with those that stand; `given` ones are rows of the file."""
    households = find_by_keys(session, Household, _KEY, ["id", *_KEY], list({key for key, _year in older}))
    ids = {HOUSEHOLDS.key_of(row): row["id"] for row in households}
    wanted = {(ids[key], year): values for (key, year), values in older.items() if key in ids}
    rows = find_by_keys(session, EarlierRecord, _EARLIER_KEY, [*_EARLIER_KEY, *RECORD], list(wanted))
    found = {(row["household_id"], row["survey_year"]): row for row in rows}

    def equal(key: tuple[int, int], values: Values) -> bool:
        return key in found and all(found[key][name] == value for name, value in values.items())

    for key, year in given:
        here = (ids.get(key, 0), year)
        note(stands=here in found, equal=equal(here, older[key, year]))
    if store:
        fresh = [
            {"household_id": household, "survey_year": year, **values}
            for (household, year), values in wanted.items()
            if not equal((household, year), values)
        ]
        upsert_many(session, EarlierRecord, _EARLIER_KEY, fresh)
