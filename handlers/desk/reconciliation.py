"""ครัวเรือน, reconciliation: totals side by side, where they differ and why, and the state that was agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, abort, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from handlers.desk import reconciliation_deeds, reconciliation_figures, reconciliation_frozen, reconciliation_upload
from handlers.desk.frame import Frame
from handlers.desk.reading import area_asked
from handlers.desk.reconciliation_view import SHOWN, View, look
from handlers.doors import opens_to_roles
from models.area import Area
from models.campaign import KnownValue
from models.people import STAFF_ROLES
from services.desk.sessions import DESK_ROLES
from services.desk.villages import VillageList
from services.people.people import Areas
from services.reconciliation.entering import Figures
from services.reconciliation.frozen import Freezing
from services.reconciliation.frozen_state import changed_since, digest_of, state_of
from services.reconciliation.reconciling import Reconciled

ENTRY = "households"


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_reconciliation", __name__, url_prefix="/desk/reconciliation", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def overview() -> Response:
        return Overview(frame, *asked(frame)).page()

    @pages.get("/history/<code>")
    @opens_to_roles(DESK_ROLES)
    def history(code: str) -> Response:
        """Every figure that was entered for an area."""
        with frame.runtime.sessions() as session:
            looked = look(frame, session, request.args.get("measure", ""), code)
            if looked is None or session.get(Area, code) is None:
                abort(404)
            versions = Figures(session, looked.campaign).history(looked.measure.key, code)
            name = Areas(session, frame.words)[code].name
            known = _known(session, looked, code) if not versions else ""
        return frame.page(
            "reconciliation_history.html",
            Text("desk.reconciliation.history.title", {"area": name}),
            ENTRY,
            versions=versions,
            known=known,
        )

    reconciliation_figures.add(pages, frame)
    reconciliation_upload.add(pages, frame)
    reconciliation_deeds.add(pages, frame)
    reconciliation_frozen.add(pages, frame)
    return pages


def asked(frame: Frame) -> tuple[str, str]:
    """The measure ("" for the first) and the area of the address, as far as the visitor may see it; 404 else."""
    scope, area = frame.visitor.scope, area_asked()
    if area and not scope.sees(area):
        abort(HTTPStatus.NOT_FOUND)
    return request.args.get("measure", ""), area or scope.codes[0]


@dataclass(frozen=True)
class Overview:
    """The first page, of an area and a measure."""

    frame: Frame
    measure: str
    area: str

    def page(self) -> Response:
        frame = self.frame
        with frame.runtime.sessions() as session:
            areas = Areas(session, frame.words)
            looked = look(frame, session, self.measure, self.area)
            choices = VillageList(session, frame.visitor.scope, areas, ()).choices(self.area)
            values = self._values(session, looked, areas) if looked is not None else {}
        return frame.page(
            "reconciliation.html",
            Text("desk.reconciliation.title"),
            ENTRY,
            looked=looked,
            choices=choices,
            area=self.area,
            may_change=bool(frame.visitor.roles & set(STAFF_ROLES)),
            **values,
        )

    def _values(self, session: Session, looked: Reconciled, areas: Areas) -> dict[str, object]:
        view = View(session, self.frame.words, areas, looked, self.frame.runtime.forms)
        freezing = Freezing(session, looked.campaign)
        standing = freezing.standing(looked.measure.key, self.area)
        changed = changed_since(standing.row.state, looked) if standing is not None else ()
        return {
            "name": areas[self.area].name,
            "columns": [view.source(source) for source in view.sources(self.area)],
            "lines": view.lines(self.area),
            "findings": view.findings(),
            "more": max(0, len(looked.comparison.findings) - SHOWN),
            "waiting": sum(found.waiting and looked.said(found) is None for found in looked.comparison.findings),
            "standing": standing,
            "frozen_area": areas[standing.row.area_code].name if standing is not None else "",
            "changed": len(changed),
            "changes": view.changes(changed),
            "steps": freezing.steps(looked.measure.key, self.area),
            "seen": digest_of(state_of(session, looked)),
        }


def _known(session: Session, looked: Reconciled, code: str) -> str:
    """What came with the campaign's files in place of an entered figure."""
    own = {
        "campaign_id": looked.campaign.id,
        "area_code": code,
        "round_number": 0,
        "name": looked.measure.dashboard_box,
    }
    return session.scalar(select(KnownValue.value).filter_by(**own)) or ""
