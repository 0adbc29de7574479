"""/odata/v4: the service document, its schema, and a table for each form. Excel asks with the token as a password."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask import Blueprint, Flask, Response, abort, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from bot.runtime import Runtime
from handlers import failing
from handlers.api.gate import CACHE, POLICY, Gate
from handlers.doors import TokenDoor, opens_to
from handlers.private_pages import private
from services.exports.reports import Wanted, count_reports, report_page
from services.odata.asked import PAGE, NotDoneError, Query, WrongQueryError, read_query
from services.odata.metadata import metadata
from services.odata.tables import FormTable, entity, tables_of

PREFIX = "/odata/v4"
DOOR = TokenDoor(basic=True)


def register(app: Flask, runtime: Runtime) -> None:
    pages = _blueprint(runtime, Gate(runtime))
    pages.register_error_handler(Exception, _told)
    app.register_blueprint(pages)


def _blueprint(runtime: Runtime, gate: Gate) -> Blueprint:
    pages = Blueprint("odata", __name__, url_prefix=PREFIX)
    root = f"{runtime.settings.public_url}{PREFIX}/"

    def tables(session: Session) -> dict[str, FormTable]:
        return tables_of(session, runtime.forms, gate.reader.scope)

    def table_of(session: Session, name: str) -> FormTable:
        found = tables(session).get(name)
        if found is None:
            abort(HTTPStatus.NOT_FOUND, f"There is no table {name}")
        return found

    @pages.get("")  # no redirect to the one below: older Excel follows no 308
    @pages.get("/")
    @opens_to(DOOR)
    def service() -> Response:
        with runtime.sessions() as session:
            sets = [{"name": name, "kind": "EntitySet", "url": name} for name in tables(session)]
        return _json({"@odata.context": f"{root}$metadata", "value": sets})

    @pages.get("/$metadata")
    @opens_to(DOOR)
    def schema() -> Response:
        with runtime.sessions() as session:
            return _sent(metadata(tables(session).values()), "application/xml")

    @pages.get("/<name>/$count")
    @opens_to(DOOR)
    def counted(name: str) -> Response:
        with runtime.sessions() as session:
            table = table_of(session, name)
            query = read_query(request.args, table.columns)
            number = count_reports(session, _wanted(table, gate), *query.only)
        return _sent(str(number).encode(), "text/plain")

    @pages.get("/<name>")
    @opens_to(DOOR)
    def rows(name: str) -> Response:
        with runtime.sessions() as session:
            table = table_of(session, name)
            query = read_query(request.args, table.columns)
            wanted = _wanted(table, gate)
            limit = PAGE if query.top is None else min(query.top, PAGE)
            found = report_page(session, runtime.forms, wanted, query.after, limit, *query.only, skip=query.skip)
            total = {"@odata.count": count_reports(session, wanted, *query.only)} if query.count else {}
        columns = f"({','.join(column.name for column in query.columns)})" if query.narrowed else ""
        answer: dict[str, Any] = {"@odata.context": f"{root}$metadata#{name}{columns}", **total}
        answer["value"] = [entity(row, query.columns) for row in found]
        if len(found) == PAGE and (query.top is None or query.top > PAGE):
            answer["@odata.nextLink"] = _next(root, name, query, found[-1].id)
        return _json(answer)

    return pages


def _wanted(table: FormTable, gate: Gate) -> Wanted:
    """A token has one area."""
    return Wanted(table.campaign_id, table.form_key, area=gate.reader.scope.codes[0])


def _next(root: str, name: str, query: Query, last: int) -> str:
    kept = {key: value for key, value in request.args.items() if key not in {"$skip", "$skiptoken", "$top"}}
    kept["$skiptoken"] = str(last)
    if query.top is not None:
        kept["$top"] = str(query.top - PAGE)
    return f"{root}{name}?{urlencode(kept, quote_via=quote, safe='$,')}"


def _json(found: Mapping[str, Any]) -> Response:
    return _sent(
        orjson.dumps(found), "application/json;odata.metadata=minimal;odata.streaming=false;IEEE754Compatible=false"
    )


def _sent(body: bytes, content_type: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    answer = Response(body, status, content_type=f"{content_type};charset=utf-8")
    answer.headers["OData-Version"] = "4.0"
    return private(answer, POLICY, CACHE)


def _told(error: Exception) -> Response:
    """An error as OData writes it."""
    status, words = HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side. Try again later."
    if isinstance(error, WrongQueryError):
        status, words = HTTPStatus.BAD_REQUEST, str(error)
    elif isinstance(error, NotDoneError):
        status, words = HTTPStatus.NOT_IMPLEMENTED, str(error)
    elif isinstance(error, HTTPException) and error.code is not None:
        status, words = HTTPStatus(error.code), error.description or ""
    else:
        failing.note(error)
    body = orjson.dumps({"error": {"code": str(status.value), "message": words}})
    return _sent(body, "application/json", status)
