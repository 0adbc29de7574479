"""Runs migrations against DATABASE_URL, or against the URL that the caller set in the config."""

from __future__ import annotations

import os
from typing import Any, Literal

from alembic import context

from models.all import Base
from models.base import BigId, Json, UtcDateTime, make_engine


def _database_url() -> str:
    url = context.config.get_main_option("sqlalchemy.url") or os.environ.get("DATABASE_URL")
    if not url:
        raise SystemExit("DATABASE_URL is missing")
    return url


def _render_type(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Write our own types by their name, so that a migration reads like the model."""
    names = {id(BigId): "BigId", id(Json): "Json"}
    name = "UtcDateTime()" if isinstance(item, UtcDateTime) else names.get(id(item))
    if kind != "type" or name is None:
        return False
    autogen.imports.add(f"from models.base import {name.removesuffix('()')}")
    return name


def run() -> None:
    engine = make_engine(_database_url(), pooled=False)
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=_render_type
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
