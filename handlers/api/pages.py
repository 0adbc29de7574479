"""/api/v1: campaigns, rounds, obligations, reports, steps of the ledger, villages; by the page and since a cursor."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import yaml
from flask import Blueprint, Flask, Response, abort, request, url_for

from bot.runtime import Runtime
from handlers.api.gate import CACHE, POLICY, Gate, told
from handlers.doors import Door, TokenDoor, keep, opens_to
from handlers.private_pages import private
from models.campaign import Campaign
from models.obligation import ObligationState
from services.api.reading import Asked, Page, Reading

LARGEST_PAGE = 500
_DOCUMENT = Path(__file__).parent / "openapi.yaml"
_NUMBER_DIGITS = 18


def register(app: Flask, runtime: Runtime) -> None:
    """The routes of programs, and who stands at their door."""
    gate = Gate(runtime)
    keep(app, TokenDoor, gate.admit)
    pages = _blueprint(runtime, gate)
    pages.register_error_handler(Exception, told)
    app.register_blueprint(pages)


def _blueprint(runtime: Runtime, gate: Gate) -> Blueprint:
    pages = Blueprint("api", __name__, url_prefix="/api/v1")
    lists: dict[str, Callable[[Reading, Campaign, Asked], Page]] = {
        "obligations": Reading.obligations,
        "reports": Reading.reports,
        "changes": Reading.changes,
        "villages": Reading.villages,
    }

    @contextmanager
    def reading() -> Iterator[Reading]:
        with runtime.sessions() as session:
            yield Reading(session, gate.reader.scope, runtime.forms, runtime.texts)

    @pages.get("/openapi.json")
    @opens_to(Door.ANYBODY)
    def document() -> Response:
        return _sent(_described(runtime.settings.public_url))

    @pages.get("/campaigns")
    @opens_to(TokenDoor())
    def campaigns() -> Response:
        with reading() as read:
            return _sent({"data": read.campaigns()})

    @pages.get("/campaigns/<slug>/rounds")
    @opens_to(TokenDoor())
    def rounds(slug: str) -> Response:
        with reading() as read:
            return _sent({"data": read.rounds(_campaign(read, slug))})

    @pages.get("/campaigns/<slug>/<any(obligations, reports, changes, villages):kind>")
    @opens_to(TokenDoor())
    def listed(slug: str, kind: str) -> Response:
        with reading() as read:
            campaign = _campaign(read, slug)
            asked = _asked(kind)
            page = lists[kind](read, campaign, asked)
        return _sent({"data": page.rows, "cursor": page.cursor, "next": _next(slug, kind, page)})

    @pages.get("/reports/<int:number>")
    @opens_to(TokenDoor())
    def report(number: int) -> Response:
        with reading() as read:
            found = read.report(number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND, "There is no such report in the token's area.")
        return _sent(found)

    @pages.get("/<path:rest>")
    @opens_to(TokenDoor())
    def elsewhere(rest: str) -> Response:
        abort(HTTPStatus.NOT_FOUND, f"There is nothing at {rest}: see /api/v1/openapi.json")

    return pages


@cache
def _described(public_url: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(_DOCUMENT.read_text(encoding="utf-8"))
    return {**document, "servers": [{"url": f"{public_url}/api/v1"}]}


def _campaign(read: Reading, slug: str) -> Campaign:
    campaign = read.campaign(slug)
    if campaign is None:
        abort(HTTPStatus.NOT_FOUND, "There is no such campaign in the token's area: see /api/v1/campaigns")
    return campaign


def _asked(kind: str) -> Asked:
    """The query of a list. Ends with 400 for what cannot be read: a program that asks wrongly should know."""
    given = request.args
    area, form, state = (given.get(name, "") for name in ("area", "form", "state"))
    if area and not (area.isascii() and area.isdigit() and len(area) in {2, 4, 6, 8}):
        abort(HTTPStatus.BAD_REQUEST, "area: the 2, 4, 6 or 8 digits of an area's code")
    if kind == "reports" and not form:
        abort(HTTPStatus.BAD_REQUEST, "form: the key of one of the campaign's forms is needed")
    if state and state not in set(ObligationState):
        abort(HTTPStatus.BAD_REQUEST, f"state: one of {', '.join(ObligationState)}")
    versions = given.get("versions", "newest")
    if versions not in {"newest", "all"}:
        abort(HTTPStatus.BAD_REQUEST, "versions: newest or all")
    limit = _number("limit", 100)
    if not 0 < limit <= LARGEST_PAGE:
        abort(HTTPStatus.BAD_REQUEST, f"limit: from 1 to {LARGEST_PAGE}")
    number = _number("round", 0) if "round" in given else None
    return Asked(_number("cursor", 0), limit, area, number, form, state, versions == "all")


def _number(name: str, default: int) -> int:
    given = request.args.get(name, "")
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= _NUMBER_DIGITS):
        abort(HTTPStatus.BAD_REQUEST, f"{name}: a whole number")
    return int(given)


def _next(slug: str, kind: str, page: Page) -> str | None:
    if not page.more:
        return None
    query = {**request.args.to_dict(), "cursor": page.cursor}
    return f"{url_for('api.listed', slug=slug, kind=kind)}?{urlencode(query)}"


def _sent(found: dict[str, Any]) -> Response:
    """As JSON with its tag; 304 for a program that has just that already."""
    body = orjson.dumps(found)
    tag = hashlib.sha256(body).hexdigest()[:32]
    if request.if_none_match.contains(tag):
        answer = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        answer = Response(body, content_type="application/json")
    answer.set_etag(tag)
    return private(answer, POLICY, CACHE)
