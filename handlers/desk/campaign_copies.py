"""ตั้งค่า, a new campaign: a copy of one that there is, with other dates, seen whole before it is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from bot.messages.catalogue import LOCALES
from bot.messages.formats import BANGKOK
from handlers.desk.campaign_changing import told
from handlers.desk.campaign_meanwhile import meanwhile
from handlers.desk.campaign_words import written
from handlers.desk.campaigns import ENTRY, loaded
from handlers.desk.frame import Frame
from handlers.desk.reading import DayField, day_field, shown_day
from handlers.doors import opens_to_roles
from models.campaign import Campaign
from models.people import STAFF_ROLES
from services.campaigns.copy_preview import Preview, preview
from services.campaigns.copying import Wanted, due_days, moved, slug_for, working_days
from services.campaigns.days_off import DaysOff, read_days_off
from services.campaigns.files import CampaignError
from services.campaigns.folder import Files, config_of
from services.campaigns.keeping import TakenError
from services.desk import campaigns as listed

LONGEST_TITLE = 200
LONGEST_WORK = 40
_YEAR = dt.timedelta(days=364)
"""Fifty-two weeks: the first day that is proposed is of the same weekday."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The copy's form as it was filled in, or as it is proposed."""

    titles: Mapping[str, str]
    work: Mapping[str, str]
    first: dt.date
    first_field: DayField
    dues: Mapping[int, dt.date]
    fields: Mapping[int, DayField]
    """Of the due days, by number."""
    each: bool
    """Whether each due day was given by itself."""
    days_off: DaysOff
    days_off_text: str
    given: bool
    """Somebody has filled it in: there is something to preview."""
    faults: tuple[str, ...]
    """Texts of what is missing or cannot be read."""


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_copies", __name__, url_prefix="/desk/settings/campaigns", template_folder="templates")

    @pages.get("/<slug>/copy")
    @opens_to_roles(STAFF_ROLES)
    def ask(slug: str) -> Response:
        """The form; with what it asks for in the address, the preview below it. Nothing is stored."""
        files = _files(frame, slug)
        return _page(frame, slug, files, _asked(frame, files, request.args))

    @pages.post("/<slug>/copy")
    @opens_to_roles(STAFF_ROLES)
    def publish(slug: str) -> Response:
        """Publish the copy as it was previewed; what cannot be published is shown with the reasons."""
        files = _files(frame, slug)
        asked = _asked(frame, files, request.form)
        with frame.runtime.sessions() as session:
            wanted = _wanted(session, slug, asked)
            new, shown = _preview(frame, session, files, wanted)
        if asked.faults or not shown.publishable:
            return _page(frame, slug, files, asked)
        previewed = request.form.get("as", wanted.slug)
        if previewed != wanted.slug:  # the name that the preview had is another campaign's by now
            return _page(frame, slug, files, asked, previewed)
        try:
            made = frame.runtime.campaigns.create(new, frame.visitor.person_id)
        except TakenError:
            return _page(frame, slug, files, asked, wanted.slug)
        except CampaignError:  # the page says why not
            return _page(frame, slug, files, asked)
        title = asked.titles[frame.words.locale]
        return frame.done(url_for("desk_campaigns.one", slug=made), Text("desk.copy.done", {"title": title}))

    return pages


def _files(frame: Frame, slug: str) -> Files:
    with frame.runtime.sessions() as session:
        return loaded(frame, session, slug).files


def _page(frame: Frame, slug: str, files: Files, asked: Asked, taken: str = "") -> Response:
    """`taken`: the campaign that somebody else published in this one's place, while its preview stood open."""
    shown: Preview | None = None
    with frame.runtime.sessions() as session:
        wanted = _wanted(session, slug, asked)
        if asked.given and not asked.faults:
            _new, shown = _preview(frame, session, files, wanted)
        other = listed.campaign(session, frame.visitor.scope, taken) if taken else None
    values = {
        "slug": slug,
        "asked": asked,
        "shown": shown,
        "refused": told(frame, shown.faults if shown is not None else ()),
        "as_slug": wanted.slug,
        "notice": meanwhile(frame, taken) if other is not None else "",
        "taken": taken,
        **written(frame),
    }
    answer = frame.page("copy.html", Text("desk.copy.title"), ENTRY, **values)
    if taken:
        answer.status_code = HTTPStatus.CONFLICT
    elif request.method == "POST":  # shown again, so it was not published
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


def _wanted(session: Session, slug: str, asked: Asked) -> Wanted:
    taken = session.scalars(select(Campaign.slug)).all()
    return Wanted(slug_for(slug, asked.first, taken), asked.titles, asked.work, asked.dues, asked.days_off.days)


def _preview(frame: Frame, session: Session, files: Files, wanted: Wanted) -> tuple[Files, Preview]:
    runtime = frame.runtime
    return preview(
        session, files, wanted, _today(frame), frame.words.locale, runtime.texts.product, runtime.compile_xlsform
    )


def _today(frame: Frame) -> dt.date:
    return frame.runtime.clock.now().astimezone(BANGKOK).date()


def _asked(frame: Frame, files: Files, given: Mapping[str, str]) -> Asked:
    config = config_of(files)
    old = due_days(config)
    text = given.get("days_off", "")[:10_000]
    days_off = read_days_off(text, frame.runtime.reader, frame.runtime.clock.now())
    proposed = min(old.values()) + _YEAR
    while proposed < _today(frame):
        proposed += _YEAR
    first_field = day_field(frame, given.get("first", ""))
    first = first_field.day or proposed
    days = working_days(files, config, days_off.days)
    dues = moved(old, first, days)
    fields = {number: shown_day(frame, due) for number, due in dues.items()}
    each = given.get("of") == first.isoformat()
    if each:
        typed = {number: day_field(frame, given.get(f"due_{number}", "")) for number in dues}
        fields |= {number: field for number, field in typed.items() if field.words}
        dues = {number: fields[number].day or due for number, due in dues.items()}
    titles = _by_locale(given, "title", config.get("titles") or {}, LONGEST_TITLE)
    work = _by_locale(given, "work", config.get("work") or {}, LONGEST_WORK)
    faults = ["desk.copy.no_title"] if not all(titles.values()) else []
    faults += ["desk.copy.no_first"] if "first" in given and not first_field.day else []
    faults += ["desk.copy.no_due"] if any(field.fault for field in fields.values()) else []
    faults += ["desk.copy.order"] if [dues[n] for n in sorted(dues)] != sorted(set(dues.values())) else []
    faults += ["desk.copy.unread"] if days_off.unread else []
    shown = first_field if "first" in given else shown_day(frame, first)
    return Asked(titles, work, first, shown, dues, fields, each, days_off, text, "first" in given, tuple(faults))


def _by_locale(given: Mapping[str, str], name: str, otherwise: Mapping[str, str], longest: int) -> dict[str, str]:
    return {
        locale: " ".join(given.get(f"{name}_{locale}", otherwise.get(locale, "")).split())[:longest]
        for locale in LOCALES
    }
