from __future__ import annotations

from sqlalchemy import delete, select

from models.area import Household
from models.quality import QualityCount
from models.work import OwedJob
from services.quality.counts import QualityCounting, forget, totals
from tests.integration.services.register.conftest import Office


def test_what_an_import_changed_is_counted_by_a_worker_and_pages_read_its_figures(office: Office) -> None:
    office.load("villages", "code,name", "42070605,บ้านหนึ่ง", "42070606,บ้านสอง")
    office.load("households", "village_code,house_no", "42070605,1", "42070605,2", "42070606,3")
    promised = select(OwedJob.job, OwedJob.subject_id).where(OwedJob.job == "count_quality")
    assert office.rows(promised) == [("count_quality", 42)]
    with office.sessions() as session:
        live, counted_at = totals(session, "42070606")
        assert (live["no_volunteer"], counted_at) == (1, None)
    QualityCounting(office.sessions, office.clock).count(42)
    with office.sessions() as session, session.begin():
        session.execute(delete(Household))
    with office.sessions() as session:
        kept, counted_at = totals(session, "42")
        assert (kept["no_volunteer"], counted_at) == (3, office.clock.now())
        assert totals(session, "4207")[0]["no_volunteer"] == 3
    with office.sessions() as session, session.begin():
        forget(session, "42")
        assert session.scalars(select(QualityCount)).all() == []
        assert totals(session, "42")[0]["no_volunteer"] == 0
