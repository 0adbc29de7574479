"""The register of jobs, and the bell that tells a worker about one.

A job row in the database is the promise that work is owed; ringing only shortens the wait for the sweep. So a ring
may fail, but it must never be swallowed while a worker is already past the point of seeing what it speaks of.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.exceptions import DuplicateJobError, InvalidJobOperation, NoSuchJobError
from rq.job import Job, JobStatus

from workers.connections import connect

log = logging.getLogger("tidtam.queue")

DEFAULT = "default"
MEDIA = "media"
HOOKS = "hooks"
"""Calls to other people's systems: as slow as they like to be, so nothing else waits behind them."""
QUEUES = (DEFAULT, MEDIA, HOOKS)
"""One process listens to one queue: only then does Redis keep a job that dies between being taken and begun."""

SERIALIZER = "json"
"""Everywhere, or a worker cannot read what the web wrote. Pickle would make writing to Redis running code."""

_LIVE = {JobStatus.QUEUED, JobStatus.STARTED}

FAILURE_TTL = 7 * 24 * 3600
"""Seconds that a failed job can be looked at. RQ's own default is a year."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of work. Name and path are a wire format: a rename needs a shim for what is already queued."""

    queue: str
    path: str
    timeout: int
    """Seconds until the worker stops it."""
    description: str


def _kind(function: str, queue: str, timeout: int, description: str) -> JobKind:
    return JobKind(queue, f"workers.jobs.{function}", timeout, description)


JOBS = {
    "drain": _kind("drain", DEFAULT, 20, "answer what a chat still has pending; subject: conversation"),
    "send_outbox": _kind("send_outbox", DEFAULT, 20, "send one unsent request to LINE; subject: outbox row"),
    "dispatch": _kind("dispatch", DEFAULT, 60, "send all that is due and no answer, in batches; subject: channel"),
    "finish_report": _kind("finish_report", DEFAULT, 20, "derive answers, remarks, notices; subject: report version"),
    "leave_group": _kind("leave_group", DEFAULT, 20, "leave a LINE group after the goodbye; subject: group row"),
    "send_broadcast": _kind("send_broadcast", DEFAULT, 60, "write a broadcast into the outbox; subject: broadcast"),
    "burst_summary": _kind("burst_summary", DEFAULT, 20, "sum up a burst of photos; subject: conversation"),
    "count_quality": _kind("count_quality", MEDIA, 110, "count what the register's checks find; subject: province"),
    "draw_sheets": _kind("draw_sheets", MEDIA, 110, "draw visit sheets or a province's signs; subject: area"),
    "evidence_figures": _kind("evidence_figures", DEFAULT, 20, "count what leaders sent anew; subject: district"),
    "fetch_media": _kind("fetch_media", MEDIA, 90, "fetch a photo's bytes from LINE; subject: media row"),
    "forget_media": _kind("forget_media", MEDIA, 30, "remove the bytes of a withdrawn photo; subject: media row"),
    "purge": _kind("purge", MEDIA, 110, "remove what was kept long enough; subject: the day's number"),
    "deliver_webhook": _kind("deliver_webhook", HOOKS, 30, "tell a subscriber of something; subject: delivery"),
    "import_register": _kind("import_register", MEDIA, 110, "try or import a handed-in file; subject: import run"),
    "make_export": _kind("make_export", MEDIA, 110, "make a file that was asked for on the desk; subject: export"),
    "make_certificate": _kind("make_certificate", MEDIA, 60, "make a certificate's document; subject: certificate"),
    "link_rich_menu": _kind("link_rich_menu", DEFAULT, 20, "show somebody their role's menu; subject: LINE account"),
    "sync_rich_menus": _kind("sync_rich_menus", MEDIA, 110, "draw rich menus anew and link all; subject: channel"),
}
"""By name, as the owed job rows write it."""


