"""The Flask application: blueprints on a Runtime, and errors that tell the outside nothing."""

from __future__ import annotations

import atexit
import logging

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from bot.runtime import Runtime
from handlers import clock, health, line_webhook
from handlers.executor import ChatExecutor
from handlers.pad import pages as pad
from services.clock import SimulatedClock

log = logging.getLogger(__name__)


def create_app(runtime: Runtime) -> Flask:
    """One web process. Nothing is opened until the first request."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = line_webhook.LARGEST_BODY
    executor = ChatExecutor(runtime.dialogue.drain, runtime.settings.chat_threads)
    atexit.register(executor.close)
    app.extensions["chat_executor"] = executor
    app.register_blueprint(line_webhook.blueprint(runtime, executor.submit))
    app.register_blueprint(health.blueprint(runtime))
    app.register_blueprint(pad.blueprint(runtime))
    if isinstance(runtime.clock, SimulatedClock):
        app.register_blueprint(clock.blueprint(runtime.clock))
    app.register_error_handler(Exception, _failed)
    return app


def _failed(error: Exception) -> Response | HTTPException:
    if isinstance(error, HTTPException):
        return error
    log.error("request failed: %s", type(error).__name__)
    return Response("trouble", status=500, content_type="text/plain")
