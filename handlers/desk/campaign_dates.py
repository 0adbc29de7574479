"""ตั้งค่า, the dates of a campaign: rounds closed, opened again, moved; days off; the reminder plan."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy import select

from bot.messages.bubbles import Day, Text
from handlers.desk.campaign_changing import Refused, change_campaign, said
from handlers.desk.campaign_words import written
from handlers.desk.campaigns import ENTRY, found
from handlers.desk.frame import Frame
from handlers.desk.reading import DayField, day_field, number_of, shown_day
from handlers.doors import opens_to_roles
from models.campaign import Round
from models.people import STAFF_ROLES
from services.calendar import day_of
from services.campaigns.copying import days_table
from services.campaigns.days_off import read_days_off
from services.campaigns.editing import with_due, with_more_days_off, without_day_off
from services.campaigns.folder import config_of
from services.campaigns.keeping import Edit
from services.campaigns.kept import kept
from services.desk import campaigns as listed
from services.ledger.decisions import Decisions
from services.reminders.entries import entries


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint(
        "desk_dates", __name__, url_prefix="/desk/settings/campaigns/<slug>/dates", template_folder="templates"
    )

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def one(slug: str) -> Response:
        return _page(frame, slug, Refused())

    @pages.post("/close")
    @opens_to_roles(STAFF_ROLES)
    def close(slug: str) -> Response:
        """Close a round, or open it again."""
        closed = request.form.get("closed") == "yes"
        with frame.runtime.sessions() as session, session.begin():
            campaign = found(frame, session, slug)
            number = number_of(request.form.get("round", ""))
            rnd = session.scalar(select(Round).where(Round.campaign_id == campaign.id, Round.id == number))
            if rnd is None:
                abort(404)
            decisions = Decisions(session, frame.runtime.turns.facts, frame.runtime.clock)
            decisions.close_round(rnd.id, frame.visitor.person_id, closed=closed)
        return _done(frame, slug, Text("desk.dates.closed" if closed else "desk.dates.opened"))

    @pages.post("/move")
    @opens_to_roles(STAFF_ROLES)
    def move(slug: str) -> Response:
        """Another due day for a round that lies ahead."""
        number = number_of(request.form.get("number", ""))
        field = day_field(frame, request.form.get("due", ""), certain=True)
        due = field.day
        today = day_of(frame.runtime.clock.now())
        with frame.runtime.sessions() as session:
            campaign = found(frame, session, slug)
            own = select(Round.due_at).where(Round.campaign_id == campaign.id, Round.duty == "")
            standing = session.scalar(own.where(Round.number == number))
        if standing is None:
            abort(404)
        if due is None or due < today or day_of(standing) < today:
            refused = Refused((field.fault,)) if field.fault else said(frame, Text("desk.dates.only_ahead"))
            return _page(frame, slug, refused)
        moved = Text("desk.dates.moved", {"n": number, "day": Day(due)})
        return _changed(frame, slug, lambda files: with_due(files, number, due), "round_moved", moved)

    _days_off(pages, frame)
    return pages


def _days_off(pages: Blueprint, frame: Frame) -> None:
    @pages.post("/days")
    @opens_to_roles(STAFF_ROLES)
    def days(slug: str) -> Response:
        """More days off, a line for each; or one of them taken away."""
        gone = day_field(frame, request.form.get("gone", "")).day
        if gone is not None:
            done = Text("desk.dates.day_gone", {"day": Day(gone)})
            return _changed(frame, slug, lambda files: without_day_off(files, gone), "days_off_changed", done)
        read = read_days_off(request.form.get("more", "")[:10_000], frame.runtime.reader, frame.runtime.clock.now())
        if read.unread or not read.days:
            unread = (Text("desk.copy.unread_line", {"line": line}) for line in read.unread)
            return _page(frame, slug, said(frame, Text("desk.copy.unread"), *unread))
        done = Text("desk.dates.days_added", {"n": len(read.days)})
        return _changed(frame, slug, lambda files: with_more_days_off(files, read.days), "days_off_changed", done)


def _changed(frame: Frame, slug: str, edit: Edit, action: str, done: Text) -> Response:
    """Change the campaign as the visitor may; what its check refuses is told, and nothing is changed."""
    refused = change_campaign(frame, slug, edit, action)
    return _page(frame, slug, refused) if refused is not None else _done(frame, slug, done)


def _done(frame: Frame, slug: str, done: Text) -> Response:
    return frame.done(url_for("desk_dates.one", slug=slug), done)


def _page(frame: Frame, slug: str, refused: Refused) -> Response:
    words = frame.words
    with frame.runtime.sessions() as session:
        campaign = found(frame, session, slug)
        files = kept(session, campaign.id)
        lines = listed.rounds(session, campaign, words.locale)
        plan = entries(campaign.settings)
    off = [row for row in days_table(files, config_of(files)) if row["works"].strip() == "no"] if files else []
    shown = {
        "slug": slug,
        "lines": lines,
        "dues": {line.id: _due_field(frame, line) for line in lines},
        "plan": plan,
        "off": [(dt.date.fromisoformat(row["date"].strip()), row.get(f"name_{words.locale}", "")) for row in off],
        "more": request.form.get("more", ""),
        "today": day_of(frame.runtime.clock.now()),
        "refused": refused,
        "loaded": bool(files),
        **written(frame),
    }
    return refused.on(frame.page("campaign_dates.html", Text("desk.dates.title"), ENTRY, **shown))


def _due_field(frame: Frame, line: listed.RoundLine) -> DayField:
    """What was typed for this round, where the page answers a form; else its due day."""
    typed = request.form.get("due", "")
    if typed and not line.of_duty and request.form.get("number", "") == str(line.called):
        return day_field(frame, typed, certain=True)
    return shown_day(frame, line.due)
