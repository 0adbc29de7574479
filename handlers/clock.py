"""The demonstration's clock. These routes exist only with CLOCK=simulated."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, jsonify, request

from handlers.doors import Door, opens_to
from services.clock import ClockMovesBackError, SimulatedClock

LAST_YEAR = 2200
"""A clock near the end of the calendar could not tick, and could not be moved back."""


def blueprint(clock: SimulatedClock) -> Blueprint:
    pages = Blueprint("clock", __name__)

    @pages.get("/clock")
    @opens_to(Door.DEMONSTRATION)
    def read() -> Response:
        return jsonify(now=clock.now().isoformat(), simulated=True)

    @pages.post("/clock")
    @opens_to(Door.DEMONSTRATION)
    def move() -> tuple[Response, int]:
        """{"to": ISO instant with its zone}; forward only: 409 otherwise."""
        body = request.get_json(silent=True)
        try:
            wanted = dt.datetime.fromisoformat(str(body["to"]) if isinstance(body, dict) and "to" in body else "")
        except ValueError:
            return jsonify(message="to: an ISO instant is needed"), 400
        if wanted.tzinfo is None:
            return jsonify(message="to: the time zone is missing"), 400
        if wanted.year >= LAST_YEAR:
            return jsonify(message=f"to: before the year {LAST_YEAR}"), 400
        try:
            now = clock.move_to(wanted)
        except ClockMovesBackError:
            return jsonify(message="the clock only moves forward", now=clock.now().isoformat()), 409
        return jsonify(now=now.isoformat(), simulated=True), 200

    return pages
