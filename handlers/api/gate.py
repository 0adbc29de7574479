"""Who stands at the doors of programs: the token of a request, and answers that say what is wrong (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import orjson
from flask import Response, g, request
from werkzeug.exceptions import HTTPException

from bot.runtime import Runtime
from handlers import failing
from handlers.doors import TokenDoor
from handlers.private_pages import private
from services.api.tokens import Reader

POLICY = "default-src 'none'; frame-ancestors 'none'"
CACHE = "private, no-cache"
"""What a token may read is asked at every request: it may have been revoked meanwhile."""


@dataclass(frozen=True)
class Gate:
    runtime: Runtime

    def admit(self, door: TokenDoor) -> Response | None:
        """Let pass who shows a good token."""
        reader = self.runtime.tokens.reader(_token(door))
        if reader is None:
            answer = problem(HTTPStatus.UNAUTHORIZED, "A good token is needed: Authorization: Bearer tidtam_...")
            answer.headers["WWW-Authenticate"] = 'Basic realm="tidtam", charset="UTF-8"' if door.basic else "Bearer"
            return answer
        g.api_reader = reader
        return None

    @property
    def reader(self) -> Reader:
        """Who is let in. Only behind a TokenDoor."""
        found: Reader = g.api_reader
        return found


def _token(door: TokenDoor) -> str:
    given = request.authorization
    if given is None:
        return ""
    if given.type == "bearer":
        return given.token or ""
    return (given.password or "") if door.basic and given.type == "basic" else ""


def problem(status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem document. `detail` is for whoever writes the program."""
    said = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    answer = Response(orjson.dumps(said), status, dict(headers or {}), content_type="application/problem+json")
    return private(answer, POLICY, "no-store")


def told(error: Exception) -> Response:
    """What went wrong in a view; of what nobody foresaw no more than that it did."""
    if not isinstance(error, HTTPException) or error.code is None:
        failing.note(error)
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side. Try again later.")
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return problem(HTTPStatus(error.code), error.description or "", headers)
