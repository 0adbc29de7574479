"""Photos while the worker that fetches them is killed, and while LINE's content cannot be had in every way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.media import Media
from models.work import OwedJob
from tests.support import databases, pictures
from tests.support.content_door import ContentDoor, Mode
from tests.support.people import BOONMEE
from tests.support.processes import wait_until
from tests.support.screen import screen
from tests.support.stage import Stage, running_stage

pytestmark = pytest.mark.xdist_group("photos")

FEW, MANY = 4, 24


@pytest.fixture(scope="module")
def door() -> Iterator[ContentDoor]:
    door = ContentDoor()
    door.start()
    yield door
    door.refuse()


@pytest.fixture(scope="module")
def behind(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: databases.SqliteTemplate, door: ContentDoor
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("photos")
    with running_stage(folder, sqlite_template.copy(folder), LINE_DATA_API_URL=door.url) as stage:
        door.upstream = stage.simulator.url
        yield stage


@pytest.fixture
def stage(behind: Stage, door: ContentDoor) -> Stage:
    door.open_again()
    behind.reset()
    door.asked.clear()
    return behind


def send(stage: Stage, count: int) -> None:
    """Albums of ten at most, each photo different from every other."""
    for start in range(0, count, 10):
        numbers = range(start, min(start + 10, count))
        stage.simulator.photo(BOONMEE, *(pictures.jpeg(number) for number in numbers))
    wait_until(lambda: len(media(stage)) == count, what="all messages")


def media(stage: Stage) -> list[Media]:
    with stage.sessions() as session:
        return list(session.scalars(select(Media).order_by(Media.id)))


def attempts(stage: Stage) -> list[int]:
    with stage.sessions() as session:
        return list(session.scalars(select(OwedJob.attempts).where(OwedJob.job == "fetch_media")))


def check_all_stored(stage: Stage, count: int) -> None:
    """Each once, whole, and the leader told once."""
    found = media(stage)
    assert [each.state for each in found] == ["stored"] * count
    assert len({each.storage_key for each in found}) == count
    files = stage.stored_files()
    assert len(files) == 2 * count
    assert all(content.startswith(b"\xff\xd8") and content.endswith(b"\xff\xd9") for content in files)
    assert stage.transcript().duplicates == 0


def horses_of(worker: int) -> list[int]:
    """Children of a worker: each runs one job."""
    with suppress(FileNotFoundError):
        return [int(pid) for pid in Path(f"/proc/{worker}/task/{worker}/children").read_text().split()]
    return []


def kill_in_the_middle(stage: Stage) -> None:
    """Nothing of it goes on: a worker that is stopped first begins no further job."""
    worker = stage.system.children["media"].pid
    os.kill(worker, signal.SIGSTOP)
    wait_until(lambda: state_of(worker) == "T", what="the worker's stop")
    horses = horses_of(worker)
    for horse in horses:
        os.kill(horse, signal.SIGKILL)  # of a dead one its parent has not been told yet
    wait_until(lambda: {state_of(horse) for horse in horses} <= {"Z", ""}, what="the end of its jobs")
    stage.system.kill("media")


def state_of(pid: int) -> str:
    """The letter of a process's state, as of T for stopped; empty when there is none of this id."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return ""


def the_pause_is_over(stage: Stage) -> None:
    """What a dead worker had claimed is left alone for two minutes; they pass."""
    with stage.sessions() as session, session.begin():
        session.execute(update(OwedJob).where(OwedJob.done_at.is_(None)).values(next_try_at=stage_now()))


def stage_now() -> object:
    from services.clock import SystemClock  # noqa: PLC0415 - mechanical time is the machine's own

    return SystemClock().real()


@pytest.mark.parametrize("deaths", [1, 3])
def test_a_killed_media_worker_loses_no_photo_and_stores_none_twice(
    stage: Stage, door: ContentDoor, deaths: int
) -> None:
    door.pause = 0.05
    send(stage, MANY)
    for death in range(1, deaths + 1):
        wait_until(lambda step=death: len(door.asked) >= step * 5, what="the next photos")  # type: ignore[misc]
        kill_in_the_middle(stage)
        the_pause_is_over(stage)
        stage.system.start("media")
    stage.settle(seconds=120)
    check_all_stored(stage, MANY)


@pytest.mark.parametrize("mode", ["error", "not_ready", "truncated"])
def test_photos_come_when_line_s_content_is_itself_again(stage: Stage, door: ContentDoor, mode: Mode) -> None:
    door.mode = mode
    send(stage, FEW)
    wait_until(lambda: len(attempts(stage)) == FEW and min(attempts(stage)) >= 2, what="second tries")
    assert {each.state for each in media(stage)} == {"wanted"}
    assert stage.stored_files() == []
    door.open_again()
    stage.settle(seconds=120)
    check_all_stored(stage, FEW)


def test_photos_come_when_line_s_content_can_be_reached_again(stage: Stage, door: ContentDoor) -> None:
    door.refuse()
    send(stage, FEW)
    wait_until(lambda: len(attempts(stage)) == FEW and min(attempts(stage)) >= 2, what="second tries")
    door.open_again()
    stage.settle(seconds=120)
    check_all_stored(stage, FEW)


@pytest.mark.parametrize("mode", ["silent", "drip"])
def test_a_photo_that_does_not_come_holds_the_others_up_for_no_minute(
    stage: Stage, door: ContentDoor, mode: Mode
) -> None:
    door.mode = mode
    send(stage, 1)
    wait_until(lambda: len(door.asked) == 1, what="the first try")
    door.open_again()
    stage.settle(seconds=55)
    check_all_stored(stage, 1)


def test_each_photo_that_is_lost_for_good_is_asked_for_once(stage: Stage) -> None:
    leader = stage.someone(BOONMEE)
    stage.simulator.fault("content_gone", times=2)
    send(stage, FEW)
    stage.settle()
    assert sorted(each.state for each in media(stage)) == ["lost", "lost", "stored", "stored"]
    leader.say("เมนู")
    leader.say("เมนู")
    told = screen([each.message for each in leader.bubbles()])
    assert told.count("มาไม่ถึงระบบ") == 2, told
