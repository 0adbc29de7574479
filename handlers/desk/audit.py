"""ตั้งค่า, the audit: who did what to what in the office's area, searched by person, kind of deed, place and day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Day, Text, Value
from handlers.desk.frame import Frame
from handlers.desk.reading import area_asked, day_field, page_asked
from handlers.doors import opens_to_roles
from models.area import Area, AreaKind
from models.people import STAFF_ROLES, Role
from services.calendar import day_of
from services.desk.campaigns import title_of
from services.desk.deeds import GROUPS
from services.desk.trail import Deed, Trail, WantedDeeds
from services.desk.trail_subjects import Subject
from services.desk.villages import VillageList
from services.people.people import Areas

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A deed in words."""

    at: dt.datetime
    who: str
    did: str
    on: str
    on_page: str
    """Where the subject is shown; "" where no page shows it."""
    area: str
    area_page: str


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_audit", __name__, url_prefix="/desk/settings/audit", template_folder="templates")

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def listed() -> Response:
        first, last = (day_field(frame, request.args.get(name, "")) for name in ("from", "to"))
        name, group = request.args.get("q", "").strip()[:_LONGEST], request.args.get("kind", "")
        wanted = WantedDeeds(name, group if group in GROUPS else "", area_asked(), first.day, last.day, page_asked())
        with frame.runtime.sessions() as session:
            deeds, more = Trail(session, frame.visitor.scope).page(wanted)
            areas = Areas(session, frame.words)
            lines = _lines(frame, session, areas, deeds)
            districts = VillageList(session, frame.visitor.scope, areas, ()).choices(wanted.area).districts
        return frame.page(
            "audit.html",
            Text("desk.audit.title"),
            "settings",
            lines=lines,
            more=more,
            wanted=wanted,
            first=first,
            last=last,
            groups=tuple(GROUPS),
            districts=districts,
        )

    return pages


def _lines(frame: Frame, session: Session, areas: Areas, deeds: tuple[Deed, ...]) -> list[Line]:
    codes = {deed.area_code for deed in deeds}
    rows = session.execute(select(Area.code, Area.kind).where(Area.code.in_(codes)))
    known: dict[str, str] = {row.code: row.kind for row in rows}
    areas.read(known)
    return [_line(frame, deed, areas, known) for deed in deeds]


def _line(frame: Frame, deed: Deed, areas: Areas, known: dict[str, str]) -> Line:
    words, village = frame.words, known.get(deed.area_code) == AreaKind.VILLAGE
    values: dict[str, Value] = {"n": deed.number, "role": ""}
    if deed.role in set(Role):
        values["role"] = Text(f"role.{deed.role}")
    return Line(
        deed.at,
        deed.name if deed.by == "person" else words.say(Text(f"desk.audit.by.{deed.by}")),
        words.say(_did(frame, deed, values)),
        _on(frame, deed.subject),
        _page_of(deed.subject),
        areas[deed.area_code].name if deed.area_code in known else "",
        url_for("desk_village.houses", code=deed.area_code) if village else "",
    )


def _did(frame: Frame, deed: Deed, values: dict[str, Value]) -> Text:
    """What an older or newer version of the service wrote has no words here and is shown as it was named."""
    key = f"desk.audit.did.{deed.action.replace(' ', '_')}"
    return Text(key, values) if key in frame.words else Text("desk.audit.other", {"action": deed.action})


def _on(frame: Frame, subject: Subject) -> str:
    if not subject.kind:
        return ""
    values: dict[str, Value] = {"name": subject.name}
    key = f"desk.audit.on.{subject.kind}"
    if subject.campaign is not None:
        values["name"] = title_of(subject.campaign.settings, subject.campaign.slug, frame.words.locale)
    if subject.round is not None:
        values |= {"n": subject.round.number, "day": Day(day_of(subject.round.due_at))}
        key += "_of_duty" if subject.round.duty else "_of_round"
    return frame.words.say(Text(key, values))


def _page_of(subject: Subject) -> str:
    match subject.kind:
        case "report" if subject.id:
            return url_for("desk_report.report", report=subject.id)
        case "person":
            return url_for("desk_people.one", person=subject.id)
        case "campaign":
            return url_for("desk_campaigns.one", slug=subject.name)
    return ""
