"""Changes of a kept folder that the desk makes: a due day, days off, a text. Pure."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping

from bot.messages.texts import flatten
from services.campaigns.copying import WORKING_DAYS, table_of, with_days_off
from services.campaigns.folder import MAIN, Files, config_of, parsed, written

TEXTS = "texts.yaml"


def with_due(files: Files, number: int, due: dt.date) -> Files:
    """Round `number` is due on another day. Raises LookupError."""
    config = config_of(files)
    spec = next((each for each in config["rounds"] if int(each["number"]) == number), None)
    if spec is None:
        raise LookupError(number)
    spec["due"] = due.isoformat()
    return {**files, MAIN: written(config)}


def with_more_days_off(files: Files, days: Mapping[dt.date, str]) -> Files:
    """Offices are closed on these days as well, which bear names."""
    config = config_of(files)
    changed = dict(files)
    if not config.get("working_days"):
        config["working_days"] = WORKING_DAYS
        changed[MAIN] = written(config)
    path = str(config["working_days"])
    return {**changed, path: with_days_off(files.get(path, b""), days)}


def without_day_off(files: Files, day: dt.date) -> Files:
    """Offices work on this day, unless it is a Saturday or Sunday."""
    path = str(config_of(files).get("working_days") or "")
    if path not in files:
        return files
    reader = csv.DictReader(io.StringIO(files[path].decode("utf-8-sig")), restval="")
    rows = [row for row in reader if row["date"].strip() != day.isoformat()]
    return {**files, path: table_of(reader.fieldnames or (), rows)}


def own_texts(files: Files) -> dict[str, dict[str, str]]:
    """The campaign's own texts by locale and dotted key."""
    path = str(config_of(files).get("texts") or "")
    data = parsed(files[path].decode()) if path in files else {}
    return {str(locale): dict(flatten(texts or {})) for locale, texts in (data or {}).items()}


def with_text(files: Files, key: str, words: Mapping[str, str]) -> Files:
    """The campaign says `key` in these words, by locale; without words in a locale, in the built-in ones."""
    config = config_of(files)
    texts = own_texts(files)
    for locale, own in words.items():
        of_locale = texts.setdefault(locale, {})
        of_locale.pop(key, None)
        if own:
            of_locale[key] = own
    changed = dict(files)
    if not config.get("texts"):
        config["texts"] = TEXTS
        changed[MAIN] = written(config)
    return {**changed, str(config["texts"]): written({locale: own for locale, own in texts.items() if own})}
