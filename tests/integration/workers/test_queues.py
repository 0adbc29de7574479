from __future__ import annotations

import threading
import time
from collections.abc import Iterable

import pytest
import redis
from rq import Queue
from rq.job import Job
from rq.registry import FailedJobRegistry
from rq.serializers import JSONSerializer

from tests.support.jobs import RUNS
from tests.support.ports import free_port
from tests.support.processes import wait_until
from tests.support.valkey import ValkeyServer
from workers import queues
from workers.queues import DEFAULT, SERIALIZER, JobKind, RqJobQueue
from workers.run import InProcessWorker, make_worker


@pytest.fixture(autouse=True)
def test_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("note", "wait_for_leave", "fail"):
        monkeypatch.setitem(queues.JOBS, name, JobKind(DEFAULT, f"tests.support.jobs.{name}", 20, name))


@pytest.fixture
def bell(valkey: ValkeyServer) -> RqJobQueue:
    return RqJobQueue(valkey.url)


@pytest.fixture
def client(valkey: ValkeyServer) -> redis.Redis:
    return redis.Redis.from_url(valkey.url, decode_responses=True)


def burst(valkey: ValkeyServer) -> None:
    worker = make_worker(DEFAULT, valkey.url)
    assert isinstance(worker, InProcessWorker)
    worker.stopping = threading.Event()
    worker.work(burst=True, logging_level="WARNING")


def runs(client: redis.Redis) -> list[str]:
    return [str(entry).split(":")[0] for entry in client.lrange(RUNS, 0, -1)]


def test_a_job_that_is_rung_runs_and_leaves_nothing_behind(
    valkey: ValkeyServer, bell: RqJobQueue, client: redis.Redis
) -> None:
    assert bell.ring("note", 7)
    burst(valkey)
    assert runs(client) == ["7"]
    assert client.keys("rq:job:*") == []


def test_rings_for_a_job_that_waits_already_are_one_run(
    valkey: ValkeyServer, bell: RqJobQueue, client: redis.Redis
) -> None:
    for _ in range(5):
        assert bell.ring("note", 7)
    assert bell.ring("note", 8)
    burst(valkey)
    assert runs(client) == ["7", "8"]


def test_a_ring_while_the_job_runs_leads_to_another_run(
    valkey: ValkeyServer, bell: RqJobQueue, client: redis.Redis
) -> None:
    bell.ring("wait_for_leave", 7)

    def ring_meanwhile() -> None:
        wait_until(lambda: len(runs(client)) == 1)
        for _ in range(3):
            bell.ring("wait_for_leave", 7)
        client.set("test:leave", "1")

    meanwhile = threading.Thread(target=ring_meanwhile)
    meanwhile.start()
    burst(valkey)
    meanwhile.join(60)
    assert runs(client) == ["7", "7"]


def test_a_ring_is_not_lost_even_when_both_names_are_running(
    valkey: ValkeyServer, bell: RqJobQueue, client: redis.Redis
) -> None:
    queue = Queue(DEFAULT, connection=redis.Redis.from_url(valkey.url), serializer=SERIALIZER)
    bell.ring("note", 7)
    for name in ("note-7", "note-7-again"):
        client.hset(f"rq:job:{name}", "status", "started")
    assert bell.ring("note", 7)
    assert len(queue.job_ids) == 2
    assert queue.job_ids[1].startswith("note-7-")


def test_a_job_that_failed_is_kept_for_a_week_and_can_be_rung_again(
    valkey: ValkeyServer, bell: RqJobQueue, client: redis.Redis
) -> None:
    bell.ring("fail", 7)
    burst(valkey)
    connection = redis.Redis.from_url(valkey.url)
    failed = FailedJobRegistry(DEFAULT, connection=connection, serializer=JSONSerializer)
    assert failed.get_job_ids(cleanup=False) == ["fail-7"]
    assert 0 < int(connection.ttl(Job.key_for("fail-7"))) <= queues.FAILURE_TTL
    client.set("test:healed", "1")
    assert bell.ring("fail", 7)
    burst(valkey)
    assert runs(client) == ["7", "7"]
    assert failed.get_job_ids(cleanup=False) == []


def test_a_job_that_ends_while_it_is_looked_at_does_not_swallow_the_ring(
    valkey: ValkeyServer, bell: RqJobQueue, client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.hset("rq:job:note-7", "status", "started")

    def ends_now(*_arguments: object) -> None:
        client.delete("rq:job:note-7")

    monkeypatch.setattr(queues, "_status", ends_now)
    assert bell.ring("note", 7)
    assert client.lrange("rq:queue:default", 0, -1) == ["note-7"]


def test_what_is_stored_is_json_with_ids_alone(valkey: ValkeyServer, bell: RqJobQueue) -> None:
    bell.ring("note", 7)
    stored = Job.fetch("note-7", connection=redis.Redis.from_url(valkey.url), serializer=SERIALIZER)
    assert (stored.func_name, stored.args, stored.kwargs) == ("tests.support.jobs.note", [7], {})
    assert (stored.description, stored.timeout, stored.result_ttl) == ("note-7", 20, 0)


def quickest_failure(bells: Iterable[RqJobQueue]) -> float:
    """Seconds. A pause of ours would be in every ring, one of a busy machine's is in some."""

    def seconds(bell: RqJobQueue) -> float:
        start = time.monotonic()
        assert bell.ring("drain", 2) is False
        return time.monotonic() - start

    return min(map(seconds, bells))


def test_with_nobody_listening_a_ring_fails_within_50_ms() -> None:
    bell = RqJobQueue(f"redis://127.0.0.1:{free_port()}")
    assert quickest_failure([bell] * 10) < 0.05
    with pytest.raises(OSError, match="cannot be reached"):
        bell.check()


def test_a_killed_valkey_fails_rings_fast_and_takes_them_again_when_it_is_back() -> None:
    server = ValkeyServer()
    server.start()
    bells = [RqJobQueue(server.url) for _ in range(10)]
    for bell in bells:
        assert bell.ring("drain", 1)
        bell.check()
    server.kill()
    assert quickest_failure(bells) < 0.05
    server.start()
    for bell in bells:
        assert bell.ring("drain", 3)
        bell.close()
    server.close()


def test_an_unknown_job_is_a_mistake_of_ours(bell: RqJobQueue) -> None:
    with pytest.raises(KeyError):
        bell.ring("no_such_job", 1)
