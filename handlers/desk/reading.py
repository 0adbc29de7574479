"""What an address or a field of the desk asks for, read once: pages, areas, days. Nonsense in an address is nothing;
a day that was typed and cannot be read is told at its field."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from flask import request

from bot.messages.bubbles import Day, Text
from bot.reading.outcome import Action
from handlers.desk.frame import Frame
from services.calendar import BANGKOK

_AREA = re.compile(r"[0-9]{2}([0-9]{2}){0,3}")
LAST_PAGE = 100_000
_YEARS = range(1900, 2400)
"""Of the common era, of a day or moment that is meant; what lies far off cannot be reckoned with."""
_LONGEST_NUMBER = 9
_LONGEST_DAY = 100
ADDRESSED = "%Y-%m-%dT%H:%M"
"""How a moment stands in a link."""


def area_asked() -> str:
    """The narrowest area of the address: ?tambon=, else ?district=, as long as the one lies in the other."""
    district, tambon = (_code(request.values.get(name, "")) for name in ("district", "tambon"))
    return tambon if tambon.startswith(district) and tambon else district


def _code(given: str) -> str:
    return given if _AREA.fullmatch(given) else ""


def page_asked() -> int:
    """From 1."""
    return min(max(number_of(request.args.get("page", "")), 1), LAST_PAGE)


def number_of(given: str) -> int:
    """The number of a row or page that a form or an address names; 0, which is nothing's, for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _LONGEST_NUMBER else 0


@dataclass(frozen=True, slots=True)
class DayField:
    """A field for a day (the macro `day` of desk/fields.html): what it shows, what was read, what is wrong."""

    words: str = ""
    """The day as the office writes it, which is read again as the same day; what was typed where none could be read."""
    day: dt.date | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class MomentField:
    """A field for a day with a time of day, in Bangkok."""

    words: str = ""
    moment: dt.datetime | None = None
    fault: str = ""


def day_field(frame: Frame, typed: str, *, certain: bool = False) -> DayField:
    """A day as people write it, in either era and either digits, or as an address has it (2021-06-16).

    `certain`: of something that is done at once. What could be read in another way is then a fault, and the field
    shows how it was read, so that the same button pressed again does it.
    """
    typed = typed.strip()[:_LONGEST_DAY]
    if not typed:
        return DayField()
    read = frame.runtime.reader.date(typed, now=frame.runtime.clock.now().astimezone(BANGKOK), rounds={})
    if read.value is None or read.action is Action.ASK or read.value.year not in _YEARS:
        last = read.notes.get("last_day")
        why = Text("desk.day.no_such", {"last": last}) if isinstance(last, int) else Text("desk.day.unread")
        return DayField(typed, None, frame.words.say(why))
    words = frame.words.write(read.value)
    if certain and read.action is Action.CONFIRM:
        return DayField(words, None, frame.words.say(Text("desk.day.doubt", {"day": Day(read.value)})))
    return DayField(words, read.value)


def shown_day(frame: Frame, day: dt.date) -> DayField:
    """A field that is filled in already."""
    return DayField(frame.words.write(day), day)


def moment_field(frame: Frame, typed: str, *, day_alone: dt.time | None = None) -> MomentField:
    """A day with its time as people write it, or as an address has it (2021-06-11T16:30, with or without its zone).

    `day_alone`: the time of a day that stands without one; None: a fault.
    """
    typed = typed.strip()[:_LONGEST_DAY]
    if not typed:
        return MomentField()
    now = frame.runtime.clock.now().astimezone(BANGKOK)
    found = _iso_moment(typed)
    if found is not None:
        return shown_moment(frame, found)
    read = frame.runtime.reader.moment(typed, now=now, rounds={})
    if read.value is not None and read.action is not Action.ASK and read.value.year in _YEARS:
        return shown_moment(frame, read.value.replace(tzinfo=BANGKOK))
    if read.why == "time_missing" and day_alone is not None:
        day = frame.runtime.reader.date(typed, now=now, rounds={}).value
        if day is not None and day.year in _YEARS:
            return shown_moment(frame, dt.datetime.combine(day, day_alone, BANGKOK))
    why = "no_time" if read.why in {"time_missing", "ambiguous"} else "unread_moment"
    return MomentField(typed, None, frame.words.say(Text(f"desk.day.{why}")))


def shown_moment(frame: Frame, moment: dt.datetime) -> MomentField:
    """A field that is filled in already."""
    local = moment.astimezone(BANGKOK)
    return MomentField(frame.words.say(Text("desk.moment", {"day": local.date(), "time": local})), local)


def _iso_moment(typed: str) -> dt.datetime | None:
    """As links have it. A year of the Buddhist era is left to the reader."""
    try:
        found = dt.datetime.fromisoformat(typed)
    except ValueError:
        return None
    if "T" not in typed or found.year not in _YEARS:
        return None
    return found.replace(tzinfo=BANGKOK) if found.tzinfo is None else found.astimezone(BANGKOK)


def moment_asked(frame: Frame) -> MomentField:
    """?at=, the moment as of which a page is shown; a day alone means its end. Without one: now."""
    return moment_field(frame, request.values.get("at", ""), day_alone=dt.time(23, 59))


def time_typed(frame: Frame, typed: str) -> dt.time | None:
    """A time of day as people write it: 13.30, 1:30 pm."""
    read = frame.runtime.reader.time(typed.strip()[:_LONGEST_DAY])
    return None if read.action is Action.ASK else read.value


def count_typed(frame: Frame, typed: str, unit: str = "") -> int | None:
    """A count as people write it: 30 or 1,825, in either digits, with or without its `unit` (day).

    None for anything that may mean another number.
    """
    read = frame.runtime.reader.quantity(typed.strip()[:_LONGEST_DAY])
    of_unit = read.action is Action.CONFIRM and read.why == "unit" and read.notes.get("unit") == unit
    return read.value if read.action is Action.ACCEPT or of_unit else None
