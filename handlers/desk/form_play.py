"""ตั้งค่า, a form tried out as on a telephone: the conversation itself, of which nothing is stored or counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, abort, request, url_for

from bot.forms.compiled import CompiledForm
from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from handlers.desk.campaigns import ENTRY, found
from handlers.desk.form_rows import form_of, uploads
from handlers.desk.frame import Frame
from handlers.desk.reading import ADDRESSED, DayField, MomentField, day_field, moment_field, time_typed
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.campaigns.rehearsal import MOST_TURNS, Said, ShownButton, packed, rehearse, said_in, unpacked

UPLOAD = "upload"


def routes(pages: Blueprint, frame: Frame) -> None:
    @pages.get("/play")
    @opens_to_roles(STAFF_ROLES)
    def play(slug: str, form: str) -> Response:
        """From the beginning; ?of=upload plays the form that waits to be published."""
        return _shown(frame, slug, form, frame.runtime.clock.now(), [])

    @pages.post("/play")
    @opens_to_roles(STAFF_ROLES)
    def play_on(slug: str, form: str) -> Response:
        """One more thing said. Everything before it came with the page, and is played anew."""
        before = unpacked(request.form.get("so_far", ""))
        begun, said = before or (frame.runtime.clock.now(), [])
        new = _as_the_phone_sends_it(frame, said_in(request.form))
        return _shown(frame, slug, form, begun, [*said, *([new] if new else [])])


def _as_the_phone_sends_it(frame: Frame, said: Said | None) -> Said | None:
    """A day or time that was typed where the telephone has a wheel for it; what cannot be read is said in words, as one
    would in the chat, which answers how to write it."""
    if said is None or said.button is None or not said.picked:
        return said
    kind, day, moment = request.form.get(f"picks_{said.button}", ""), None, None
    if kind == "date":
        day = day_field(frame, said.picked).day
    elif kind == "datetime":
        moment = moment_field(frame, said.picked).moment
    time = time_typed(frame, said.picked) if kind == "time" else None
    if moment is not None:
        return replace(said, picked=moment.strftime(ADDRESSED))
    if day is not None:
        return replace(said, picked=day.isoformat())
    return replace(said, picked=time.isoformat("minutes")) if time is not None else Said(words=said.picked)


def _shown(frame: Frame, slug: str, key: str, begun: dt.datetime, said: Sequence[Said]) -> Response:
    of = UPLOAD if request.args.get("of") == UPLOAD else ""
    form, words = _form(frame, slug, key, of)
    rehearsal = rehearse(form, (words, frame.runtime.reader), begun, said)
    up = "desk_forms.waiting" if of else "desk_forms.one"
    values = {
        "form": form,
        "rehearsal": rehearsal,
        "so_far": packed(begun, said),
        "full": len(said) >= MOST_TURNS,
        "initial": lambda button: _initial(frame, button),
        "up": url_for(up, slug=slug, form=key),
        "again": url_for("desk_forms.play", slug=slug, form=key, of=of or None),
    }
    return frame.page("form_play.html", Text("desk.forms.play_title"), ENTRY, **values)


def _initial(frame: Frame, button: ShownButton) -> DayField | MomentField:
    """Where the telephone's wheel would stand."""
    if button.picks == "date":
        return day_field(frame, button.initial)
    if button.picks == "datetime":
        return moment_field(frame, button.initial)
    return DayField(button.initial)


def _form(frame: Frame, slug: str, key: str, of: str) -> tuple[CompiledForm, Catalogue]:
    """The form and the campaign's words."""
    with frame.runtime.sessions() as session:
        campaign = found(frame, session, slug)
        row = form_of(session, campaign, key)
        words = frame.runtime.texts.catalogue(frame.words.locale, campaign)
        if not of:
            return frame.runtime.forms.get(session, row.current_version_id or 0), words
    waiting = uploads(frame).waiting(row.id)
    if waiting is None:
        abort(404)
    return waiting.form, words
