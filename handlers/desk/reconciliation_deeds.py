"""Reconciliation: explaining a difference, freezing what agrees, and undoing that; for the province."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy.exc import IntegrityError

from bot.messages.bubbles import Text
from bot.reading.national_id import mask
from handlers.desk.frame import Frame
from handlers.desk.reconciliation_view import look
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.reconciliation.compare import PROVINCE, Finding
from services.reconciliation.frozen import FreezeError, Freezing
from services.reconciliation.reconciling import Reconciled

LONGEST_REASON = 500
Deed = Callable[[Freezing, Reconciled], Text]


def add(pages: Blueprint, frame: Frame) -> None:
    """The routes."""

    @pages.post("/explain")
    @opens_to_roles(STAFF_ROLES)
    def explain() -> Response:
        def deed(freezing: Freezing, looked: Reconciled) -> Text:
            found, reason = _found(looked), _reason()
            if found is None:
                raise FreezeError("gone")
            freezing.explain(looked, found, reason, frame.visitor.person_id, frame.runtime.clock.now())
            return Text(f"desk.reconciliation.done.{'explained' if reason else 'withdrawn'}")

        return _do(frame, deed)

    @pages.post("/freeze")
    @opens_to_roles(STAFF_ROLES)
    def freeze() -> Response:
        def deed(freezing: Freezing, looked: Reconciled) -> Text:
            seen, now = request.form.get("seen", ""), frame.runtime.clock.now()
            freezing.freeze(looked, request.form["area"], seen, frame.visitor.person_id, _reason(), now)
            return Text("desk.reconciliation.done.frozen")

        return _do(frame, deed)

    @pages.post("/unfreeze")
    @opens_to_roles(STAFF_ROLES)
    def unfreeze() -> Response:
        def deed(freezing: Freezing, looked: Reconciled) -> Text:
            area, now = request.form["area"], frame.runtime.clock.now()
            freezing.unfreeze(looked.measure.key, area, frame.visitor.person_id, _reason(), now)
            return Text("desk.reconciliation.done.unfrozen")

        return _do(frame, deed)


def _do(frame: Frame, deed: Deed) -> Response:
    """A deed about the area and measure of the form; the page after says what was done, or why not."""
    area, measure = request.form.get("area", ""), request.form.get("measure", "")
    with frame.runtime.sessions() as session:
        try:
            with session.begin():
                looked = look(frame, session, measure, area)
                if looked is None:
                    abort(404)
                said = deed(Freezing(session, looked.campaign), looked)
        except FreezeError as error:
            said = Text(f"desk.reconciliation.cannot.{error.what}")
        except IntegrityError:
            said = Text("desk.reconciliation.cannot.busy")
    several = len(frame.visitor.scope.codes) > 1
    district = area if len(area) > PROVINCE or several else None
    return frame.done(url_for("desk_reconciliation.overview", district=district, measure=measure or None), said)


def _found(looked: Reconciled) -> Finding | None:
    """The difference that the form is about, if it still is one."""
    told = (request.form.get("code", ""), request.form.get("source", ""), request.form.get("gap", ""))
    return next((one for one in looked.comparison.findings if (one.code, one.source, str(one.gap)) == told), None)


def _reason() -> str:
    return mask(" ".join(request.form.get("reason", "").split()))[:LONGEST_REASON]
