"""Reconciliation: what was frozen, and what stands now, as page and as file."""

from __future__ import annotations

import io

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text, Value
from handlers.desk.frame import Frame
from handlers.desk.reading import area_asked
from handlers.desk.reconciliation_view import View, box_label, look, source_name
from handlers.doors import opens_to_roles
from models.campaign import Campaign
from models.work import Audit
from services.calendar import BANGKOK
from services.campaigns.reconciliation import Measure, reconciliation_of
from services.desk.sessions import DESK_ROLES
from services.people.people import Areas
from services.reconciliation.frozen import Freezing, Step, step_of
from services.reconciliation.frozen_state import changed_since, state_of
from services.reconciliation.reconciling import reconcile
from services.reconciliation.tables import Table, of_state
from services.register.writers import writer_to

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def add(pages: Blueprint, frame: Frame) -> None:
    """The routes."""

    @pages.get("/frozen/<int:step>")
    @opens_to_roles(DESK_ROLES)
    def frozen(step: int) -> Response:
        return _page(frame, step)

    @pages.get("/frozen/<int:step>/<any(csv, xlsx):filetype>")
    @opens_to_roles(DESK_ROLES)
    def frozen_file(step: int, filetype: str) -> Response:
        with frame.runtime.sessions() as session:
            found, campaign, measure = _step(frame, session, step)
            table = of_state(found.row.state, frame.visitor.scope)
            words = frame.words
            notes = [
                (words.say(Text(f"desk.reconciliation.frozen.{key}")), value)
                for key, value in (
                    ("at", found.row.at.astimezone(BANGKOK).isoformat()),
                    ("by", found.who),
                    ("digest", found.row.digest),
                )
            ]
            return _file(frame, session, table, _names(frame, session, found, campaign), measure.key, filetype, notes)

    @pages.get("/table/<any(csv, xlsx):filetype>")
    @opens_to_roles(DESK_ROLES)
    def now_file(filetype: str) -> Response:
        """Everything that the visitor sees of a measure, as it stands."""
        with frame.runtime.sessions() as session:
            looked = look(frame, session, request.args.get("measure", ""), area_asked() or frame.visitor.scope.codes[0])
            if looked is None:
                abort(404)
            view = View(session, frame.words, Areas(session, frame.words), looked, frame.runtime.forms)
            table = of_state(state_of(session, looked), looked.scope)
            names = [view.source(source) for source in table.sources]
            return _file(frame, session, table, names, looked.measure.key, filetype, [])


def _step(frame: Frame, session: Session, number: int) -> tuple[Step, Campaign, Measure]:
    """A frozen state that the visitor may see, or a part of it; 404 else."""
    scope, found = frame.visitor.scope, step_of(session, number)
    if found is None or not found.frozen:
        abort(404)
    own, state = found.row.area_code, found.row.state
    if not scope.sees(own) and not any(code.startswith(own) for code in scope.codes):
        abort(404)
    campaign = session.get_one(Campaign, found.row.campaign_id)
    return found, campaign, Measure(str(state["measure"]), dict(state["labels"]), boxes=tuple(state["boxes"]))


def _names(frame: Frame, session: Session, found: Step, campaign: Campaign) -> list[str]:
    """Headings of a frozen state's columns."""
    form, state, names = reconciliation_of(campaign.settings).form, found.row.state, []
    for source in of_state(state, frame.visitor.scope).sources:
        label = box_label(session, frame.runtime.forms, campaign, form, source, frame.words)
        names.append(source_name(frame.words, source, label, int(state["round"])))
    return names


def _page(frame: Frame, number: int) -> Response:
    with frame.runtime.sessions() as session:
        found, campaign, measure = _step(frame, session, number)
        scope, areas, row = frame.visitor.scope, Areas(session, frame.words), found.row
        inside = scope.narrowed(row.area_code)
        looked = reconcile(session, campaign, measure.key, inside, frame.runtime.clock.now())
        if looked is None:
            abort(404)
        newest = Freezing(session, campaign).standing(measure.key, row.area_code)
        changed, name = changed_since(row.state, looked), areas[row.area_code].name
        view = View(session, frame.words, areas, looked, frame.runtime.forms)
        reasons = [
            {"area": areas[code].name, "source": view.source(source), "gap": abs(gap), "reason": reason}
            for code, source, gap, reason, _person, _at in row.state["explained"]
            if scope.sees(code)
        ]
        values = {
            "columns": _names(frame, session, found, campaign),
            "rows": [(code, areas[code].name, cells) for code, _name, cells in of_state(row.state, inside).rows],
            "changes": view.changes(changed),
            "area": name,
        }
    title: dict[str, Value] = {"area": name, "measure": measure.label(frame.words.locale)}
    return frame.page(
        "reconciliation_frozen.html",
        Text("desk.reconciliation.frozen.title", title),
        "households",
        found=found,
        holds=newest is not None and newest.row.id == row.id,
        changed=len(changed),
        reasons=reasons,
        **values,
    )


def _file(
    frame: Frame,
    session: Session,
    table: Table,
    names: list[str],
    measure: str,
    filetype: str,
    notes: list[tuple[str, str]],
) -> Response:
    """A table to keep; who took it stands in the audit."""
    words = frame.words
    heads = [words.say(Text(f"desk.reconciliation.table.{name}")) for name in ("code", "name")]
    file = io.BytesIO()
    with writer_to(file, filetype, [*heads, *names]) as write:
        write([[code, name, *cells] for code, name, cells in table.rows])
        write([[label, value] for label, value in notes])
    visitor = frame.visitor
    session.add(
        Audit(
            at=frame.runtime.clock.now(),
            person_id=visitor.person_id,
            action="reconciliation_exported",
            subject=measure,
            area_code=visitor.scope.codes[0],
            detail={"rows": len(table.rows), "form": filetype},
        )
    )
    session.commit()
    answer = Response(file.getvalue(), content_type=_TYPES[filetype])
    answer.headers["Content-Disposition"] = f'attachment; filename="reconciliation-{measure}.{filetype}"'
    return answer
