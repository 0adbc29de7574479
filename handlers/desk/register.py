"""ตั้งค่า, the register: a file is handed in, tried by a worker, looked at, and only then imported."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import IO

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from bot.messages.catalogue import LOCALES
from handlers.desk.frame import BESIDE_A_FILE, Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from models.register import ImportRun, RunState
from services.desk.scope import PROVINCE_DIGITS
from services.people.people import Areas
from services.register.handing_in import JOB, LARGEST, fault_of, runs_in
from services.register.kinds import KINDS
from services.register.sample import Sample

POLL_SECONDS = 2
_CHUNK = 1 << 16
_SAMPLE = 200


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_register", __name__, url_prefix="/desk/settings/register", template_folder="templates")

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def listed() -> Response:
        with frame.runtime.sessions() as session:
            runs = runs_in(session, frame.visitor.scope)
            areas, codes = Areas(session, frame.words), _provinces(frame)
            areas.read(codes)
            provinces = [(code, areas[code].name) for code in codes]
        shown = {"runs": runs, "kinds": tuple(KINDS), "most": LARGEST >> 20, "provinces": provinces}
        return frame.page("register.html", Text("desk.register.title"), "settings", **shown)

    @pages.get("/sample/<kind>.csv")
    @opens_to_roles(STAFF_ROLES)
    def sample(kind: str) -> Response:
        if kind not in KINDS:
            abort(404)
        made = Sample(frame.words, _provinces(frame)[0], _SAMPLE).one(kind)
        return _csv(f"{kind}.csv", made)

    _handed_in(pages, frame)
    _one(pages, frame)
    return pages


def _handed_in(pages: Blueprint, frame: Frame) -> None:
    @pages.post("")
    @opens_to_roles(STAFF_ROLES, largest=LARGEST + BESIDE_A_FILE)
    def hand_in() -> Response:
        kind, file = request.form.get("kind", ""), request.files.get("file")
        provinces = _provinces(frame)
        province = request.form.get("province", provinces[0])
        if kind not in KINDS or province not in provinces:
            abort(404)
        if file is None or not file.filename:
            return frame.done(url_for("desk_register.listed"), Text("desk.register.no_file"))
        try:
            chunks = _chunks(file.stream)
            run = frame.runtime.uploads.take(kind, chunks, file.filename, frame.visitor.person_id, province)
        except OSError:
            return frame.turned_away("later", HTTPStatus.SERVICE_UNAVAILABLE)
        frame.runtime.queue.ring(JOB, run)  # unheard, the sweep finds the row
        return frame.done(url_for("desk_register.one", run=run))

    @pages.post("/<int:run>/import")
    @opens_to_roles(STAFF_ROLES)
    def go_on(run: int) -> Response:
        with frame.runtime.sessions() as session:
            _run(frame, session, run)
        try:
            fresh = frame.runtime.uploads.go_on(
                run, frame.visitor.person_id, replace=request.form.get("replace") == "yes"
            )
        except LookupError:
            return frame.done(url_for("desk_register.one", run=run), Text("desk.register.not_now"))
        frame.runtime.queue.ring(JOB, fresh)
        return frame.done(url_for("desk_register.one", run=fresh))


def _one(pages: Blueprint, frame: Frame) -> None:
    @pages.get("/<int:run>")
    @opens_to_roles(STAFF_ROLES)
    def one(run: int) -> Response:
        with frame.runtime.sessions() as session:
            row = _run(frame, session, run)
        tag, same = frame.unchanged(row.state, row.rows_read, row.updated_at)
        if same is not None:
            return same
        works = row.state in {RunState.WAITING, RunState.RUNNING}
        try:
            refused = [] if works else frame.runtime.uploads.refused(row, LOCALES.index(frame.words.locale))
        except (OSError, KeyError):
            refused = []
        fault = fault_of(row.told)
        answer = frame.page(
            "register_run.html",
            Text("desk.register.run", {"file": row.file_name}),
            "settings",
            run=row,
            works=works,
            refused=refused,
            fault=frame.words.say(fault) if fault else "",
            left_out=", ".join(row.told.get("left_out", [])),
            **({"poll": POLL_SECONDS} if works else {}),
            tag=tag,
        )
        answer.set_etag(tag)
        return answer

    @pages.get("/<int:run>/refused.csv")
    @opens_to_roles(STAFF_ROLES)
    def refused(run: int) -> Response:
        with frame.runtime.sessions() as session:
            row = _run(frame, session, run)
        try:
            made = b"".join(frame.runtime.media.get(row.errors_key)) if row.errors_key else abort(404)
        except KeyError:
            abort(404)
        return _csv(f"refused-{run}.csv", made)


def _run(frame: Frame, session: Session, number: int) -> ImportRun:
    row = session.get(ImportRun, number)
    if row is None or not frame.visitor.scope.sees(row.area_code):
        abort(404)
    return row


def _provinces(frame: Frame) -> tuple[str, ...]:
    """Those in which the visitor is staff; a file is of one of them."""
    return tuple(dict.fromkeys(code[:PROVINCE_DIGITS] for code in frame.visitor.scope.codes))


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _csv(name: str, made: bytes) -> Response:
    answer = Response(made, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
