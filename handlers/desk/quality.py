"""ครัวเรือน, data quality: what a person should look at in the register, each finding with its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, url_for
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.desk.pictures import small_address
from handlers.desk.reading import area_asked, page_asked
from handlers.doors import opens_to_roles
from services.desk.scope import Scope
from services.desk.sessions import DESK_ROLES
from services.desk.villages import Choices, VillageList
from services.desk.volunteers import SignedName, signed_names, volunteer_name
from services.evidence.viewing import Shelf
from services.people.people import Areas
from services.quality.checks import CHECKS
from services.quality.counts import totals
from services.quality.findings import Finding, Row, Where
from services.quality.households import households_of

A_PAGE = 40
_HOUSEHOLDS = "households"
_SIGNATURES = "several_signatures"
_VILLAGE_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Looked:
    """The area that a page of findings is about, and what else could be chosen."""

    area: str
    scope: Scope
    choices: Choices


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_quality", __name__, url_prefix="/desk/quality", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def findings() -> Response:
        with frame.runtime.sessions() as session:
            looked = _looked(frame, session)
            found, counted_at = totals(session, looked.area)
        shown = {"found": [Finding(key, total, ()) for key, total in found.items()], "counted_at": counted_at}
        return frame.page("findings.html", Text("desk.quality.title"), _HOUSEHOLDS, looked=looked, **shown)

    @pages.get("/<check>")
    @opens_to_roles(DESK_ROLES)
    def finding(check: str) -> Response:
        if check not in CHECKS:
            abort(404)
        with frame.runtime.sessions() as session:
            looked = _looked(frame, session)
            found = CHECKS[check](session, _where(looked))
            names = [str(row.values["name"]) for row in found.rows] if check == _SIGNATURES else []
            signed = signed_names(session, looked.scope, names)
            lines = _lines(frame, session, found, check)
        return frame.page(
            "finding.html",
            Text(f"quality.{check}.title"),
            _HOUSEHOLDS,
            looked=looked,
            lines=lines,
            signed=signed,
            **_paged(frame, found),
            **_pictures(frame, signed, looked.area),
        )

    @pages.get("/volunteers/<volunteer>")
    @opens_to_roles(DESK_ROLES)
    def volunteer(volunteer: str) -> Response:
        """The households of one volunteer, those of the visitor's area alone."""
        with frame.runtime.sessions() as session:
            looked = _looked(frame, session)
            name = volunteer_name(session, frame.visitor.scope, volunteer)
            found = households_of(session, volunteer, _where(looked))
            lines = _lines(frame, session, found, "")
        if name is None or (not name and not found.total):
            abort(404)
        return frame.page(
            "volunteer.html",
            Text("desk.quality.volunteer", {"name": name or volunteer, "code": volunteer}),
            _HOUSEHOLDS,
            volunteer=volunteer,
            looked=looked,
            lines=lines,
            **_paged(frame, found),
        )

    return pages


def _looked(frame: Frame, session: Session) -> Looked:
    """What was asked for as far as the visitor may see it; one area at a time."""
    scope, asked = frame.visitor.scope, area_asked()
    area = asked if scope.sees(asked) else scope.codes[0]
    choices = VillageList(session, scope, Areas(session, frame.words), ()).choices(area)
    return Looked(area, scope.narrowed(area), choices)


def _where(looked: Looked) -> Where:
    return Where(looked.area, offset=(page_asked() - 1) * A_PAGE, limit=A_PAGE)


def _paged(frame: Frame, found: Finding) -> dict[str, object]:
    page = page_asked()
    return {
        "check": found.key,
        "what": frame.words.say(found.what()),
        "total": found.total,
        "number_of_page": page,
        "more": found.total > page * A_PAGE,
    }


def _pictures(frame: Frame, signed: dict[str, tuple[SignedName, ...]], area: str) -> dict[str, object]:
    shown = [number for people in signed.values() for person in people for number in person.pictures]
    frame.runtime.viewing.list_small(frame.visitor, Shelf.VOLUNTEER, shown, area)
    return {"small": small_address(frame, Shelf.VOLUNTEER)}


def _lines(frame: Frame, session: Session, found: Finding, check: str) -> list[tuple[Row, str, str]]:
    """Each row with its sentence, in which a village stands by its name, and the page that it leads to."""
    areas, words = Areas(session, frame.words), frame.words
    areas.read(row.subject.partition(" ")[0] for row in found.rows)
    lines = []
    for row in found.rows:
        code, _space, house = row.subject.partition(" ")
        named = row
        if house and len(code) == _VILLAGE_DIGITS and code.isdigit():
            name = words.say(Text("desk.quality.house_of", {"house": house, "area": areas[code].name}))
            named = replace(row, subject=name)
        lines.append((row, words.say(found.line(named)), _place(row.subject, check)))
    return lines


def _place(subject: str, check: str) -> str:
    """The page of what a row is about: a village, a tambon's or district's list, a volunteer; "" for none."""
    code = subject.partition(" ")[0]
    if check == "unknown_volunteers":
        return url_for("desk_quality.volunteer", volunteer=subject)
    if not code.isdigit():
        return ""
    if len(code) == _VILLAGE_DIGITS:
        return url_for("desk_village.houses", code=code)
    return url_for("desk_households.villages", district=code[:4], tambon=code if len(code) > len("4207") else None)
