from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from bot.forms.load import compile_xlsform
from models.area import Area, Household
from models.base import Base
from models.campaign import Campaign, Form, FormVersion, KnownValue, Round
from models.obligation import Draft, Obligation, Report
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.campaigns.files import CampaignError, CampaignFiles
from tests.integration.services.towns import one, rows
from tests.support.chat import LOEI, Town, open_town
from tests.support.runtime import MONDAY
from tests.unit.campaigns.files import SAMPLE

AUDITED = "audit"


@pytest.fixture(scope="module")
def loei() -> CampaignFiles:
    return campaign_files.read(LOEI)


@pytest.fixture
def sample() -> CampaignFiles:
    return campaign_files.read(SAMPLE)


def load(town: Town, files: CampaignFiles) -> None:
    with town.runtime.sessions() as session, session.begin():
        campaigns.load(session, files, town.clock.now())


def contents(town: Town) -> dict[str, list[Any]]:
    """Every row of every table, but for the moments of loading."""
    with town.runtime.sessions() as session:
        return {
            table.name: [tuple(row._mapping[c] for c in table.c if c.name != "loaded_at") for row in found]
            for table in Base.metadata.sorted_tables
            if table.name != AUDITED
            for found in [session.execute(table.select().order_by(*table.primary_key.columns)).all()]
        }


def test_loading_twice_changes_nothing(either_town: Town, loei: CampaignFiles) -> None:
    before = contents(either_town)
    load(either_town, loei)
    assert contents(either_town) == before


def test_every_district_owes_every_round_from_the_first_moment(town: Town) -> None:
    owed = select(func.count(Obligation.id)).join(Form, Form.id == Obligation.form_id)
    assert one(town, owed.where(Form.key == "followup")) == 14 * 3
    assert one(town, owed.where(Form.key == "province")) == 3
    assert {row.state for row in rows(town, select(Obligation))} == {"open"}


def test_areas_of_the_province_are_known_by_their_official_codes(town: Town) -> None:
    kinds = dict.fromkeys(rows(town, select(Area.kind)))
    assert set(kinds) == {"province", "district", "tambon", "village"}
    village = one(town, select(Area).where(Area.code == "42070605"))
    assert (village.parent_code, village.moo) == ("420706", 5)
    assert rows(town, select(Household).where(Household.village_code == "42070605"))
    assert one(town, select(KnownValue.value).where(KnownValue.name == "plan_finished_on")) == "2021-06-30"


def test_a_changed_plan_moves_rounds_and_leaves_reports(town: Town, loei: CampaignFiles) -> None:
    later = [replace(plan, due_at=plan.due_at.replace(day=28)) for plan in loei.rounds[2:]]
    village = {**loei.villages[0], "moo": "", "households": "", "name": "บ้านใหม่ตัวอย่าง"}
    load(town, replace(loei, rounds=[*loei.rounds[:2], *later], villages=[village]))
    assert [row.due_at.day for row in rows(town, select(Round).where(Round.duty == "").order_by(Round.number))] == [
        11,
        18,
        28,
    ]
    changed = one(town, select(Area).where(Area.code == village["code"]))
    assert (changed.name_th, changed.moo, changed.households) == ("บ้านใหม่ตัวอย่าง", None, None)


def test_a_changed_form_is_a_new_version_and_open_drafts_keep_theirs(town: Town, loei: CampaignFiles) -> None:
    early, late = town.person("หนึ่ง", "officer", "4207"), town.person("สอง", "officer", "4201")
    early.say("รายงาน")
    (followup, province) = loei.forms
    text = (LOEI / "followup.md").read_text(encoding="utf-8")
    changed = compile_xlsform(text.replace("โครงการ", "งาน").encode(), "followup.md")
    assert changed.content_hash != followup.form.content_hash
    load(town, replace(loei, forms=[replace(followup, form=changed), province]))
    late.say("รายงาน")
    form = one(town, select(Form).where(Form.key == "followup"))
    old, new = rows(town, select(FormVersion.id).where(FormVersion.form_id == form.id).order_by(FormVersion.id))
    assert form.current_version_id == new
    assert rows(town, select(Draft.form_version_id).order_by(Draft.id)) == [old, new]
    early.tap("อยู่ระหว่างการจัดทำรายงาน")
    assert one(town, select(Draft).where(Draft.form_version_id == old)).row_version > 1


