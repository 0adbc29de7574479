"""Worker processes as the Procfile starts them: they take work, outlive their Redis, and end when told to."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import redis

from tests.support.jobs import RUNS
from tests.support.processes import Child, python
from tests.support.settings import environment, settings
from tests.support.valkey import ValkeyServer
from workers import context, queues, run
from workers.queues import DEFAULT, HOOKS, JOBS, MEDIA, JobKind, RqJobQueue
from workers.run import ForkingWorker, InProcessWorker, WorkLoop, make_worker

SOON = 60.0


@pytest.fixture(autouse=True)
def test_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, queue in (("note", DEFAULT), ("note_media", MEDIA), ("note_hooks", HOOKS)):
        monkeypatch.setitem(queues.JOBS, name, JobKind(queue, "tests.support.jobs.note", 20, name))


@pytest.fixture
def own_valkey() -> Iterator[ValkeyServer]:
    """One that the test may kill."""
    server = ValkeyServer()
    yield server
    server.close()


@contextmanager
def worker(folder: Path, valkey_url: str, *queue: str) -> Iterator[Child]:
    with Child(python("-m", "workers.run", *queue), environment(folder, REDIS_URL=valkey_url), folder / "log") as child:
        yield child


def runs(server: ValkeyServer) -> list[str]:
    with redis.Redis.from_url(server.url, decode_responses=True) as client:
        return [str(entry) for entry in client.lrange(RUNS, 0, -1)]


def ring_until_run(server: ValkeyServer, job: str, child: Child, count: int) -> str:
    """Ring and wait for the run; returns its process id."""
    bell = RqJobQueue(server.url)
    assert bell.ring(job, count)
    child.wait_for(lambda: len(runs(server)) >= count, seconds=SOON, what="the run")
    return runs(server)[-1].split(":")[1]


def test_the_default_worker_runs_jobs_in_its_own_process_and_ends_when_told(
    tmp_path: Path, valkey: ValkeyServer
) -> None:
    with worker(tmp_path, valkey.url) as child:
        assert ring_until_run(valkey, "note", child, 1) == str(child.pid)
        assert child.stop() == 0


def test_the_media_worker_runs_each_job_in_a_child(tmp_path: Path, valkey: ValkeyServer) -> None:
    with worker(tmp_path, valkey.url, "media") as child:
        first = ring_until_run(valkey, "note_media", child, 1)
        second = ring_until_run(valkey, "note_media", child, 2)
        assert len({first, second, str(child.pid)}) == 3
        assert child.stop() == 0


def test_a_subscriber_that_is_called_holds_no_photo_up(tmp_path: Path, valkey: ValkeyServer) -> None:
    assert [JOBS[name].queue for name in ("deliver_webhook", "fetch_media")] == [HOOKS, MEDIA]
    assert RqJobQueue(valkey.url).ring("note_media", 1)  # nobody listens to that queue
    with worker(tmp_path, valkey.url, "hooks") as child:
        assert ring_until_run(valkey, "note_hooks", child, 1) == str(child.pid)
        assert child.stop() == 0


def test_a_worker_waits_for_a_queue_that_is_not_there_yet(tmp_path: Path, own_valkey: ValkeyServer) -> None:
    with worker(tmp_path, own_valkey.url) as child:
        child.wait_for(lambda: "the queue is away" in child.output(), seconds=SOON)
        own_valkey.start()
        ring_until_run(own_valkey, "note", child, 1)


def test_a_worker_comes_back_to_a_queue_that_was_killed_and_lost_everything(
    tmp_path: Path, own_valkey: ValkeyServer
) -> None:
    own_valkey.start()
    with worker(tmp_path, own_valkey.url) as child:
        ring_until_run(own_valkey, "note", child, 1)
        own_valkey.kill()
        own_valkey.start()
        own_valkey.clear()
        ring_until_run(own_valkey, "note", child, 1)


def test_a_worker_whose_queue_is_away_still_ends_at_once(tmp_path: Path, own_valkey: ValkeyServer) -> None:
    own_valkey.start()
    with worker(tmp_path, own_valkey.url) as child:
        ring_until_run(own_valkey, "note", child, 1)
        own_valkey.kill()
        child.wait_for(lambda: "could not connect" in child.output(), seconds=SOON)
        assert child.stop() == 0


def test_wrong_use_and_missing_settings_are_said_all_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["chat"], {}) == 2
    assert "default|media|hooks" in capsys.readouterr().err
    assert run.main([], {}) == 2
    faults = capsys.readouterr().err.splitlines()
    assert "DATABASE_URL is missing" in faults
    assert len(faults) > 3


@pytest.fixture
def signal_handlers() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.usefixtures("signal_handlers")
def test_a_loop_that_has_done_its_share_ends_so_that_a_fresh_process_takes_over(valkey: ValkeyServer) -> None:
    bell = RqJobQueue(valkey.url)
    for subject in range(3):
        bell.ring("note", subject)
    WorkLoop(DEFAULT, lambda: make_worker(DEFAULT, valkey.url), max_jobs=2).run()
    assert [entry.split(":")[0] for entry in runs(valkey)] == ["0", "1"]


@pytest.mark.usefixtures("signal_handlers")
def test_a_loop_told_to_stop_between_attempts_ends_without_another(own_valkey: ValkeyServer) -> None:
    attempts = []

    def refused() -> InProcessWorker:
        attempts.append(1)
        signal.raise_signal(signal.SIGTERM)
        raise redis.ConnectionError

    WorkLoop(DEFAULT, refused).run()
    assert len(attempts) == 1


@pytest.mark.usefixtures("signal_handlers")
def test_a_term_that_comes_before_the_worker_listens_is_not_lost(valkey: ValkeyServer) -> None:
    loop = WorkLoop(DEFAULT, lambda: make_worker(DEFAULT, valkey.url))

    def make() -> InProcessWorker:
        made = make_worker(DEFAULT, valkey.url)
        assert isinstance(made, InProcessWorker)
        signal.raise_signal(signal.SIGTERM)
        return made

    loop.make = make
    loop.run()
    assert loop.stopping.is_set()


@pytest.mark.usefixtures("signal_handlers")
def test_a_worker_that_returns_for_no_good_reason_is_made_again(
    valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def make() -> InProcessWorker:
        worker = make_worker(DEFAULT, valkey.url)
        assert isinstance(worker, InProcessWorker)
        made.append(worker)
        if len(made) == 2:
            loop.stopping.set()
        else:
            monkeypatch.setattr(worker, "dequeue_job_and_maintain_ttl", lambda *_: None)
        return worker

    loop = WorkLoop(DEFAULT, make, longest_pause=0.01)
    loop.run()
    assert len(made) == 2


def test_each_queue_has_its_kind_of_worker(valkey: ValkeyServer) -> None:
    assert isinstance(make_worker(DEFAULT, valkey.url), InProcessWorker)
    assert isinstance(make_worker(MEDIA, valkey.url), ForkingWorker)
    assert isinstance(make_worker(HOOKS, valkey.url), InProcessWorker)


def test_start_imports_everything_and_opens_nothing(tmp_path: Path) -> None:
    with ExitStack() as stack:
        stack.callback(context.stop)
        loop = run.start(DEFAULT, settings(tmp_path))
        assert loop.max_jobs == run.JOBS_BEFORE_RENEWAL
        assert run.start(MEDIA, settings(tmp_path)).max_jobs is None
        assert not (tmp_path / "tidtam.db").exists()
