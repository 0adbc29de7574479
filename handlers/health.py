"""Is the process alive, and can it do its work."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.runtime import Runtime
from handlers.doors import Door, opens_to


def blueprint(runtime: Runtime) -> Blueprint:
    pages = Blueprint("health", __name__)

    @pages.get("/healthz")
    @opens_to(Door.ANYBODY)
    def alive() -> Response:
        return Response("alive", content_type="text/plain")

    @pages.get("/readyz")
    @opens_to(Door.ANYBODY)
    def ready() -> tuple[Response, int]:
        """503 only without the database; otherwise 200, and `degraded` names what is down."""
        if not _database(runtime):
            return jsonify(ready=False, degraded=["database"]), 503
        checks = {"queue": runtime.queue.check, "media": runtime.media.check}
        degraded = [name for name, check in checks.items() if not _works(check)]
        return jsonify(ready=True, degraded=degraded), 200

    return pages


def _database(runtime: Runtime) -> bool:
    try:
        with runtime.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _works(check: Callable[[], None]) -> bool:
    try:
        check()
    except OSError:
        return False
    return True
