"""What every page behind a link or a sign-in tells the browser: keep nothing, pass nothing on, show it in no frame."""

from __future__ import annotations

from flask import Response


def private(
    response: Response, policy: str, cache: str = "private, no-store", referrer: str = "no-referrer"
) -> Response:
    """The same response with its headers. `policy` is its Content-Security-Policy; "" for `cache` leaves the caching
    to the browser, as of style sheets."""
    response.headers["Content-Security-Policy"] = policy
    response.headers["Referrer-Policy"] = referrer
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    if cache:
        response.headers["Cache-Control"] = cache
    return response
