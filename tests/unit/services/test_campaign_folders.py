from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from services.calendar import BANGKOK
from services.campaigns.fault import Fault
from services.campaigns.files import CampaignError, CampaignFiles, read
from services.campaigns.stored_settings import working_days_of
from tests.unit.campaigns.files import LOEI, SAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample campaign, to be spoiled."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "sample_wells"))


@pytest.fixture(scope="module")
def loei() -> CampaignFiles:
    return read(LOEI)


def change(folder: Path, old: str, new: str, file: str = "campaign.yaml") -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(folder: Path, key: str, table: str) -> None:
    (folder / "table.csv").write_text(table, encoding="utf-8")
    change(folder, "slug:", f"{key}: table.csv\nslug:")


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(CampaignError) as refused:
        read(folder)
    return refused.value.faults


def test_the_shipped_campaign_is_read(loei: CampaignFiles) -> None:
    assert (loei.slug, loei.province, len(loei.rounds)) == ("loei_2564", "42", 3)
    assert [(form.key, form.unit, form.supplies_known) for form in loei.forms] == [
        ("followup", "district", False),
        ("province", "province", True),
    ]
    assert loei.settings["texts"]["th"]["campaign"]
    assert loei.settings["forms"] == {
        "followup": {"reference_prefix": ""},
        "province": {"reference_prefix": "P"},
    }


def test_what_is_said_about_groups_is_kept_and_its_faults_are_told(loei: CampaignFiles, folder: Path) -> None:
    assert loei.settings["groups"] == {"allowed": True, "link_within_days": 3}
    change(folder, "slug:", "groups: {allowed: maybe}\nslug:")
    assert faults(folder) == ["groups: allowed is 'maybe': write true or false"]


def test_a_round_may_open_with_a_reminder_three_working_days_before_it_is_due(loei: CampaignFiles) -> None:
    assert [plan.opens_at for plan in loei.rounds] == [
        dt.datetime(2021, 6, 7, 8, tzinfo=BANGKOK),
        dt.datetime(2021, 6, 15, 9, tzinfo=BANGKOK),
        dt.datetime(2021, 6, 22, 9, tzinfo=BANGKOK),
    ]
    assert loei.rounds[0].due_at == dt.datetime(2021, 6, 11, 23, 59, 59, tzinfo=BANGKOK)


def test_a_holiday_opens_the_round_a_day_earlier(folder: Path) -> None:
    add(folder, "working_days", "date,works\n2021-07-08,no\n2021-07-07,yes\n")
    change(folder, 'opens: "2021-07-01T08:00"', "opens: due_day")
    change(folder, 'working_days: 0, at: "10:00"', 'working_days: -1, at: "10:00"')
    files = read(folder)
    assert files.rounds[0].opens_at == dt.datetime(2021, 7, 7, 10, tzinfo=BANGKOK)
    assert working_days_of(files.settings).holidays == {dt.date(2021, 7, 8)}


def test_a_round_may_close(folder: Path) -> None:
    assert [plan.closes_at for plan in read(folder).rounds] == [None, dt.datetime(2021, 8, 31, 16, 30, tzinfo=BANGKOK)]


def test_dates_without_quotation_marks_are_dates_all_the_same(folder: Path) -> None:
    change(folder, 'due: "2021-07-09"', "due: 2021-07-09")
    change(folder, "rounds:", "duties: [{key: a, expected: [2021-07-05]}]\nrounds:")
    files = read(folder)
    assert files.rounds[0].due_at.date() == dt.date(2021, 7, 9)
    assert files.settings["duties"][0]["expected"] == ["2021-07-05"]


@pytest.mark.parametrize("text", ["", "- a list", "slug: [", "\udcff"])
def test_a_campaign_file_that_holds_no_settings_is_refused(folder: Path, text: str) -> None:
    (folder / "campaign.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    (fault,) = faults(folder)
    assert fault.startswith("campaign.yaml ")


def test_a_folder_without_a_campaign_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["campaign.yaml cannot be read: FileNotFoundError"]


def test_missing_keys_are_all_named(folder: Path) -> None:
    (folder / "campaign.yaml").write_text("titles: {}", encoding="utf-8")
    assert faults(folder) == [f"campaign.yaml: {key} is missing" for key in ("slug", "province", "rounds", "forms")]


def test_forms_that_are_no_mapping_are_refused(folder: Path) -> None:
    (folder / "campaign.yaml").write_text("{slug: a, province: '42', rounds: [], forms: [a]}", encoding="utf-8")
    assert faults(folder) == ["campaign.yaml: forms are no mapping, or rounds no list"]


def test_every_fault_of_a_folder_is_named_at_once(folder: Path) -> None:
    change(folder, "integer                | wells", "integer                | water", file="wells.md")
    change(folder, 'due: "2021-07-09"', 'due: "2021-02-30"')
    change(folder, 'due: "2021-08-13", ', "")
    change(folder, "slug:", "villages: gone.csv\ntexts: gone.yaml\nslug:")
    found = faults(folder)
    assert any(fault.startswith("wells.md: survey row 3: ") for fault in found), found
    assert "gone.csv cannot be read: No such file or directory" in found
    assert "gone.yaml cannot be read: FileNotFoundError" in found
    assert any(fault.startswith("rounds: round 1: day is out of range") for fault in found), found
    assert "rounds: round 2: due is missing" in found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("file: wells.md", "file: gone.md", "forms.wells: gone.md cannot be read: No such file or directory"),
        ("    file: wells.md\n", "", "forms.wells: file is missing"),
        ("unit: district", "unit: shire", "forms.wells: no such unit: shire"),
        ("answered_by: [officer]", "answered_by: [mayor]", "forms.wells: no such role: mayor"),
        ('"2021-07-01T08:00"', "opening", "rounds: round 1: Invalid isoformat string: 'opening'"),
        ('"2021-07-01T08:00"', '"2021-07-12T08:00"', "rounds: round 1: it opens after it is due"),
    ],
)
def test_one_fault_is_said_in_one_sentence(folder: Path, old: str, new: str, fault: str) -> None:
    change(folder, old, new)
    assert faults(folder) == [fault]


