"""The environment, read once, all faults reported together. Nothing else reads os.environ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class SettingsError(Exception):
    """One or more settings are missing or wrong. `faults` holds a plain sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """Where everything is and who we are. Secrets never appear in repr."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    media_url: str
    public_url: str
    secret_key: str = field(repr=False)
    line_channel_secret: str = field(repr=False)
    line_channel_access_token: str = field(repr=False)
    line_api_url: str = "https://api.line.me"
    line_data_api_url: str = "https://api-data.line.me"
    port: int = 8000
    simulator_port: int = 8001
    clock: str = "real"
    """"real", or "simulated": civil time then runs at an offset kept in the database."""
    lease_seconds: float = 15.0
    """How long a chat belongs to the process that answers it before another may take over."""
    sweep_seconds: float = 3.0
    """How often the clock looks for work that a dead process left behind."""
    chat_threads: int = 32
    fault_point: str = ""
    """For fault runs only: the named point at which this process kills itself, once (`bot.faults`)."""


def _whole(text: str) -> int:
    return int(text)


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError(text)
    return count


def _seconds(text: str) -> float:
    seconds = float(text)
    if seconds <= 0:
        raise ValueError(text)
    return seconds


def _clock(text: str) -> str:
    if text not in {"real", "simulated"}:
        raise ValueError(text)
    return text


def _http_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(text)
    return text.rstrip("/")


def _url_of(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for a port that is no number
        if parts.scheme not in schemes:
            raise ValueError(text)
        return text

    return read


def _redis_url(text: str) -> str:
    """As `workers.connections` reads it: Sentinels are several hosts, and the service that they watch."""
    if not text.startswith("redis+sentinel://"):
        return _url_of("redis", "rediss", "unix")(text)
    parts = urlsplit(text)
    if not parts.netloc or not parts.path.strip("/"):
        raise ValueError(text)
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    "database_url": _url_of("sqlite", "postgresql", "postgresql+psycopg"),
    "redis_url": _redis_url,
    "media_url": _url_of("file", "s3"),
    "public_url": _http_url,
    "line_api_url": _http_url,
    "line_data_api_url": _http_url,
    "port": _whole,
    "simulator_port": _whole,
    "chat_threads": _count,
    "lease_seconds": _seconds,
    "sweep_seconds": _seconds,
    "clock": _clock,
}


def _lookup(env: Mapping[str, str], name: str) -> str | None:
    """NAME, or the contents of the file that NAME_FILE points to (container secrets)."""
    if env.get(name):
        return env[name]
    path = env.get(f"{name}_FILE")
    return Path(path).read_text(encoding="utf-8").strip() if path else None


def from_env(env: Mapping[str, str]) -> Settings:
    """Read settings from `env`. Raises SettingsError naming every fault at once."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for item in fields(Settings):
        name = item.name.upper()
        try:
            raw = _lookup(env, name)
        except OSError as error:
            faults.append(f"{name}_FILE cannot be read: {error.strerror}")
            continue
        except UnicodeDecodeError:
            faults.append(f"{name}_FILE is no text")
            continue
        if not raw:
            if item.default is item.default_factory:  # both MISSING: the setting has no default
                faults.append(f"{name} is missing")
            continue
        try:
            values[item.name] = _READERS.get(item.name, str)(raw)
        except ValueError:
            faults.append(f"{name} has a value that cannot be used")
    if faults:
        raise SettingsError(faults)
    return Settings(**values)
