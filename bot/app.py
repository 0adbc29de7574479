"""The Flask application: blueprints on a Runtime, and errors that tell the outside nothing."""

from __future__ import annotations

import atexit

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from bot.runtime import Runtime
from handlers import clock, failing, health, line_webhook
from handlers.addresses import limit_numbers
from handlers.api import pages as api
from handlers.certificates import pages as certificates
from handlers.desk import pages as desk
from handlers.documents import pages as documents
from handlers.doors import enforce
from handlers.executor import ChatExecutor
from handlers.odata import pages as odata
from handlers.pad import pages as pad
from handlers.sheets import pages as sheets
from services.clock import SimulatedClock


def create_app(runtime: Runtime) -> Flask:
    """One web process. Nothing is opened until the first request."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = line_webhook.LARGEST_BODY
    executor = ChatExecutor(runtime.dialogue.drain, runtime.settings.chat_threads)
    atexit.register(executor.close)
    app.extensions["chat_executor"] = executor
    limit_numbers(app)
    enforce(app)
    app.register_blueprint(line_webhook.blueprint(runtime, executor.submit))
    app.register_blueprint(health.blueprint(runtime))
    app.register_blueprint(pad.blueprint(runtime))
    app.register_blueprint(sheets.blueprint(runtime))
    desk.register(app, runtime)
    api.register(app, runtime)
    odata.register(app, runtime)
    app.register_blueprint(certificates.blueprint(runtime))
    app.register_blueprint(documents.blueprint(runtime))
    if isinstance(runtime.clock, SimulatedClock):
        app.register_blueprint(clock.blueprint(runtime.clock))
    app.register_error_handler(Exception, _failed)
    return app


def _failed(error: Exception) -> Response | HTTPException:
    if isinstance(error, HTTPException):
        return error
    failing.note(error)
    return Response("trouble", status=500, content_type="text/plain")
