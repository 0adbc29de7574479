from __future__ import annotations

import pytest
import redis

from tests.support.valkey import ValkeyServer
from workers.queues import RqJobQueue

REMNANTS = [
    {"status": "failed"},
    {"status": "finished", "last_heartbeat": "2026-11-22T17:00:00.000000Z"},
    {"last_heartbeat": "2026-11-22T17:00:00.000000Z"},
    {"status": "failed", "ended_at": "2026-11-22T17:00:00.000000Z", "created_at": "2026-11-22T17:00:00.000000Z"},
]


@pytest.mark.parametrize("remnant", REMNANTS)
def test_what_a_worker_writes_into_an_emptied_redis_does_not_keep_a_job_from_being_rung(
    valkey: ValkeyServer, remnant: dict[str, str]
) -> None:
    with redis.Redis.from_url(valkey.url) as client:
        client.hset("rq:job:send_outbox-5", mapping=remnant)
        queue = RqJobQueue(valkey.url)
        assert queue.ring("send_outbox", 5)
        queue.close()
        assert client.lrange("rq:queue:default", 0, -1) == [b"send_outbox-5"]
