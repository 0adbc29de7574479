"""Lines of the first page in words, each with the page where it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from handlers.desk.frame import Frame
from handlers.doors import DeskDoor, door_of
from services.calendar import day_of
from services.desk.scope import Scope
from services.desk.today.lines import Line

ADDRESSES: Final[Mapping[str, str]] = {
    "remind": "/desk/notices/remind?round={subject}",
    "review": "/desk/reports?state=waiting&{subject}",
    "returned": "/desk/reports?state=returned&{subject}",
    "report": "/desk/reports/{subject}",
    "requests": "/desk/settings/requests",
    "notices": "/desk/notices",
    "pairs": "/desk/look-alikes",
    "quality": "/desk/quality",
    "sums": "/desk/reconciliation",
    "system": "/desk/settings/system",
    "matrix": "#matrix",
    "provinces": "#provinces",
}
"""Where each kind of line is done. One whose page does not exist, or is not for the visitor, has no button."""
_OF_A_CHAT: Final = frozenset({"remind"})
_BY_AREA: Final = frozenset({"quality", "sums"})
"""Pages that show one area at a time."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the list in words."""

    rank: str
    sentence: str
    notes: tuple[str, ...]
    typed: str
    address: str
    button: str


def shown(frame: Frame, line: Line, scope: Scope) -> Shown:
    words, address = frame.words, address_of(frame, line.place, line.subject)
    if frame.visitor.scope.wide and line.place in _OF_A_CHAT:
        address = ""  # that page is of the province that the visitor's chat speaks of, which may be another
    elif frame.visitor.scope.wide and not scope.wide and line.place in _BY_AREA:
        address = f"{address}?district={scope.codes[0]}"
    return Shown(
        rank=line.urgency.name.lower(),
        sentence=words.say(line.sentence),
        notes=tuple(words.say(note) for note in line.notes),
        typed=words.say(line.typed) if isinstance(line.typed, Text) else str(line.typed),
        address=address,
        button=words.say(Text(f"desk.today.button.{line.place}")) if line.place else "",
    )


def address_of(frame: Frame, place: str, subject: int | str) -> str:
    """The page where something is done, if there is one and it opens to the visitor; else ""."""
    path = ADDRESSES.get(place, "").format(subject=subject)
    if not path or path.startswith("#"):
        return path
    try:
        endpoint, _values = current_app.url_map.bind("").match(urlsplit(path).path, method="GET")
    except HTTPException:
        return ""
    door = door_of(current_app, endpoint)
    return path if isinstance(door, DeskDoor) and door.roles & frame.visitor.roles else ""


def written(words: Catalogue) -> Callable[[dt.date], str]:
    """A day as the office writes it: 11 มิ.ย. 64."""

    def written(day: dt.date) -> str:
        return words.say(Text("desk.today.on_day", {"day": day_of(day) if isinstance(day, dt.datetime) else day}))

    return written
