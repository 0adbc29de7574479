"""How values of the rarer kinds are written for people: times, places, files, an order of choices."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation

from bot.forms.compiled import MEDIA, Kind, Question
from bot.messages.bubbles import Day, text
from bot.messages.catalogue import Catalogue
from bot.messages.formats import BANGKOK

_PLACES = frozenset({Kind.GEOTRACE, Kind.GEOSHAPE})


def written(catalogue: Catalogue, question: Question, raw: str) -> str | None:
    """The value as people read it; None for a kind without a way of its own, or a value that is none of its kind."""
    kind = question.kind
    if kind in {Kind.TIME, Kind.DATETIME}:
        return _moment(catalogue, raw)
    if kind is Kind.DECIMAL or question.range is not None:
        return _number(catalogue, raw)
    if kind is Kind.ACKNOWLEDGE:
        return catalogue.say(text("kinds.button.acknowledge"))
    if kind is Kind.GEOPOINT:
        return ", ".join(raw.split(" ")[:2])
    if kind in _PLACES:
        return catalogue.say(text("kinds.points", n=len([one for one in raw.split(";") if one.strip()])))
    return _file(catalogue, kind, raw) if kind in MEDIA else None


def _moment(catalogue: Catalogue, raw: str) -> str | None:
    day, mark, time = raw.rpartition("T")
    try:
        clock = dt.time.fromisoformat(time)
        date = dt.date.fromisoformat(day) if mark else dt.datetime(2000, 1, 1, tzinfo=BANGKOK).date()
    except ValueError:
        return None
    moment = dt.datetime.combine(date, clock, clock.tzinfo or BANGKOK)
    if not mark:
        return catalogue.write(moment)
    return catalogue.say(text("word.date_time", day=Day(moment.astimezone(BANGKOK).date()), time=moment))


def _number(catalogue: Catalogue, raw: str) -> str | None:
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return None
    return catalogue.write(number)


def _file(catalogue: Catalogue, kind: Kind, raw: str) -> str:
    """A file has a name that its sender knows; the others have none."""
    _id, mark, name = raw.partition("_")
    return name if kind is Kind.FILE and mark else catalogue.say(text(f"kinds.sent_{kind.value}"))
