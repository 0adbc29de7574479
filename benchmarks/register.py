"""How fast a register is imported, how much memory it takes, and how long a chat waits meanwhile, on both databases.

A made-up register is written to a temporary file and imported twice: all rows new, then all the same. While it runs a
second connection writes a row every tenth of a second, as a chat would. Each import is a process of its own, so that
its peak of memory can be told. Fails when memory grows with the file, or a row takes more work than a million in
three minutes allow, twice in a row. Run: python -m benchmarks.register [--rows 1000000] [--database sqlite|postgresql]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from models.base import make_engine, make_sessions
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.clock import SystemClock
from services.register.register import Register
from services.register.sample import Sample
from services.texts import Texts
from tests.support.databases import PostgresServer, give_runtime_folder, migrate
from tests.support.fake_line import FakeMedia

LOEI = Path(__file__).parents[1] / "campaigns" / "loei_2564"
ROWS, SMALL_SHARE = 1_000_000, 4
LEAST_ROWS_A_SECOND = 1_000_000 / 180
MOST_GROWTH_MB = 40
"""Between a quarter of the rows and all of them."""


class Chat(threading.Thread):
    """Somebody else who writes; remembers how long each write took, in seconds."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(daemon=True)
        self._engine, self._over = engine, threading.Event()
        self.waits: list[float] = []

    def run(self) -> None:
        while not self._over.wait(0.1):
            before = time.monotonic()
            with self._engine.begin() as connection:
                connection.execute(text("UPDATE area SET name_en = 'Loei' WHERE code = '42'"))
            self.waits.append(time.monotonic() - before)

    def stop(self) -> None:
        self._over.set()
        self.join()


def one(url: str, folder: Path) -> dict[str, Any]:
    """Import the files of `folder` into a fresh database; figures of the households."""
    engine = make_engine(url)
    sessions, clock = make_sessions(engine), SystemClock()
    register = Register(sessions, clock, FakeMedia(), Texts())
    with sessions() as session, session.begin():
        campaigns.load(session, campaign_files.read(LOEI), clock.now())
    with (folder / "villages.csv").open("rb") as file:
        register.import_table("villages", file, "villages.csv")
    chat = Chat(engine)
    chat.start()
    figures: dict[str, Any] = {}
    for pass_name in ("new", "same"):
        with (folder / "households.csv").open("rb") as file:
            before, worked = time.monotonic(), time.process_time()
            done = register.import_table("households", file, "households.csv")
        assert done.tally.refused == 0
        seconds, cpu = time.monotonic() - before, time.process_time() - worked
        figures[pass_name] = {"rows": done.tally.read, "seconds": seconds, "cpu": cpu}
    chat.stop()
    waits = sorted(chat.waits)
    figures["wait_p99"], figures["wait_most"] = waits[int(len(waits) * 0.99)], waits[-1]
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    engine.dispose()
    return figures


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        url = f"sqlite:///{folder}/register-{time.monotonic_ns()}.db"
        migrate(url)
        yield url
        return
    give_runtime_folder()
    server = PostgresServer(f"register-{time.monotonic_ns()}")
    try:
        with server.database() as url:
            yield url
    finally:
        server.close()


def measured(kind: str, rows: int) -> dict[str, Any]:
    """One size on one database, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Sample(Texts().catalogue("th"), "42", rows).write(folder)
        with database(kind, folder) as url:
            command = [sys.executable, "-m", "benchmarks.register", "--one", url, str(folder)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=1800)
    figures: dict[str, Any] = json.loads(done.stdout)
    speeds = {name: figures[name]["rows"] / figures[name]["seconds"] for name in ("new", "same")}
    print(
        f"{kind:10} {rows:>9,} rows: new {speeds['new']:,.0f} rows/s ({figures['new']['seconds']:.0f} s, "
        f"of CPU {figures['new']['cpu']:.0f} s), "
        f"same {speeds['same']:,.0f} rows/s, peak {figures['peak_mb']:.0f} MB, "
        f"another writer waits {figures['wait_p99'] * 1000:.0f} ms (p99), {figures['wait_most'] * 1000:.0f} ms at most",
        flush=True,
    )
    return figures


def judge(kind: str, small: dict[str, Any], large: dict[str, Any]) -> list[str]:
    """What is wrong with the figures of a quarter of the rows and of all of them."""
    grown = large["peak_mb"] - small["peak_mb"]
    # CPU time: how long an import takes by the clock says how busy the machine is
    speed = large["new"]["rows"] / large["new"]["cpu"]
    faults = [f"{kind}: memory grew by {grown:.0f} MB"] if grown > MOST_GROWTH_MB else []
    return faults + ([f"{kind}: {speed:,.0f} rows a second of CPU are too few"] if speed < LEAST_ROWS_A_SECOND else [])


def tried(kind: str, rows: int) -> list[str]:
    """Measure both sizes on one database; what is wrong with the figures."""
    return judge(kind, measured(kind, rows // SMALL_SHARE), measured(kind, rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--one", nargs=2, metavar=("URL", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(one(given.one[0], Path(given.one[1]))))
        return
    faults = []
    for kind in given.database or ("sqlite", "postgresql"):
        faults += tried(kind, given.rows) and tried(kind, given.rows)  # another process may have been in the way
    for fault in faults:
        print(fault)
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
