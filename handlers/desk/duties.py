"""What provincial staff do about duties: given, moved, handed on, ended; a new telephone, a browser signed out."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text, Value
from bot.reading.national_id import mask
from handlers.desk.frame import Frame
from handlers.desk.person import Tried, is_erased, may_change, page
from handlers.desk.reading import number_of
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES, Membership, Role
from services.desk.people import People, PersonLine
from services.desk.scope import Scope
from services.people.duties import KINDS, Duties, ElsewhereError, HeldAlreadyError, NoSuchAreaError, given_by, may_give
from services.people.invitations import normalise_code
from services.people.people import Areas
from services.people.places import NoPlaceError, PlaceNames
from services.sheets.codes import code_qr

LONGEST_PLACE = 100


def add(pages: Blueprint, frame: Frame) -> None:
    """The routes."""
    _giving(pages, frame)
    _roles(pages, frame)
    _phones(pages, frame)


@dataclass(frozen=True)
class _Deed:
    """What provincial staff do about somebody's role, within a transaction; all of it is noted in the audit."""

    frame: Frame
    session: Session

    @property
    def scope(self) -> Scope:
        return self.frame.visitor.scope

    @property
    def people(self) -> People:
        return People(self.session, self.scope, Areas(self.session, self.frame.words))

    @property
    def duties(self) -> Duties:
        runtime = self.frame.runtime
        return Duties(self.session, runtime.clock, runtime.texts, self.frame.visitor.person_id)

    def person(self, person: int) -> PersonLine:
        """404 for somebody whom the visitor may not change."""
        line = self.people.one(person)
        if line is None or not may_change(self.frame, line):
            abort(404)
        return line

    def duty(self, person: int, duty: int) -> Membership:
        """The role as it stands, kept for this transaction; 404 for one that the visitor may not touch."""
        self.person(person)
        return self.people.duty(person, duty) or abort(404)

    def move(self, duty: Membership, wanted: str) -> None:
        """Raises NoSuchAreaError, also for an area of another province."""
        if not self.frame.visitor.within(given_by(duty.role)).sees(wanted):
            raise NoSuchAreaError(wanted)
        self.duties.move(duty, wanted)

    def give(self, person: int, role: Role, words: str) -> None:
        """A further role in the area that `words` name. Raises NoPlaceError, HeldAlreadyError."""
        if is_erased(self.frame, self.person(person)):
            abort(404)
        scope = self.frame.visitor.within(given_by(role))
        places = PlaceNames(self.session, scope, self.frame.runtime.register.words.lexicon)
        self.duties.give(person, role, places.find(words, KINDS[role]))


def _giving(pages: Blueprint, frame: Frame) -> None:
    @pages.post("/<int:person>/duties")
    @opens_to_roles(STAFF_ROLES)
    def give(person: int) -> Response:
        role, words = request.form.get("role", ""), request.form.get("area", "").strip()[:LONGEST_PLACE]
        if role not in may_give(frame.visitor.roles):
            abort(404)
        if person == frame.visitor.person_id:
            return _back(frame, person, "not_to_oneself")
        try:
            with frame.deed() as session:
                _Deed(frame, session).give(person, Role(role), words)
        except HeldAlreadyError:
            return page(frame, person, Tried(words, Text("desk.people.held_already"), role))
        except NoPlaceError as error:
            kind = KINDS[Role(role)].value
            key = "several" if error.several else f"no_{kind}"
            values: dict[str, Value] = {"heard": mask(words) or "-", "codes": ", ".join(error.several)}
            return page(frame, person, Tried(mask(words), Text(f"desk.people.{key}", values), role))
        return _back(frame, person, "given")


def _roles(pages: Blueprint, frame: Frame) -> None:
    @pages.post("/<int:person>/duties/<int:duty>/end")
    @opens_to_roles(STAFF_ROLES)
    def end(person: int, duty: int) -> Response:
        if person == frame.visitor.person_id:
            return _back(frame, person, "not_oneself")
        with frame.deed() as session:
            deed = _Deed(frame, session)
            deed.duties.end(deed.duty(person, duty))
        return _back(frame, person, "ended")

    @pages.post("/<int:person>/duties/<int:duty>/move")
    @opens_to_roles(STAFF_ROLES)
    def move(person: int, duty: int) -> Response:
        typed = request.form.get("area", "")[:LONGEST_PLACE]
        if person == frame.visitor.person_id:
            return _back(frame, person, "not_to_oneself")
        try:
            with frame.deed() as session:
                deed = _Deed(frame, session)
                deed.move(deed.duty(person, duty), normalise_code(typed))
        except NoSuchAreaError:
            return page(frame, person, Tried(mask(typed), Text("desk.people.no_area"), duty=duty))
        return _back(frame, person, "moved")

    @pages.post("/<int:person>/duties/<int:duty>/hand-on")
    @opens_to_roles(STAFF_ROLES)
    def hand_on(person: int, duty: int) -> Response:
        to = number_of(request.form.get("to", ""))
        with frame.deed() as session:
            deed = _Deed(frame, session)
            row = deed.duty(person, duty)
            if to == person or deed.people.one(to) is None:
                abort(404)
            if to == frame.visitor.person_id:
                return _back(frame, person, "not_to_oneself")
            deed.duties.hand_on(row, to)
        return _back(frame, to, "handed_on")


def _phones(pages: Blueprint, frame: Frame) -> None:
    @pages.post("/<int:person>/duties/<int:duty>/new-phone")
    @opens_to_roles(STAFF_ROLES)
    def new_phone(person: int, duty: int) -> Response:
        """Shown once, in the answer to the form itself: the code is stored nowhere."""
        account = frame.runtime.line.basic_id() or ""
        try:
            with frame.deed() as session:
                deed = _Deed(frame, session)
                line = deed.person(person)
                code = deed.duties.new_phone(deed.duty(person, duty))
        except ElsewhereError:
            return _back(frame, person, "elsewhere")
        title = Text("desk.people.new_phone.title", {"name": line.name})
        return frame.page("new_phone.html", title, "settings", line=line, code=code, qr=code_qr(account, code))

    @pages.post("/<int:person>/devices/<int:device>/end")
    @opens_to_roles(STAFF_ROLES)
    def end_device(person: int, device: int) -> Response:
        with frame.runtime.sessions() as session:
            _Deed(frame, session).person(person)
        frame.runtime.desks.end_for(person, device, frame.visitor.person_id)
        return _back(frame, person, "device_ended")


def _back(frame: Frame, person: int, said: str) -> Response:
    return frame.done(url_for("desk_people.one", person=person), Text(f"desk.people.{said}"))
