"""What commands that touch the database need: the Runtime of the environment, or a plain sentence why not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import SQLAlchemyError

from bot.runtime import Runtime, build
from bot.settings import SettingsError, from_env


@contextmanager
def open_runtime() -> Iterator[Runtime]:
    """The Runtime of this process's environment, closed afterwards.

    Ends the command with a plain sentence when settings are missing or the database cannot be used.
    """
    try:
        settings = from_env(os.environ)
    except SettingsError as error:
        raise click.ClickException("\n".join(error.faults)) from error
    runtime = build(settings)
    try:
        runtime.ensure_channel()
        yield runtime
    except SQLAlchemyError as error:
        words = f"the database cannot be used ({type(error).__name__}): see `tidtam doctor`"
        raise click.ClickException(words) from error
    finally:
        runtime.close()
