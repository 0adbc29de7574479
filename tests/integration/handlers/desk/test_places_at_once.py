"""Pages that name many places ask of them together, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.app import create_app
from models.area import Area, Household
from models.people import JoinRequest, LineAccount
from models.work import Audit
from services.evidence.checks import household_id
from tests.integration.handlers.desk.conftest import Office
from tests.integration.services.towns import rows
from tests.support.reported import reported_town
from tests.support.statements import statements

MOST = 4
"""The same question: of the visitor's areas, and of what the page is about. There are fourteen districts."""

PAGES = (
    "reports/summary",
    "reports/summary/rows/reported",
    "settings/requests",
    "settings/looks",
    "settings/signs",
    "quality/no_volunteer",
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with reported_town(tmp_path) as town:
        app = create_app(town.runtime)
        yield Office(town, app)
        app.extensions["chat_executor"].close()


def something_everywhere(office: Office) -> None:
    """In each district a village with a house that has no volunteer, a leader who asks to join, and a look."""
    districts = rows(office.town, select(Area.code).where(Area.kind == "district").order_by(Area.code))
    now = office.town.clock.now()
    with office.town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount.id).limit(1)).one()
        for code in districts:
            village = f"{code}0199"
            if session.get(Area, village[:6]) is None:
                session.add(Area(code=village[:6], kind="tambon", parent_code=code, name_th="ตำบล"))
            session.add(Area(code=village, kind="village", parent_code=village[:6], name_th="บ้าน", moo=99))
            session.flush()
            household_id(session, village, "1")
            request = JoinRequest(name="บุญมี", role="leader", area_code=village, privacy_version=1, created_at=now)
            request.account_id = account
            audit = Audit(at=now, action="viewed", subject="photo 1", area_code=village, detail={})
            session.add_all([request, audit])
        session.execute(update(Household).values(volunteer_code="", registered=True))


def test_no_page_asks_the_same_of_each_place_that_it_names(office: Office) -> None:
    desk = office.signed_in(office.town.person("มาลี ตัวอย่าง", "staff", "42"))
    something_everywhere(office)
    repeated = {}
    for path in PAGES:
        with statements(office.town.runtime.engine) as asked:
            assert (path, desk.get(f"/desk/{path}").status_code) == (path, 200)
        repeated[path] = [(n, statement) for statement, n in Counter(asked).items() if n > MOST]
    assert {path: again for path, again in repeated.items() if again} == {}
