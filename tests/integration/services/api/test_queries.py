"""The queries of data out on both databases: what one of them reads otherwise is seen here, not at an office."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.campaign import Form, Round
from models.obligation import Obligation, ObligationState, Report
from models.people import Person
from models.webhook import WebhookSubscription
from services.api.reading import Asked, Reading
from services.campaigns import files, loading
from services.desk.scope import Scope
from services.exports.photos import count_photos, photos_after
from services.exports.reports import Wanted, count_reports
from services.ledger.ledger import move
from services.odata.asked import read_query
from services.odata.tables import tables_of
from services.reports.forms import FormCache
from services.texts import Texts
from services.webhooks.subscriptions import forget, listed, messages
from services.webhooks.telling import tell_version
from tests.support.chat import LOEI

NOW = dt.datetime(2021, 6, 7, tzinfo=dt.UTC)


def _reported(session: Session) -> None:
    """A report of a district, told to who subscribed to its province and not to who subscribed to its neighbour."""
    loading.load(session, files.read(LOEI), NOW)
    person = Person(name="x", created_at=NOW)
    session.add(person)
    session.flush()
    for area in ("42", "4206"):
        made = {"url": "https://example.org", "secret": "whsec_", "made_by": person.id, "created_at": NOW}
        session.add(WebhookSubscription(area_code=area, **made))
    session.flush()
    first = (
        select(Obligation, Form.current_version_id)
        .join(Round, Round.id == Obligation.round_id)
        .join(Form, Form.id == Obligation.form_id)
        .where(Form.key == "followup", Round.number == 1, Obligation.area_code == "4207")
    )
    obligation, version = session.execute(first).one()
    assert move(session, obligation.id, ObligationState.SUBMITTED, now=NOW)
    report = Report(
        obligation_id=obligation.id,
        number=1,
        reference="64-07-1",
        form_version_id=version,
        answers={},
        xml="<a/>",
        submitted_by=person.id,
        submitted_at=NOW,
        late=False,
    )
    session.add(report)
    session.flush()
    tell_version(session, report)


def test_everything_is_read_alike(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, session.begin():
        _reported(session)
    forms, scope = FormCache(), Scope(("42",))
    with sessions() as session:
        read = Reading(session, scope, forms, Texts())
        campaign = read.campaign("loei_2564")
        assert campaign is not None
        asked = Asked(area="4207", round=1, form="followup")
        found = [each(campaign, asked).rows for each in (read.obligations, read.changes)]
        assert [[row["area_code"] for row in rows] for rows in found] == [["4207"], ["4207"]]
        assert read.villages(campaign, Asked(limit=2)).more
        tables = tables_of(session, forms, scope)
        given = {"$filter": "area_code eq '4207' and late eq false and submitted_at ge 2021-06-01T00:00:00Z"}
        only = read_query(given, tables["loei_2564_followup"].columns).only
        assert count_reports(session, Wanted(campaign.id, "followup", (1,), "42"), *only) == 1
        rounds = list(session.scalars(select(Round).where(Round.number == 1, Round.duty == "")))
        assert count_photos(session, "4207", rounds) == len(photos_after(session, "4207", [], 0)) == 0
        assert [line.counts for line in listed(session, scope)] == [{}, {"waiting": 2}]
        assert [one.body["type"] for one in messages(session, scope)] == ["report.version", "obligation.changed"]
    with sessions() as session, session.begin():
        forget(session, NOW + dt.timedelta(days=100))
