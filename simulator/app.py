"""The simulator's web application: LINE's paths, the control side, and the page with the phones."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response, abort, request

from simulator.api.oauth import oauth_api
from simulator.control import control
from simulator.control_groups import control_groups
from simulator.control_phones import control_phones
from simulator.control_rich_menus import control_rich_menus
from simulator.line_api import line_api
from simulator.settings import Settings
from simulator.world import World

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> Flask:
    """A Flask app with its own World, kept in `app.extensions["simulator"]`; close that when done."""
    app = Flask("simulator", static_folder=STATIC, static_url_path="/static")
    world = World(settings)
    app.extensions["simulator"] = world
    app.register_blueprint(line_api(world))
    app.register_blueprint(oauth_api(world))
    app.register_blueprint(control(world))
    app.register_blueprint(control_phones(world))
    app.register_blueprint(control_groups(world))
    app.register_blueprint(control_rich_menus(world))
    app.after_request(_read_to_the_end)
    app.add_url_rule("/", "page", _page)
    app.add_url_rule("/healthz", "healthz", _alive)
    return app


def create_from_environment() -> Flask:
    """What the web server loads."""
    return create_app(Settings.from_environment(os.environ))


def _read_to_the_end(response: Response) -> Response:
    """Read what nobody asked for of a body: the server would close the connection under the client's next request."""
    request.get_data(cache=False)
    return response


def _page() -> Response:
    page = STATIC / "index.html"
    if not page.exists():
        abort(404)
    return Response(page.read_bytes(), mimetype="text/html", headers={"Cache-Control": "no-cache"})


def _alive() -> Response:
    return Response("ok", mimetype="text/plain")
