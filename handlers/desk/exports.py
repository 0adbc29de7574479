"""รายงาน, data out: files of reports and photos, asked for, watched while they are made, and fetched."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.desk.reading import area_asked
from handlers.doors import opens_to_roles
from models.area import Area
from models.campaign import Campaign, Form, Round
from models.export import Export, ExportKind, ExportState
from services.desk.scope import Scope, campaign_of_desk
from services.desk.sessions import DESK_ROLES
from services.desk.villages import Choices, VillageList
from services.exports.files import WRITERS
from services.exports.ordering import JOB, Asked, NotThereError, Order, asked_in
from services.people.people import Areas

POLL_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    title: str


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_exports", __name__, url_prefix="/desk/exports", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def listed() -> Response:
        scope = frame.visitor.scope
        area = area_asked() if scope.sees(area_asked()) else ""
        with frame.runtime.sessions() as session:
            asked = asked_in(session, scope)
            areas = Areas(session, frame.words)
            areas.read(one.row.area_code for one in asked)
            names = {one.row.area_code: areas[one.row.area_code].name for one in asked}
            campaign = campaign_of_desk(session, scope.narrowed(area))
            places = VillageList(session, scope, areas, ()).choices(area)
            choices = _choices(frame, session, campaign, _codes(scope, area, places), areas) if campaign else None
        shown = [(one.row.id, one.row.state, one.row.done, one.row.total, len(one.row.parts)) for one in asked]
        tag, same = frame.unchanged(shown, choices)
        if same is not None:
            return same
        waits = any(one.row.state == ExportState.WANTED.value for one in asked)
        answer = frame.page(
            "exports.html",
            Text("desk.exports.title"),
            "reports",
            asked=[(one, _what(frame, one)) for one in asked],
            names=names,
            choices=choices,
            looked={"choices": places, "area": area},
            formats=tuple(WRITERS),
            **({"poll": POLL_SECONDS} if waits else {}),
            tag=tag,
        )
        answer.set_etag(tag)
        return answer

    @pages.post("")
    @opens_to_roles(DESK_ROLES)
    def ask() -> Response:
        order = _order()
        with frame.runtime.sessions() as session:
            # each province has a campaign of its own
            campaign = campaign_of_desk(session, frame.visitor.scope.narrowed(order.area))
        if campaign is None:
            abort(404)
        try:
            row = frame.runtime.exports.ask(frame.visitor, campaign, order)
        except NotThereError:
            abort(404)
        frame.runtime.queue.ring(JOB, row)  # unheard, the sweep finds the row
        return frame.done(url_for("desk_exports.listed"), Text("desk.exports.asked"))

    @pages.get("/<int:number>/<int:part>")
    @opens_to_roles(DESK_ROLES)
    def fetch(number: int, part: int) -> Response:
        try:
            found = frame.runtime.exports.fetch(frame.visitor, number, part)
        except NotThereError:
            abort(404)
        except OSError:
            return frame.turned_away("later", HTTPStatus.SERVICE_UNAVAILABLE)
        answer = Response(found.chunks, content_type=found.content_type)
        answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
        return answer

    return pages


def _order() -> Order:
    """What a form of ours asks for; anything else is an address that is not there."""
    given = request.form
    numbers = given.getlist("round")
    kind = given.get("kind", "")
    if kind not in set(ExportKind) or not all(
        each.isascii() and each.isdigit() and len(each) < len("10000") for each in numbers
    ):
        abort(404)
    rounds = tuple(sorted({int(each) for each in numbers}))
    area, form, ending = (given.get(name, "") for name in ("area", "form", "format"))
    return Order(ExportKind(kind), area, rounds, form, ending, given.get("versions") == "all")


def _choices(
    frame: Frame, session: Session, campaign: Campaign, codes: list[str], areas: Areas
) -> dict[str, list[Choice]]:
    """What the form offers: forms that are filled in, the campaign's own rounds, areas."""
    filled = select(Form).where(Form.campaign_id == campaign.id, Form.current_version_id.is_not(None)).order_by(Form.id)
    rounds = select(Round.number).where(Round.campaign_id == campaign.id, Round.duty == "").order_by(Round.number)
    areas.read(codes)
    known = set(session.scalars(select(Area.code).where(Area.code.in_(codes))))
    return {
        "forms": [
            Choice(form.key, frame.runtime.forms.get(session, form.current_version_id or 0).title)
            for form in session.scalars(filled)
        ],
        "rounds": [
            Choice(str(number), frame.words.say(Text("desk.exports.round", {"n": number})))
            for number in session.scalars(rounds)
        ],
        "areas": [Choice(code, areas[code].name) for code in codes if code in known],
    }


def _codes(scope: Scope, area: str, places: Choices) -> list[str]:
    """The visitor's areas and their districts; of many provinces these alone, until one is chosen."""
    return list(
        dict.fromkeys(
            code
            for code in (*scope.narrowed(area).codes, *(each.code for each in places.districts))
            if code.startswith(area)
        )
    )


def _what(frame: Frame, asked: Asked) -> str:
    """What a line of the list holds, in words."""
    return frame.words.say(
        Text(
            f"desk.exports.of.{asked.row.kind}",
            {"rounds": _rounds(frame, asked.row), "format": asked.row.wanted["format"].upper()},
        )
    )


def _rounds(frame: Frame, row: Export) -> str:
    numbers = row.wanted["rounds"]
    if not numbers:
        return frame.words.say(Text("desk.exports.all_rounds"))
    return frame.words.say(Text("desk.exports.rounds", {"n": ", ".join(map(str, numbers))}))
