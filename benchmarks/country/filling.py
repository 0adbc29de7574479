"""Fills a database with a country: campaigns by the product's own loading, the millions of rows by SQL alone."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import geothai
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.country.statements import STATEMENTS
from models.channel import Channel
from models.obligation import Answer, Report
from models.people import LineAccount, Membership, Person
from services.campaigns import files as campaign_files
from services.campaigns import loading
from services.quality.counts import QualityCounting
from tests.support.reported import reported_town
from tests.support.runtime import StoppedClock

LOEI = Path(__file__).parents[2] / "campaigns" / "loei_2564"
DUE = dt.datetime(2021, 6, 25, 16, 30, tzinfo=dt.UTC)
VILLAGES_OF_A_TAMBON = 10
SENT = 5
"""Of one household in so many something was sent."""


def fill(engine: Engine, sessions: sessionmaker[Session], households: int, say: Callable[[str], None]) -> None:
    """All provinces with their campaign, `households` over their villages, and reports of three rounds."""
    with sessions() as session, session.begin():
        _somebody(session)
    with _timed("campaigns", say):
        _campaigns(sessions)
    answers, xml, rows = _a_report()
    with engine.connect() as connection:
        tambons = connection.scalar(text("SELECT count(*) FROM area WHERE kind = 'tambon'")) or 0
    each = -(-households // (tambons * VILLAGES_OF_A_TAMBON))
    values = {
        "of_tambon": VILLAGES_OF_A_TAMBON,
        "each": each,
        "volunteers": each // 25,
        "sent": SENT,
        "now": DUE,
        "answers": answers,
        "xml": xml,
    }
    for name, statement in STATEMENTS:
        with _timed(name, say), engine.begin() as connection:
            # the rows are made to fit: keys to other tables are not looked up one by one
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            named = {key: value for key, value in values.items() if f":{key}" in statement}
            connection.execute(text(statement), named)
    with _timed("answers", say), engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        _answers(connection, rows)
    with _timed("findings", say):
        counting = QualityCounting(sessions, StoppedClock(civil=DUE))
        for province in geothai.provinces():
            counting.count(int(province.code))
    with _timed("analyze", say), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("RESET statement_timeout"))


def _somebody(session: Session) -> None:
    """Who reported everything and sent every photo."""
    session.add(Channel(id=1, name="LINE", bot_user_id=""))
    session.add(Person(id=1, name="Sample Person", created_at=DUE))
    session.flush()
    session.add(LineAccount(id=1, channel_id=1, line_user_id="U1", person_id=1, created_at=DUE))
    session.flush()
    for table in ("person", "line_account"):
        session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 10)"))


def staff_of(session: Session, name: str, provinces: list[str]) -> tuple[int, int]:
    """Provincial staff of some provinces; ids of account and person."""
    person = Person(name=name, created_at=DUE)
    session.add(person)
    session.flush()
    account = LineAccount(channel_id=1, line_user_id=f"U{name}", person_id=person.id, created_at=DUE)
    session.add(account)
    session.add_all(Membership(person_id=person.id, role="staff", area_code=code, since=DUE) for code in provinces)
    session.flush()
    return account.id, person.id


def _campaigns(sessions: sessionmaker[Session]) -> None:
    """Loei's own, for each province: without its register, which is made up."""
    read = campaign_files.read(LOEI)
    for province in geothai.provinces():
        own = replace(
            read,
            slug=f"country_{province.code}",
            province=province.code,
            villages=[],
            households=[],
            known=[],
        )
        with sessions() as session, session.begin():
            loading.load(session, own, DUE)


def _a_report() -> tuple[str, str, list[dict[str, Any]]]:
    """Answers and XML of a real report, and its rows."""
    with tempfile.TemporaryDirectory() as name, reported_town(Path(name)) as town, town.runtime.sessions() as session:
        report = session.scalars(select(Report).order_by(Report.id)).first()
        if report is None:
            raise LookupError("the demonstration has no report")
        rows = [
            {"name": row.name, "box": row.box, "value": row.value, "number": row.number, "origin": row.origin}
            for row in session.scalars(select(Answer).where(Answer.report_id == report.id))
        ]
        stored = session.scalar(text("SELECT answers FROM report WHERE id = :id").bindparams(id=report.id))
        return str(stored), report.xml, rows


def _answers(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """The rows of every report."""
    for row in rows:
        connection.execute(
            text(
                "INSERT INTO answer (report_id, name, box, value, number, origin)"
                " SELECT id, :name, :box, :value, CAST(:number AS double precision), :origin FROM report"
            ),
            row,
        )


@contextmanager
def _timed(what: str, say: Callable[[str], None]) -> Iterator[None]:
    before = time.monotonic()
    yield
    say(f"  {what}: {time.monotonic() - before:.0f} s")