def test_an_earlier_form_may_be_put_to_work_again(town: Town, loei: CampaignFiles) -> None:
    followup, province = loei.forms
    load(town, replace(loei, forms=[replace(followup, form=province.form), province]))
    load(town, loei)
    versions = rows(town, select(FormVersion.id).order_by(FormVersion.id))
    assert len(versions) == 3
    assert one(town, select(Form.current_version_id).where(Form.key == "followup")) == versions[0]


def test_an_unknown_province_is_refused(town: Town, loei: CampaignFiles) -> None:
    before = contents(town)
    with pytest.raises(CampaignError, match="province 99 does not exist"):
        load(town, replace(loei, province="99"))
    assert contents(town) == before


def test_places_outside_of_the_province_are_refused_though_another_campaign_knows_them(
    town: Town, loei: CampaignFiles, sample: CampaignFiles
) -> None:
    """Loei's places are loaded; the sample is of another province."""
    load(town, sample)
    before = contents(town)
    villages = [*loei.villages[:12], {**loei.villages[0], "code": "40010101", "tambon_code": "4001"}]
    known = [{"area_code": "4207", "name": "a", "value": "1", "source": "register"}]
    households = [{"village_code": "42070605", "house_no": "1", "ordinal": "1"}] * 2
    with pytest.raises(CampaignError) as refused:
        load(town, replace(sample, villages=villages, known=known, households=households))
    assert refused.value.faults == [
        *[f"villages: {row['code']} lies in no tambon of the province" for row in villages[:10]],
        "households: 42070605 is no village",
        "known: 4207 is no area of the province",
    ]
    assert contents(town) == before


def test_a_campaign_of_another_province_is_reported_in_the_chat_to_its_receipt(town: Town) -> None:
    """Both campaigns are loaded; each officer meets their own."""
    load(town, campaign_files.read(SAMPLE))
    officer = town.person("ขอนแก่น ตัวอย่าง", "officer", "4001", language="en")
    town.clock.civil = MONDAY.replace(month=7, day=5)
    assert "How many wells are there?" in officer.say("report")
    officer.say("3")
    officer.tap("Bad")
    officer.tap("Pump")
    officer.say("enough")
    for words in ("5/7/64", "one is dry"):
        if "Confirm" not in officer.labels():
            officer.say(words)
    receipt = officer.tap("Confirm")
    assert "4001-1-01" in receipt, receipt
    town.work()
    report = one(town, select(Report))
    assert report.answers["answers"]["wells"][0] == "3"
    assert one(town, select(Campaign.slug).where(Campaign.province_code == "40")) == "sample_wells"


def test_a_round_that_opens_with_a_reminder_asks_and_takes_reports_from_then_on(engine: Engine, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "sample_wells"))
    text = (folder / "campaign.yaml").read_text(encoding="utf-8")
    text = text.replace('opens: "2021-07-01T08:00"', "opens: due_day").replace("working_days: 0", "working_days: -2")
    (folder / "campaign.yaml").write_text(text, encoding="utf-8")
    town = open_town(engine, campaign=folder)
    officer = town.person("ขอนแก่น ตัวอย่าง", "officer", "4001", language="en")
    for hour, opened in ((9, False), (10, True)):
        town.clock.civil = MONDAY.replace(month=7, day=7, hour=hour, minute=1)
        town.runtime.reminders.plan()
        town.runtime.sweep.run()
        town.work()
        assert ("How many wells" in officer.say("report")) is opened
        assert [body["to"] for body, _key in town.line.pushes] == [officer.user_id] * opened


def test_a_known_value_with_a_national_id_is_refused_without_saying_it(town: Town, loei: CampaignFiles) -> None:
    known = [{"area_code": "4207", "name": "a", "value": "1-1017-00207-03-0", "source": "register"}]
    with pytest.raises(CampaignError) as refused:
        load(town, replace(loei, known=known))
    assert refused.value.faults == ["known: row 2 holds a national id, which is never stored"]