def test_a_reminder_that_could_never_be_planned_is_refused_at_once(folder: Path) -> None:
    change(folder, 'at: "10:00"', "at: 10:00")
    assert faults(folder) == ['reminders: due_day: when: write {working_days: -1, at: "09:00"}']


@pytest.mark.parametrize(
    ("key", "table", "expected"),
    [
        ("villages", "code,tambon_code,name\n", ["column moo is missing", "column households is missing"]),
        ("working_days", "date,works\n8 July,no\n", ["row 2: date is no date such as 2021-06-11"]),
        (
            "households",
            "village_code,house_no,ordinal\n40010101,1,\n40010101,2,b\n",
            ["row 3: ordinal is no whole number"],
        ),
        ("known", "area_code,name,value,source,round\n4001,a,1,register,x\n", ["row 2: round is no whole number"]),
        (
            "known",
            "area_code\n4001\n",
            ["column name is missing", "column value is missing", "column source is missing"],
        ),
    ],
)
def test_a_table_is_refused_by_column_and_row(folder: Path, key: str, table: str, expected: list[str]) -> None:
    add(folder, key, table)
    assert [fault.removeprefix("table.csv").lstrip(": ") for fault in faults(folder)] == expected


def test_a_table_in_another_encoding_is_refused(folder: Path) -> None:
    add(folder, "villages", "")
    (folder / "table.csv").write_bytes("code,ชื่อ".encode("cp874"))
    assert faults(folder) == ["table.csv cannot be read: it is not UTF-8"]


@pytest.mark.parametrize("texts", ["th: {a: '{unclosed'}", "de: {a: b}", "th: words"])
def test_own_words_that_could_never_be_said_are_refused_at_once(folder: Path, texts: str) -> None:
    (folder / "texts.yaml").write_text(texts, encoding="utf-8")
    change(folder, "slug:", "texts: texts.yaml\nslug:")
    (fault,) = faults(folder)
    assert fault.startswith("texts.yaml: ")


SETTINGS = """answered_by: [officer, deputy, head]
    approval:
      by: head
      districts: ["4207"]
      except: ["4201"]
      without_head: wait
    older_versions: withdrawn"""


def loei_with(tmp_path: Path, settings: str) -> Path:
    """Loei's campaign with these settings of the districts' form."""
    folder = Path(shutil.copytree(LOEI, tmp_path / "loei_2564"))
    change(folder, "answered_by: [officer, deputy, head]", settings)
    return folder


def test_the_heads_consent_and_withdrawn_versions_are_settings_of_a_form(tmp_path: Path) -> None:
    kept = read(loei_with(tmp_path, SETTINGS)).settings["forms"]["followup"]
    approval = {"by": "head", "districts": ["4207"], "except": ["4201"], "without_head": "wait"}
    assert kept == {"reference_prefix": "", "approval": approval, "older_versions": "withdrawn"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("by: head", "by: deputy", "approval: by: write head, and head among answered_by"),
        ("[officer, deputy, head]", "[officer, deputy]", "approval: by: write head, and head among answered_by"),
        ('["4207"]', '["4307"]', "approval: districts: '4307' is no district of the province"),
        ('["4201"]', '"4201"', "approval: except is no list of district codes"),
        ("without_head: wait", "without_head: ask", "approval: without_head is 'ask': write send or wait"),
        ("without_head:", "nobody:", "approval: no such setting: nobody"),
        ("older_versions: withdrawn", "older_versions: gone", "older_versions is 'gone': write finish or withdrawn"),
    ],
)
def test_wrong_settings_of_consent_are_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in SETTINGS
    assert faults(loei_with(tmp_path, SETTINGS.replace(old, new))) == [f"forms.followup: {fault}"]


def test_consent_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    settings = "answered_by: [officer, deputy, head]\n    approval: head"
    assert faults(loei_with(tmp_path, settings)) == ["forms.followup: approval: by is missing"]
