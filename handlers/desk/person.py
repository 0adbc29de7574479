"""ตั้งค่า, one person: their duties, what the visitor may do about each, and what could not be done as it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, abort
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from bot.messages.bubbles import Text
from bot.messages.catalogue import DEFAULT_LOCALE
from handlers.desk.frame import Frame
from models.people import STAFF_ROLES, Role
from services.desk.people import People, PersonLine
from services.desk.scope import PROVINCE_DIGITS, Scope
from services.desk.villages import VillageList
from services.people.duties import given_by, may_give
from services.people.people import Areas


@dataclass(frozen=True, slots=True)
class Tried:
    """A form of the page that could not be done; what was typed stays, to be mended there."""

    area: str
    fault: Text
    role: str = ""
    """Of a further duty."""
    duty: int = 0
    """Which was to be moved."""


def page(frame: Frame, person: int, tried: Tried | None = None) -> Response:
    """404 for somebody who never had a duty in what the visitor sees."""
    with frame.runtime.sessions() as session:
        areas = Areas(session, frame.words)
        line = People(session, frame.visitor.scope, areas).one(person) or abort(404)
        # a duty elsewhere gives no right over its people
        scope = frame.visitor.within(STAFF_ROLES)
        changes = may_change(frame, line) and any(scope.sees(duty.area.code) for duty in line.duties)
        own = [duty for duty in line.holding if changes and scope.sees(duty.area.code)]
        looked = People(session, scope, areas)
        successors = {duty.id: looked.successors(person, duty) for duty in own}
        districts = _districts(session, areas, line, scope) if changes else {}
    gives = changes and person != frame.visitor.person_id and not is_erased(frame, line)
    shown = frame.page(
        "person.html",
        Text("desk.people.person", {"name": line.name}),
        "settings",
        line=line,
        changes=changes,
        successors=successors,
        districts=districts,
        roles=[role.value for role in may_give(frame.visitor.roles)] if gives else [],
        devices=frame.runtime.desks.devices(person) if changes else (),
        tried=tried,
        fault=frame.words.say(tried.fault) if tried is not None else "",
    )
    if tried is not None:
        shown.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return shown


def _districts(session: Session, areas: Areas, line: PersonLine, scope: Scope) -> dict[str, tuple[AreaFacts, ...]]:
    """By province, of those in which the person has or had a duty and the visitor is staff."""
    provinces = dict.fromkeys(duty.area.code[:PROVINCE_DIGITS] for duty in line.duties)
    return {
        province: tuple(VillageList(session, Scope((province,)), areas, ()).choices("").districts)
        for province in provinces
        if scope.sees(province)
    }


def is_erased(frame: Frame, line: PersonLine) -> bool:
    """Nothing stands under that name any more that could do a duty."""
    return line.name == frame.runtime.texts.say(DEFAULT_LOCALE, "keeping.erased_name")


def may_change(frame: Frame, line: PersonLine) -> bool:
    """Staff look after everybody but administrators, who look after each other within a province."""
    own = frame.visitor.within(given_by(Role.ADMIN))
    return all(duty.role != Role.ADMIN or own.sees(duty.area.code) for duty in line.holding)