def fail_fast(redis_url: str, *, seconds: float = 1.0) -> redis.Redis:
    """Return a client for places that cannot wait: one second, one attempt.

    redis-py would try ten times, four seconds, at a port that refuses. Nothing is opened before the first command.
    The client of a worker must be another one, since RQ raises the time-out of the pool that it is given.
    """
    return connect(redis_url, socket_timeout=seconds, socket_connect_timeout=seconds, retry=Retry(NoBackoff(), 0))


class RqJobQueue:
    """`services.ports.JobQueue` on RQ. Built lazily and shared by threads; a forked child opens its own sockets."""

    def __init__(self, redis_url: str) -> None:
        self._connection = fail_fast(redis_url)
        self._queues = {name: Queue(name, connection=self._connection, serializer=SERIALIZER) for name in QUEUES}

    def ring(self, job: str, subject_id: int) -> bool:
        """Do as the port says. Raises KeyError for a job that is not in the register."""
        kind = JOBS[job]
        try:
            _enqueue(self._queues[kind.queue], kind, f"{job}-{subject_id}", subject_id)
        except redis.RedisError as error:
            log.warning("job %s for %d could not be rung (%s)", job, subject_id, type(error).__name__)
            return False
        return True

    def check(self) -> None:
        """Raise OSError when the queue cannot be reached."""
        try:
            self._connection.ping()
        except redis.RedisError as error:
            raise OSError("the job queue cannot be reached") from error

    def close(self) -> None:
        self._connection.close()


def _enqueue(queue: Queue, kind: JobKind, name: str, subject_id: int) -> None:
    """Put one job on the queue unless one that will still see our change waits there already.

    The sweep rings every few seconds for as long as work is owed, so duplicates must not pile up while workers are
    away: ids are unique. Yet `unique` alone drops a ring while the same job runs, when that run may have read the
    row before we changed it. A job that is still queued starts after this moment and so sees what was committed
    before the ring; that one is enough. For one that is running a second name is taken, and when that one runs as
    well, a name of its own. (The same id again without `unique` would be worse: RQ deletes the job under both list
    entries when the first ends, and the second is then dropped without a word.)
    """
    for job_id in (name, f"{name}-again", f"{name}-{uuid.uuid4().hex}"):
        if _will_start(queue, kind, job_id, subject_id):
            return


def _will_start(queue: Queue, kind: JobKind, job_id: str, subject_id: int) -> bool:
    """Enqueue under `job_id`; False when the job of this id has begun already."""
    if _offer(queue, kind, job_id, subject_id):
        return True
    status = _status(queue, job_id)
    if status in _LIVE:
        return status is JobStatus.QUEUED
    # it failed once, or ended just now: the name is free. Should another ringer take it first, then its job is
    # younger than our change and will see it.
    _forget(queue, job_id)
    _offer(queue, kind, job_id, subject_id)
    return True


def _offer(queue: Queue, kind: JobKind, job_id: str, subject_id: int) -> bool:
    """Enqueue unless there is a job of this id; whether that was done."""
    try:
        queue.enqueue(
            kind.path,
            subject_id,
            job_id=job_id,
            unique=True,
            job_timeout=kind.timeout,
            result_ttl=0,
            failure_ttl=FAILURE_TTL,
            description=job_id,
        )
    except DuplicateJobError:
        return False
    return True


def _status(queue: Queue, job_id: str) -> JobStatus | None:
    raw = queue.connection.hget(Job.key_for(job_id), "status")
    return None if raw is None else JobStatus(raw.decode() if isinstance(raw, bytes) else raw)


def _forget(queue: Queue, job_id: str) -> None:
    """Remove what a failed run left: what went wrong is in the job's row and in the log.

    A worker whose Redis is emptied in the middle of a job writes the job's status once more at its end: a hash
    without the job itself, which RQ can neither read nor delete, and which would keep the name taken for good.
    """
    try:
        Job.fetch(job_id, connection=queue.connection, serializer=SERIALIZER).delete(remove_from_queue=False)
    except (NoSuchJobError, InvalidJobOperation):
        key = Job.key_for(job_id)
        if not queue.connection.hexists(key, "data"):
            queue.connection.delete(key)
