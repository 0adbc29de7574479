"""ตั้งค่า, an entry of a campaign's reminder plan: on which day it goes out, at which hour, to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from bot.messages.bubbles import Text
from bot.messages.catalogue import DEFAULT_LOCALE
from handlers.desk.campaign_changing import Refused, change_campaign, said, seen
from handlers.desk.campaign_words import written
from handlers.desk.campaigns import ENTRY, loaded
from handlers.desk.frame import Frame
from handlers.desk.reading import count_typed, time_typed
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.calendar import day_of
from services.campaigns.editing_rules import WantedReminder, reminder_of, with_reminder
from services.campaigns.folder import Files, config_of
from services.campaigns.reminders import HEARERS
from services.campaigns.stored_settings import working_days_of
from services.desk import campaigns as listed
from services.reminders.entries import Entry, entries

SIDES = ("before", "on_day", "after")
MOST_DAYS = 60
"""Working days away from the due day."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it stands on the page."""

    side: str
    days: str
    at: str
    to: frozenset[str]
    only_if_owed: bool


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint(
        "desk_reminder_plan",
        __name__,
        url_prefix="/desk/settings/campaigns/<slug>/reminders/<key>",
        template_folder="templates",
    )

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def one(slug: str, key: str) -> Response:
        return _page(frame, slug, key, Refused())

    @pages.post("")
    @opens_to_roles(STAFF_ROLES)
    def save(slug: str, key: str) -> Response:
        """From the next time that the plan is looked at; what has gone out has gone out."""
        wanted = _wanted(frame, request.form)
        if isinstance(wanted, Refused):
            return _page(frame, slug, key, wanted)

        def edit(files: Files) -> Files:
            return with_reminder(files, key, wanted)

        def part(files: Files) -> object:
            return reminder_of(config_of(files), key)

        refused = change_campaign(frame, slug, edit, "reminder_changed", part)
        if refused is not None:
            return _page(frame, slug, key, refused)
        return frame.done(url_for("desk_dates.one", slug=slug), Text("desk.reminder.done"))

    return pages


def _wanted(frame: Frame, form: Mapping[str, str]) -> WantedReminder | Refused:
    side, at = form.get("side", ""), time_typed(frame, form.get("at", ""))
    days = 0 if side == "on_day" else count_typed(frame, form.get("days", ""), "day")
    to = tuple(role.value for role in HEARERS if role in request.form.getlist("to"))
    faults = []
    if side not in SIDES or days is None or days > MOST_DAYS or (side != "on_day" and days == 0):
        faults.append(Text("desk.reminder.no_days", {"most": MOST_DAYS}))
    if at is None:
        faults.append(Text("desk.reminder.no_time"))
    if not to:
        faults.append(Text("desk.reminder.nobody"))
    if faults or days is None or at is None:
        return said(frame, *faults)
    owed = form.get("only_if_owed") == "yes"
    return WantedReminder(-days if side == "before" else days, at, to, only_if_owed=owed)


def _page(frame: Frame, slug: str, key: str, refused: Refused) -> Response:
    with frame.runtime.sessions() as session:
        standing = loaded(frame, session, slug)
        lines = listed.rounds(session, standing.campaign, frame.words.locale)
        settings, config = standing.campaign.settings, standing.config
    spec, entry = reminder_of(config, key), _entry(settings, key)
    if spec is None or entry is None:
        abort(404)
    today, days = day_of(frame.runtime.clock.now()), working_days_of(settings)
    ahead = [line for line in lines if not line.of_duty and line.due >= today] if not entry.duty else []
    shown = {
        "slug": slug,
        "reminder": entry,
        "filled": _filled(request.form) if request.method == "POST" else _as_it_is(frame, entry),
        "seen": seen(spec, refused),
        "sides": SIDES,
        "hearers": HEARERS,
        "ahead": [(line, entry.planned(line.due, days)) for line in ahead],
        "opens": any(str(rnd.get("opens")) == key for rnd in config["rounds"]),
        "refused": refused,
        **written(frame),
    }
    return refused.on(frame.page("campaign_reminder.html", Text("desk.reminder.title"), ENTRY, **shown))


def _entry(settings: Mapping[str, Any], key: str) -> Entry | None:
    return next((entry for entry in entries(settings) if entry.key == key), None)


def _filled(form: Mapping[str, str]) -> Filled:
    to = frozenset(request.form.getlist("to"))
    return Filled(
        form.get("side", ""), form.get("days", "")[:40], form.get("at", "")[:40], to, form.get("only_if_owed") == "yes"
    )


def _as_it_is(frame: Frame, entry: Entry) -> Filled:
    side = "before" if entry.working_days < 0 else "after" if entry.working_days else "on_day"
    at = _written(entry.at, frame.words.locale)
    return Filled(side, str(abs(entry.working_days) or ""), at, frozenset(entry.to), entry.only_if_owed)


def _written(at: dt.time, locale: str) -> str:
    return at.strftime("%H.%M" if locale == DEFAULT_LOCALE else "%H:%M")
