"""What commands that touch the database need: the Runtime of the environment, or a plain sentence why not."""

from __future__ import annotations

import os

import click

from bot.runtime import Runtime, build
from bot.settings import SettingsError, from_env


def open_runtime() -> Runtime:
    """The Runtime of this process's environment. Ends the command when settings are missing."""
    try:
        settings = from_env(os.environ)
    except SettingsError as error:
        raise click.ClickException("\n".join(error.faults)) from error
    runtime = build(settings)
    runtime.ensure_channel()
    return runtime
