"""What the conversation wants to say, before any locale or LINE format is chosen.

Flows build bubbles out of catalogue keys and values; `bot.messages.render` turns them into LINE message
objects. Keeping the two apart lets tests read what was said by key, and lets one turn speak any language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Day:
    """A date that is shown with its weekday: ศุกร์ที่ 11 มิ.ย. 64."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of the catalogue: `key` as in th.yaml, `values` for its {placeholders}."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.key)


Value = str | int | Decimal | dt.date | dt.datetime | Day | Text | tuple[Text | str, ...]
"""How a value is written depends on its type: integers get thousand separators, a `date` is 11 มิ.ย. 64, a
`Day` carries its weekday, a `datetime` (aware) is written as time of day 16.30 น. in Bangkok, a nested `Text`
is looked up first, a tuple is joined with " · "."""


def text(key: str, /, **values: Value) -> Text:
    """Short form of `Text(key, values)`."""
    return Text(key, values)


Words = Text | str
"""A catalogue sentence, or words that come from data (a form's label, a person's name)."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A postback button. `data` comes back to the bot; `says` is what the chat shows as said by the user
    (None: the button's label)."""

    label: Words
    data: str
    says: Words | None = None


@dataclass(frozen=True, slots=True)
class PickDate:
    """A button that opens LINE's date picker; the answer comes back as postback params.date (CE, no zone)."""

    label: Words
    data: str
    initial: dt.date
    earliest: dt.date | None = None
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PickTime:
    """A button that opens LINE's time picker; the answer comes back as postback params.time (HH:mm)."""

    label: Words
    data: str
    initial: dt.time


@dataclass(frozen=True, slots=True)
class PickMoment:
    """A button that opens LINE's picker of a day with its time; the answer is params.datetime, without a zone."""

    label: Words
    data: str
    initial: dt.datetime


@dataclass(frozen=True, slots=True)
class Say:
    """A button that sends words as if the user had typed them (LINE's message action)."""

    label: Words
    says: Words


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page."""

    label: Words
    uri: str


Button = Tap | PickDate | PickTime | PickMoment | Say | Link


@dataclass(frozen=True, slots=True)
class OnPhone:
    """A quick reply that opens the phone's camera, its album, or its map to send a place."""

    label: Words
    opens: Literal["camera", "cameraRoll", "location"]


Quick = Button | OnPhone
"""LINE takes the phone's own buttons as quick replies only."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a message of its own: addresses (https, as LINE wants them) of the large and of the small one."""

    large: str
    small: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One chat bubble: lines, the request on the last one, then its buttons (LINE for PC shows them too).

    `title` is drawn bold on top of a card. `footer` is the small grey line; the renderer adds the
    "type เมนู" line to every bubble with `card=True`, unless a footer is given. `quick` are extras for phones
    only and may never be the sole way to do a thing. `quotable` names the boxes that a quote of this bubble
    is about.
    """

    lines: tuple[Words, ...]
    buttons: tuple[Button, ...] = ()
    title: Words | None = None
    footer: Words | None = None
    card: bool = False
    quick: tuple[Quick, ...] = ()
    picture: Picture | None = None
    """Sent in place of words."""
