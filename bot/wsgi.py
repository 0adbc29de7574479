"""What the web server starts: the application of this process's environment."""

from __future__ import annotations

import logging
import os
import sys

from flask import Flask

from bot.app import create_app
from bot.runtime import build
from bot.settings import SettingsError, from_env


def app_from_env() -> Flask:
    """Build the application; ends the process with a plain sentence for each setting that is wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = from_env(os.environ)
    except SettingsError as error:
        sys.exit("\n".join(error.faults))
    runtime = build(settings)
    runtime.ensure_channel()
    return create_app(runtime)
