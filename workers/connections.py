"""Clients of Valkey or Redis, by URL alone: one server, a socket, TLS, or a service watched by Sentinels."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from redis.sentinel import Sentinel

_SENTINEL = "redis+sentinel"
_SENTINEL_PORT = 26379


def connect(redis_url: str, **options: Any) -> redis.Redis:
    """Return a client that opens nothing before its first command. `options` are redis-py's, time-outs among them.

    `redis+sentinel://[:password@]host[:port][,host[:port]...]/service[/database]` asks the Sentinels who leads
    the service, again for each new connection; the password is the server's, not the Sentinels'. Any other URL is
    one of redis-py's own. Raises ValueError for a URL that is neither.
    """
    parts = urlsplit(redis_url)
    if parts.scheme != _SENTINEL:
        return redis.Redis.from_url(redis_url, **options)
    credentials, _, hosts = parts.netloc.rpartition("@")
    service, _, database = parts.path.strip("/").partition("/")
    if not hosts or not service:
        raise ValueError("a Sentinel URL names at least one host and the service")
    # redis-py would ask each Sentinel ten times before it gives up
    asking = {"socket_timeout": 1.0, "socket_connect_timeout": 1.0, "retry": Retry(NoBackoff(), 0)}
    sentinel = Sentinel([_host(item) for item in hosts.split(",")], sentinel_kwargs=asking)  # type: ignore[no-untyped-call]
    password = unquote(credentials.partition(":")[2]) or None
    leader: redis.Redis = sentinel.master_for(  # type: ignore[no-untyped-call]
        service, password=password, db=int(database or 0), **options
    )
    return leader


def _host(text: str) -> tuple[str, int]:
    host, _, port = text.partition(":")
    return host, int(port or _SENTINEL_PORT)
