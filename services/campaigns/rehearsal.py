"""A form tried out as on a telephone: the conversation itself, played anew from what was said. Nothing is stored.

What was said travels with the page, so a rehearsal needs no table, survives a restart and disturbs nobody.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation.inputs import Incoming, Kind, incoming
from bot.forms.compiled import CompiledForm
from bot.messages.bubbles import Bubble, Button, Link, PickDate, PickMoment, PickTime, Say
from bot.messages.catalogue import Catalogue
from bot.messages.flex import lines_of
from bot.reading.reader import Reader
from bot.terminal import Terminal

MOST_TURNS = 200
LONGEST_WORDS = 2000
_YEARS = range(1970, 3000)
"""In which a rehearsal may have begun: at the ends of the calendar nothing can be counted."""
_PICKERS = {PickDate: "date", PickTime: "time", PickMoment: "datetime"}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said: words, a button by its place among those of the last answer, or a photo."""

    words: str = ""
    button: int | None = None
    picked: str = ""
    """What a date or time picker was set to."""
    photo: bool = False


@dataclass(frozen=True, slots=True)
class ShownButton:
    label: str
    place: int
    picks: str
    """date, time or datetime for a picker; else ""."""
    initial: str


@dataclass(frozen=True, slots=True)
class ShownBubble:
    title: str
    lines: tuple[str, ...]
    buttons: tuple[ShownButton, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What somebody said, and what they were answered; the first one was said by nobody."""

    mine: str
    photo: bool
    bubbles: tuple[ShownBubble, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    exchanges: tuple[Exchange, ...]
    finished: bool


def rehearse(
    form: CompiledForm, words: tuple[Catalogue, Reader], begun: dt.datetime, said: Sequence[Said]
) -> Rehearsal:
    """The whole conversation. `begun` (civil) is the moment in which all of it happens."""
    terminal = Terminal.of(form, words[0].locale, begun, words)
    terminal.open()
    exchanges = [Exchange("", photo=False, bubbles=_shown(terminal))]
    for each in said[:MOST_TURNS]:
        if terminal.submitted:
            break
        mine = _say(terminal, each)
        exchanges.append(Exchange(mine, each.photo, _shown(terminal)))
    return Rehearsal(tuple(exchanges), terminal.submitted)


def _say(terminal: Terminal, said: Said) -> str:
    """Let it be answered; returns the words that the chat would show as said."""
    catalogue = terminal.facts.catalogue
    if said.photo:
        terminal.say("/photo")
        return ""
    if said.button is None or not 0 <= said.button < len(terminal.buttons):
        terminal.take(Incoming(Kind.TEXT, text=said.words[:LONGEST_WORDS]))
        return said.words[:LONGEST_WORDS]
    button = terminal.buttons[said.button]
    shown = catalogue.say(button.label)
    if isinstance(button, Say):
        terminal.take(Incoming(Kind.TEXT, text=catalogue.say(button.says)))
    elif not isinstance(button, Link):
        terminal.take(_tapped(button, said.picked))
    return f"{shown} {said.picked}".strip()


def _tapped(button: Any, picked: str) -> Incoming:
    postback: dict[str, Any] = {"data": button.data}
    if type(button) in _PICKERS:
        postback["params"] = {_PICKERS[type(button)]: picked}
    return incoming({"type": "postback", "postback": postback}, late=False, group=False)


def _shown(terminal: Terminal) -> tuple[ShownBubble, ...]:
    places = iter(range(len(terminal.buttons)))
    return tuple(_bubble(bubble, terminal.facts.catalogue, places) for bubble in terminal.bubbles)


def _bubble(bubble: Bubble, catalogue: Catalogue, places: Any) -> ShownBubble:
    title = catalogue.say(bubble.title) if bubble.title else ""
    buttons = tuple(_button(button, catalogue, next(places)) for button in bubble.buttons)
    return ShownBubble(title, tuple(lines_of(bubble, catalogue)), buttons)


def _button(button: Button, catalogue: Catalogue, place: int) -> ShownButton:
    initial = ""
    if isinstance(button, PickDate | PickTime):
        initial = button.initial.isoformat()
    elif isinstance(button, PickMoment):
        initial = button.initial.replace(tzinfo=None).isoformat(timespec="minutes")
    return ShownButton(catalogue.say(button.label), place, _PICKERS.get(type(button), ""), initial)


def packed(begun: dt.datetime, said: Sequence[Said]) -> str:
    """What travels with the page."""
    return json.dumps([begun.isoformat(), [[each.words, each.button, each.picked, each.photo] for each in said]])


def unpacked(text: str) -> tuple[dt.datetime, list[Said]] | None:
    """None for what no page of ours has sent."""
    try:
        begun, said = json.loads(text)
        moment = dt.datetime.fromisoformat(begun)
        found = [_one(each) for each in said]
    except (ValueError, TypeError, OverflowError, RecursionError):  # of JSON's Infinity, and of brackets without end
        return None
    return (moment, found) if moment.tzinfo is not None and moment.year in _YEARS else None


def _one(given: Sequence[Any]) -> Said:
    words, button, picked, photo = given
    return Said(str(words), int(button) if button is not None else None, str(picked), bool(photo))


def said_in(form: Mapping[str, str]) -> Said | None:
    """What a form of the page says; None when nothing was."""
    if form.get("photo"):
        return Said(photo=True)
    tapped = form.get("tap", "")
    if tapped.isascii() and tapped.isdigit() and len(tapped) < len("1000"):
        return Said(button=int(tapped), picked=form.get(f"picked_{tapped}", "")[:40])
    words = form.get("words", "").strip()
    return Said(words=words) if words else None
