"""What every call of the LINE side passes: token, size, rate, faults, request id, log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import orjson
from flask import Response, g, request

from simulator import ids
from simulator.limits import table
from simulator.line_errors import RATE_LIMIT, UNAUTHORIZED, LineError

if TYPE_CHECKING:
    from werkzeug.routing import Map

    from simulator.world import World

SEND_KINDS = ("reply", "push", "multicast", "broadcast")
"""The view `send` is four endpoints, each with a rate of its own."""
ENDPOINTS = {"loading": "loading", "test": "webhook_test"}
"""Flask's view names where the rate limit's name is another."""


class Gate:
    """Hooks for the blueprint of the LINE side."""

    def __init__(self, world: World) -> None:
        self._world = world

    def enter(self) -> None:
        """Before the call. Raises LineError where it goes no further."""
        g.request_id = ids.request_id()
        self._world.slow_down()
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or self._world.access.find(token) is None:
            raise LineError(401, UNAUTHORIZED)
        self._let_through()

    def enter_by_form(self) -> None:
        """The same for calls that are asked without a token. Raises LineError."""
        g.request_id = ids.request_id()
        g.secret = True
        self._world.slow_down()
        self._let_through()

    def _let_through(self) -> None:
        if (request.content_length or 0) > table.BODY_BYTES:
            raise LineError(413, "Payload too large")
        self._misbehave()
        if not self._world.rates.allows(_endpoint()):
            raise LineError(429, RATE_LIMIT)

    def _misbehave(self) -> None:
        faults, path = self._world.faults, request.path
        if faults.take("rate_limit", path):
            raise LineError(429, RATE_LIMIT)
        if faults.take("server_error", path):
            raise LineError(500, "The server has encountered an error")
        if faults.take("timeout", path):
            time.sleep(self._world.settings.hang_seconds)
            raise LineError(500, "The server has encountered an error")

    def refuse(self, error: LineError) -> Response:
        """LINE's form of an error."""
        response = Response(orjson.dumps(error.body()), error.status, mimetype="application/json")
        response.headers.update(error.headers)
        return response

    def leave(self, response: Response) -> Response:
        """After the call: the request id, the log, and the fault that loses an answer on its way."""
        response.headers["x-line-request-id"] = g.request_id
        drop = response.status_code < 300 and self._world.faults.take("drop_after_send", request.path)  # noqa: PLR2004
        hidden = "secret" in g or (request.content_length or 0) > table.BODY_BYTES
        body = b"" if hidden else request.get_data()
        note = "answer lost" if drop else _note(response)
        self._world.traffic.note("in", (request.method, request.path), response.status_code, body, note)
        return broken(response) if drop else response


def endpoint_names(rules: Map) -> set[str]:
    """The names under which the LINE side's calls are counted."""
    parts = [rule.endpoint.partition(".") for rule in rules.iter_rules()]
    views = {view for blueprint, _, view in parts if blueprint in ("line", "oauth")}
    return {ENDPOINTS.get(view, view) for view in views - {"send", "unknown"}} | set(SEND_KINDS)


def _endpoint() -> str:
    view = (request.endpoint or "").rpartition(".")[2]
    kind = (request.view_args or {}).get("kind")
    return ENDPOINTS.get(view, str(kind) if view == "send" else view)


def _note(response: Response) -> str:
    """LINE's words of an error, so that the log tells why."""
    return response.get_data(as_text=True)[:1000] if response.status_code >= 400 else ""  # noqa: PLR2004


def broken(response: Response) -> Response:
    """The same answer, but the connection breaks before its body: the bot cannot know that it was accepted."""
    lost = Response(iter(()), response.status_code, mimetype="application/json")
    lost.headers["Content-Length"] = "1000"
    return lost
