"""A complete environment for the product's processes, with nothing real in it."""

from __future__ import annotations

from pathlib import Path

from bot.settings import Settings, from_env
from tests.support.simulator import ACCESS_TOKEN, CHANNEL_SECRET


def environment(folder: Path, **given: str) -> dict[str, str]:
    """Return the variables that every process needs, `given` ones first. Nobody listens at the usual addresses."""
    usual = {
        "DATABASE_URL": f"sqlite:///{folder}/tidtam.db",
        "REDIS_URL": f"unix://{folder}/no-valkey.sock",
        "MEDIA_URL": f"file://{folder}/media",
        "PUBLIC_URL": "http://127.0.0.1:9",
        "SECRET_KEY": "a-secret-of-the-tests",
        "LINE_CHANNEL_SECRET": CHANNEL_SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": ACCESS_TOKEN,
        "LINE_API_URL": "http://127.0.0.1:9",
        "LINE_DATA_API_URL": "http://127.0.0.1:9",
    }
    return usual | given


def settings(folder: Path, **given: str) -> Settings:
    return from_env(environment(folder, **given))
