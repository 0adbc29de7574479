"""ตั้งค่า, people from a spreadsheet: rows are pasted, checked on a page, and confirmed once; each gets a code to join."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus

from flask import Blueprint, Response, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from bot.reading.national_id import mask
from bot.reading.people import PeopleReader
from handlers.desk.frame import LONGEST_WORDS, Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES, Role
from services.people.duties import given_by, may_give
from services.people.expected import count
from services.people.invitations import CODE_DAYS
from services.people.pasting import MOST_ROWS, Named, Pasting, ReadRow
from services.people.people import Areas
from services.people.places import PlaceNames

CHECK_LASTS = 3600
"""Seconds in which a list that was checked may be confirmed."""


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_paste", __name__, url_prefix="/desk/settings/people/paste", template_folder="templates")

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def ask() -> Response:
        return _page(frame, "", [])

    @pages.post("")
    @opens_to_roles(STAFF_ROLES, largest=LONGEST_WORDS)
    def check() -> Response:
        """Nothing is written: each row with what it was read as, or what is wrong with it."""
        pasted, reader = request.form.get("rows", ""), PeopleReader(frame.runtime.register.words.lexicon)
        try:
            rows = reader.rows(pasted)
        except ValueError:
            return _page(frame, pasted, [], Text("desk.paste.no_table"))
        if not rows:
            return _page(frame, pasted, [], Text("desk.paste.nothing"))
        if len(rows) > MOST_ROWS:
            return _page(frame, pasted, [], Text("desk.paste.too_many", {"n": len(rows), "most": MOST_ROWS}))
        with frame.runtime.sessions() as session:
            pasting, areas = _pasting(frame, session), Areas(session, frame.words)
            places = PlaceNames(session, pasting.scope, frame.runtime.register.words.lexicon)
            return _page(frame, pasted, pasting.read(rows, reader, places, areas))

    @pages.post("/codes")
    @opens_to_roles(STAFF_ROLES)
    def store() -> Response:
        """Shown once, in the answer to the form itself: the codes are stored nowhere, and so are the numbers."""
        try:
            sealed = _seal(frame).loads(request.form.get("checked", ""), max_age=CHECK_LASTS)
        except BadData:
            return frame.done(url_for("desk_paste.ask"), Text("desk.paste.again"))
        with frame.deed() as session:
            people = [Named(*one) for one in sealed]
            made = _pasting(frame, session).store(people, frame.visitor.person_id)
            areas = Areas(session, frame.words)
            areas.read({one.area_code for one, _code in made})
            codes = [(one, areas[one.area_code].name, code) for one, code in made]
        return frame.page(
            "people_codes.html", Text("desk.paste.made", {"n": len(codes)}), "settings", codes=codes, days=CODE_DAYS
        )

    return pages


def _pasting(frame: Frame, session: Session) -> Pasting:
    visitor = frame.visitor
    admins = visitor.within(given_by(Role.ADMIN))
    return Pasting(session, frame.runtime.clock, visitor.scope, may_give(visitor.roles), admins)


def _page(frame: Frame, pasted: str, rows: list[ReadRow], problem: Text | None = None) -> Response:
    """`pasted` stays to be mended; identity numbers in it are not shown again."""
    takes = [row.named for row in rows if row.named is not None and row.state != "held"]
    states = Counter(row.state for row in rows if row.named is not None)
    answer = frame.page(
        "people_paste.html",
        Text("desk.paste.title"),
        "settings",
        pasted=mask(pasted),
        rows=rows,
        faults=[row for row in rows if row.fault is not None],
        takes=len(takes),
        held=states["held"],
        problem=frame.words.say(problem) if problem is not None else "",
        checked=_seal(frame).dumps([(one.name, one.role, one.area_code, one.phone) for one in takes]) if takes else "",
        waiting=_waiting(frame),
        most=MOST_ROWS,
        days=CODE_DAYS,
    )
    if problem is not None:
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


def _waiting(frame: Frame) -> int:
    """How many of earlier lists have not joined yet."""
    with frame.runtime.sessions() as session:
        return count(session, frame.visitor.scope, frame.runtime.clock.now())


def _seal(frame: Frame) -> URLSafeTimedSerializer:
    """For one session: what is confirmed is what was checked."""
    return URLSafeTimedSerializer(frame.form_key(), salt="desk people pasted")
