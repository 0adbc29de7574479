"""What every call of the LINE side shares: reading a JSON body, answering with JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from flask import Response, request

from simulator.limits import check_request
from simulator.line_errors import LineError, invalid_body

if TYPE_CHECKING:
    from simulator.limits.requests import Endpoint


def body(endpoint: Endpoint) -> dict[str, Any]:
    """The JSON of this request, found right by the limits of `endpoint`. Raises LineError."""
    if not request.mimetype == "application/json":
        raise LineError(415, "Unsupported media type")
    try:
        found: dict[str, Any] = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as problem:
        where = f"(line: {problem.lineno}, column: {problem.colno})"
        raise LineError(400, f"The request body could not be parsed as JSON {where}") from problem
    problems = check_request(endpoint, found)
    if problems:
        raise invalid_body(problems)
    return found


def answer(data: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(data), status, mimetype="application/json")
