"""What the web server starts: the application of this process's environment."""

from __future__ import annotations

import gc
import logging
import os
import sys

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import configure_mappers

from adapters.line import preload
from bot.app import create_app
from bot.runtime import Runtime, build
from bot.settings import SettingsError, from_env

log = logging.getLogger(__name__)


def app_from_env() -> Flask:
    """Build the application; ends the process with a plain sentence for each setting that is wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = from_env(os.environ)
    except SettingsError as error:
        sys.exit("\n".join(error.faults))
    runtime = build(settings)
    _prepare(runtime)
    app = create_app(runtime)
    settle()
    return app


def settle() -> None:
    """Set what was loaded for good aside from the collection of garbage.

    There are a quarter of a million such objects: each full collection, one in some ten pages, looked through all of
    them and held every request up for 0.2 s. What requests themselves leave behind is collected as ever.
    """
    configure_mappers()
    gc.collect()
    gc.freeze()


def _prepare(runtime: Runtime) -> None:
    """Load what the first message would otherwise wait for. A database that is away now may be back later."""
    preload()
    runtime.warm_up()
    try:
        runtime.ensure_channel()
    except SQLAlchemyError as error:
        log.warning("the database is away: %s", type(error).__name__)
