"""What is kept of a report's numbers, in forms that count in fractions and in repeats."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.forms.environment import Known
from bot.forms.values import answer, start
from models.campaign import Form
from models.obligation import Answer, Obligation, Report
from models.people import Person
from services.calendar import BANGKOK
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from tests.integration.services.towns import rows
from tests.support.chat import Town
from tests.unit.campaigns.files import SAMPLE

NOW = dt.datetime(2021, 7, 5, 9, tzinfo=BANGKOK)
WELLS = """
| survey |
| | type | name | label |
| | begin_repeat | well | Well |
| | decimal | depth | How deep, in metres? |
| | end_repeat | | |
"""


@pytest.fixture
def form(either_town: Town, tmp_path: Path) -> int:
    """Id of a loaded form in which every district answers as many wells as it has."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "sample_wells"))
    (folder / "wells.md").write_text(WELLS, encoding="utf-8")
    with either_town.runtime.sessions() as session, session.begin():
        campaigns.load(session, campaign_files.read(folder), NOW)
        session.add(Person(name="พัฒนากร", privacy_version=1, privacy_at=NOW, created_at=NOW))
        return session.scalars(select(Form.id).where(Form.key == "wells")).one()


def send(town: Town, form_id: int, area: str, *depths: str) -> None:
    """A report as its confirmation writes it, and the job that follows."""
    with town.runtime.sessions() as session, session.begin():
        version = session.get_one(Form, form_id).current_version_id or 0
        values = start(town.runtime.forms.get(session, version), Known({}, {}), NOW)
        for number, depth in enumerate(depths, 1):
            values = answer(values, {"well[+]": "yes"} if number > 1 else {})
            values = answer(values, {f"well[{number}]/depth": depth})
        wanted = select(Obligation.id).where(Obligation.area_code == area, Obligation.form_id == form_id)
        report = Report(
            obligation_id=session.scalars(wanted.order_by(Obligation.id)).first(),
            number=1,
            reference=f"{area}-1-01",
            form_version_id=version,
            answers=values.to_json(),
            xml="",
            submitted_by=session.scalars(select(Person.id)).first(),
            submitted_at=NOW,
            late=False,
        )
        session.add(report)
        session.flush()
        number = report.id
    town.runtime.finishing.finish(number)


def test_each_instance_of_a_repeat_is_an_answer_of_its_own(either_town: Town, form: int) -> None:
    send(either_town, form, "4001", "12.5", "0.1", "0.2")
    send(either_town, form, "4002", "7")
    stored = [(row.name, row.box, row.number) for row in rows(either_town, select(Answer).order_by(Answer.id))]
    assert ("well[2]/depth", "depth", 0.1) in stored
    assert [number for _name, box, number in stored if box == "depth"] == [12.5, 0.1, 0.2, 7]
