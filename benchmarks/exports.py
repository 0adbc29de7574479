"""How long a hundred thousand reports take as a spreadsheet, and how much memory: on both databases.

A campaign's report is copied over as many made-up rounds as it takes. Each export is a process of its own, so that its
peak of memory can be told, and a quarter of the reports is written before all of them: memory may not grow with the
file. Run: python -m benchmarks.exports [--reports 100000] [--database sqlite|postgresql] [--form xlsx]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.register import database
from models.base import make_engine, make_sessions
from models.campaign import Campaign
from services.campaigns import files as campaign_files
from services.campaigns import loading
from services.clock import SystemClock
from services.exports.files import WRITERS
from services.exports.reports import Wanted, boxes_of, note_of, report_rows
from services.reports.forms import FormCache

LOEI = Path(__file__).parents[1] / "campaigns" / "loei_2564"
REPORTS, SMALL_SHARE, MOST_SECONDS, MOST_GROWTH_MB = 100_000, 4, 60, 25
BOXES = 31
DISTRICTS = 14

_FILLING = (
    """INSERT INTO person (id, name, position, signing, created_at) VALUES (1, 'Sample Person', '', '', :now)""",
    """INSERT INTO round (campaign_id, duty, number, opens_at, due_at)
    WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 99 + :rounds)
    SELECT c.id, '', i, :now, :now FROM n, campaign c""",
    """INSERT INTO obligation (round_id, form_id, area_code, state, submitted_at)
    SELECT r.id, f.id, a.code, 'submitted', :now FROM round r, form f, area a
    WHERE r.number >= 100 AND r.duty = '' AND f."key" = 'followup' AND a.kind = 'district'""",
    """INSERT INTO report (obligation_id, number, reference, form_version_id, answers, explained, xml, submitted_by,
        submitted_at, late, phoned_by)
    SELECT o.id, 1, 'R' || o.id, f.current_version_id, '{"answers": {}}', '{}', '<a/>', 1, :now, :late, ''
    FROM obligation o JOIN form f ON f.id = o.form_id WHERE o.submitted_at IS NOT NULL""",
    """INSERT INTO answer (report_id, name, box, value, number, origin)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :boxes)
    SELECT r.id, 'box_' || i, 'box_' || i, CASE WHEN i % 5 = 0 THEN 'Words ' || i ELSE '3150' END,
        CASE WHEN i % 5 = 0 THEN NULL ELSE 3150 END, 'said' FROM report r, n""",
)


def fill(engine: Engine, sessions: sessionmaker[Session], reports: int) -> None:
    """A fresh database with one campaign and so many reports of it."""
    url, now = str(engine.url), SystemClock().now()
    with sessions() as session, session.begin():
        loading.load(session, campaign_files.read(LOEI), now)
    values = {"now": now, "late": False, "boxes": BOXES, "rounds": -(-reports // DISTRICTS)}
    stamp = {**values, "now": now.strftime("%Y-%m-%d %H:%M:%S.%f+00:00")} if "sqlite" in url else values
    for statement in _FILLING:
        with engine.begin() as connection:
            if "sqlite" not in url:
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text(statement), {key: value for key, value in stamp.items() if f":{key}" in statement})
    if "sqlite" not in url:
        with engine.begin() as connection:  # as the server does by itself, a while after so much was written
            connection.execute(text("ANALYZE"))


def one(url: str, reports: int, form: str) -> dict[str, Any]:
    """Fill a fresh database and write its reports into a file; seconds and peak of memory."""
    engine = make_engine(url)
    sessions = make_sessions(engine)
    fill(engine, sessions, reports)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with sessions() as session, tempfile.TemporaryFile() as file:
        campaign = session.scalars(select(Campaign)).one()
        wanted, forms = Wanted(campaign.id, "followup"), FormCache()
        before, worked = time.monotonic(), time.process_time()
        rows, boxes = report_rows(session, forms, wanted), boxes_of(session, forms, wanted)
        count = WRITERS[form](file, rows, boxes, note_of(campaign))
        seconds, cpu = time.monotonic() - before, time.process_time() - worked
        size = file.tell() / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    engine.dispose()
    return {"reports": count, "seconds": seconds, "cpu": cpu, "peak_mb": peak, "base_mb": base, "size_mb": size}


def measured(kind: str, reports: int, form: str) -> dict[str, Any]:
    """One size on one database, in a process of its own."""
    with tempfile.TemporaryDirectory() as name, database(kind, Path(name)) as url:
        command = [sys.executable, "-m", "benchmarks.exports", "--one", url, str(reports), "--form", form]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=1800)
    figures: dict[str, Any] = json.loads(done.stdout)
    print(
        f"{kind:10} {figures['reports']:>8,} reports as {form}: {figures['seconds']:.0f} s (of CPU {figures['cpu']:.0f}"
        f" s), peak {figures['peak_mb']:.0f} MB (before it {figures['base_mb']:.0f}), file {figures['size_mb']:.0f} MB",
        flush=True,
    )
    return figures


def judge(kind: str, small: dict[str, Any], large: dict[str, Any]) -> list[str]:
    """What is wrong with the figures of a quarter of the reports and of all of them."""
    grown = large["peak_mb"] - small["peak_mb"]
    faults = [f"{kind}: memory grew by {grown:.0f} MB"] if grown > MOST_GROWTH_MB else []
    # CPU time: how long an export takes by the clock says how busy the machine is
    most = MOST_SECONDS * large["reports"] / REPORTS
    return faults + ([f"{kind}: {large['cpu']:.0f} s of CPU, {most:.0f} allowed"] if large["cpu"] > most else [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--form", choices=sorted(WRITERS), default="xlsx")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--one", nargs=2, metavar=("URL", "REPORTS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(one(given.one[0], int(given.one[1]), given.form)))
        return
    faults = []
    for kind in given.database or ("sqlite", "postgresql"):
        small = measured(kind, given.reports // SMALL_SHARE, given.form)
        faults += judge(kind, small, measured(kind, given.reports, given.form))
    for fault in faults:
        print(fault)
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
