"""Measures every page of the desk over a country in PostgreSQL: for the largest province, and for all 77 at once.

Fails when the overview takes 100 ms or any page 300 ms at p95, counted from the request to the whole page, without
the network. Run: python -m benchmarks.country [--households 12500000] [--keep URL]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import geothai
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text

from benchmarks.country.filling import DUE, fill, staff_of
from benchmarks.country.pages import pages
from bot.app import create_app
from bot.wsgi import settle
from models.base import make_engine, make_sessions
from tests.support.databases import PostgresServer, give_runtime_folder
from tests.support.fake_line import FakeLine, FakeMedia, FakeQueue
from tests.support.runtime import StoppedClock, TestRuntime
from tests.support.settings import settings

HOUSEHOLDS = 12_500_000
LARGEST = "30"
"""Nakhon Ratchasima: 32 districts."""
OVERVIEW, OVERVIEW_MS, PAGE_MS = "/desk/today", 100, 300
TIMES = 20


@contextmanager
def country(url: str, households: int) -> Iterator[Engine]:
    """An engine on a filled database: the one at `url`, or one of its own, filled now and dropped afterwards."""
    if url:
        engine = make_engine(url)
        yield engine
        engine.dispose()
        return
    give_runtime_folder()
    server = PostgresServer(f"country-{time.monotonic_ns()}")
    try:
        with server.database() as own:
            engine = make_engine(own)
            print(own, flush=True)
            fill(engine, make_sessions(engine), households, lambda line: print(line, flush=True))
            yield engine
            engine.dispose()
    finally:
        server.close()


def signed_in(runtime: TestRuntime, name: str, provinces: list[str]) -> FlaskClient:
    """A browser of somebody who sees some provinces."""
    with runtime.sessions() as session, session.begin():
        account, person = staff_of(session, f"{name} {time.monotonic_ns()}", provinces)
    link = runtime.desk_links.make(account, person, runtime.clock.now())
    client = create_app(runtime).test_client()
    settle()
    client.post(urlsplit(link).path)
    return client


def measure(client: FlaskClient, path: str, times: int) -> tuple[float, float]:
    """Median and p95 of a page in milliseconds, after it was opened once."""
    taken = []
    for turn in range(times + 1):
        before = time.perf_counter()
        answer = client.get(path)
        if answer.status_code != HTTPStatus.OK:
            raise SystemExit(f"{path}: {answer.status_code}")
        if turn:
            taken.append((time.perf_counter() - before) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def statements(engine: Engine, client: FlaskClient, path: str) -> int:
    """How many statements a page asks of the database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    client.get(path)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--keep", default="", help="a database that is filled already")
    parser.add_argument("--times", type=int, default=TIMES)
    given = parser.parse_args()
    faults = []
    with country(given.keep, given.households) as engine:
        clock = StoppedClock(civil=DUE)
        runtime = TestRuntime(
            settings=settings(Path("/nonexistent")),
            engine=engine,
            line=FakeLine(),
            media=FakeMedia(),
            queue=FakeQueue(),
            stopped=clock,
        )
        with engine.connect() as connection:
            count = connection.scalar(text("SELECT count(*) FROM household"))
        print(f"{count:,} households, {len(list(geothai.provinces()))} provinces")
        every = [province.code for province in geothai.provinces()]
        with runtime.sessions() as session:
            paths = pages(session, LARGEST)
        for name, provinces in (("one", [LARGEST]), ("all", every)):
            client = signed_in(runtime, name, provinces)
            for path in paths:
                median, p95 = measure(client, path, given.times)
                asked = statements(engine, client, path)
                most = OVERVIEW_MS if path == OVERVIEW else PAGE_MS
                print(
                    f"{name:4} {path:45} median {median:6.0f} ms  p95 {p95:6.0f} ms  {asked:4} statements", flush=True
                )
                if p95 > most:
                    faults.append(f"{path} ({name}): {p95:.0f} ms of {most}")
    for fault in faults:
        print(fault)
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
