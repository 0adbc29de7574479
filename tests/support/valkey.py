"""A real Valkey server that a test can stop, kill and start again."""

from __future__ import annotations

import tempfile
from pathlib import Path

import redis

from tests.support.processes import Child
from workers.local import valkey


class ValkeyServer:
    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="tidtam-valkey-")
        self.folder = Path(self._folder.name)
        self.url = valkey.redis_url(self.folder)
        self._child: Child | None = None

    def start(self) -> None:
        self._child = Child(valkey.command(self.folder), {}, self.folder / "log")
        self._child.wait_for(self.answers, what="Valkey's answer")

    def answers(self) -> bool:
        # a server that is not there refuses at once; one that is slow is there
        with redis.Redis.from_url(self.url, socket_timeout=20) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    def clear(self) -> None:
        with redis.Redis.from_url(self.url, socket_timeout=20) as client:
            client.flushall()

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def kill(self) -> None:
        """As a crash would: no last write."""
        assert self._child is not None
        self._child.kill()

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()

    def close(self) -> None:
        self.stop()
        self._folder.cleanup()
