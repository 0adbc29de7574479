from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli import main
from models.base import make_engine, make_sessions
from models.campaign import FormVersion
from models.people import Invitation, Person
from tests.integration.commands.conftest import Tidtam
from tests.unit.campaigns.files import LOEI, SAMPLE

CODE = r"[0-9]{4}-[A-Z0-9]{4}"
FORM = SAMPLE / "wells.md"


@pytest.mark.parametrize(
    "command",
    [
        ["campaign", "load", str(SAMPLE)],
        ["demo", str(LOEI)],
        ["invite", "--role", "staff", "--area", "42"],
        ["qr", "--area", "42070605", "--account", "@tidtam", "--out", "moo5.svg"],
        ["form", "load", str(FORM), "--campaign", "loei_2564", "--form", "followup"],
    ],
)
def test_without_an_environment_every_missing_setting_is_named(command: list[str]) -> None:
    result = CliRunner().invoke(main, command, env={"DATABASE_URL": None, "SECRET_KEY": None})
    assert result.exit_code == 1
    assert result.output.startswith("Error: DATABASE_URL is missing\nREDIS_URL is missing\nMEDIA_URL is missing\n")


def test_a_database_without_tables_is_said_in_one_sentence(tidtam: Tidtam, tmp_path: Path) -> None:
    result = tidtam("campaign", "load", SAMPLE, DATABASE_URL=f"sqlite:///{tmp_path}/empty.db")
    assert result.exit_code == 1
    assert result.output == "Error: the database cannot be used (OperationalError): see `tidtam doctor`\n"


def test_a_campaign_is_loaded_and_counted(tidtam: Tidtam) -> None:
    assert tidtam("campaign", "load", SAMPLE).output == "sample_wells: 2 rounds, 1 forms, 0 villages\n"


def test_a_campaign_with_faults_is_refused_with_a_line_for_each(tidtam: Tidtam, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "sample_wells"))
    text = (folder / "campaign.yaml").read_text(encoding="utf-8")
    spoiled = text.replace("wells.md", "gone.md").replace("slug:", "known: gone.csv\nslug:")
    (folder / "campaign.yaml").write_text(spoiled, encoding="utf-8")
    result = tidtam("campaign", "load", folder)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "Error: gone.csv cannot be read: No such file or directory",
        "forms.wells: gone.md cannot be read: No such file or directory",
    ]


class TestInvite:
    def test_one_code_is_printed_and_only_its_digest_is_kept(self, loaded: Tidtam, session: Session) -> None:
        result = loaded("invite", "--role", "officer", "--area", "4207", "--name", "สมศรี")
        assert re.fullmatch(CODE + "\n", result.output), result.output
        row = session.scalars(select(Invitation)).one()
        assert (row.role, row.area_code, row.name, row.used_at) == ("officer", "4207", "สมศรี", None)
        assert result.output.strip() not in row.code_digest

    def test_a_table_holds_a_code_for_each_district(self, loaded: Tidtam) -> None:
        lines = loaded("invite", "--role", "officer", "--all-districts", "42").output.splitlines()
        assert len(lines) == 14
        assert re.fullmatch(r"4207\tภูเรือ\t" + CODE, lines[6]), lines[6]
        assert [line.split("\t")[2][:4] for line in lines] == [line[:4] for line in lines]

    def test_a_name_with_a_national_id_is_refused(self, loaded: Tidtam, session: Session) -> None:
        result = loaded("invite", "--role", "officer", "--area", "4207", "--name", "สมศรี 1-1017-00207-03-0")
        assert result.output == "Error: the name holds a national id, which is never stored\n"
        assert session.scalars(select(Invitation)).all() == []

    @pytest.mark.parametrize(("option", "code"), [("--area", "9999"), ("--all-districts", "99")])
    def test_an_area_that_is_not_loaded_is_named(self, loaded: Tidtam, option: str, code: str) -> None:
        result = loaded("invite", "--role", "officer", option, code)
        assert (result.exit_code, result.output) == (1, f"Error: area {code} is not loaded\n")

    @pytest.mark.parametrize("areas", [[], ["--area", "4207", "--all-districts", "42"]])
    def test_one_place_or_all_districts_not_both_not_neither(self, loaded: Tidtam, areas: list[str]) -> None:
        result = loaded("invite", "--role", "officer", *areas)
        assert (result.exit_code, result.output) == (1, "Error: give either --area or --all-districts\n")

    def test_a_new_phone_is_only_for_a_person_who_exists(self, loaded: Tidtam, session: Session) -> None:
        options = ("invite", "--role", "officer", "--area", "4207", "--person", "1")
        assert loaded(*options).output == "Error: there is no person 1\n"
        assert loaded("demo", LOEI, CLOCK="simulated").exit_code == 0
        assert loaded(*options).exit_code == 0
        assert session.scalars(select(Invitation)).one().person_id == session.scalars(select(Person.id)).first()


class TestQr:
    def test_a_villages_sign_opens_the_chat_with_the_joining_words(self, loaded: Tidtam, tmp_path: Path) -> None:
        out = tmp_path / "moo5.svg"
        result = loaded("qr", "--area", "42070605", "--account", "@tidtam", "--out", out)
        assert result.output.startswith("https://line.me/R/oaMessage/%40tidtam/?")
        assert "42070605" in result.output
        assert "<svg" in out.read_text(encoding="utf-8")

    @pytest.mark.parametrize("area", ["42070699", "4207"])
    def test_only_villages_have_a_sign(self, loaded: Tidtam, tmp_path: Path, area: str) -> None:
        result = loaded("qr", "--area", area, "--account", "@tidtam", "--out", tmp_path / "sign.svg")
        assert (result.exit_code, result.output) == (1, f"Error: village {area} is not loaded\n")

    def test_an_unknown_kind_of_picture_is_refused(self, loaded: Tidtam, tmp_path: Path) -> None:
        result = loaded("qr", "--area", "42070605", "--account", "@tidtam", "--out", tmp_path / "sign.docx")
        assert (result.exit_code, result.output) == (1, "Error: sign.docx must end with .svg or .png\n")


class TestDemo:
    def test_people_are_counted_and_a_repeat_says_the_same(self, loaded: Tidtam) -> None:
        said = [loaded("demo", LOEI, CLOCK="simulated").output for _ in range(2)]
        assert said == ["22 people\n", "22 people\n"]

    def test_it_is_refused_where_time_is_real(self, loaded: Tidtam, session: Session) -> None:
        result = loaded("demo", LOEI)
        assert (result.exit_code, result.output) == (1, "Error: a demonstration needs CLOCK=simulated\n")
        assert session.scalars(select(Person)).all() == []

    def test_a_campaign_without_a_demonstration_has_none(self, loaded: Tidtam) -> None:
        result = loaded("demo", SAMPLE, CLOCK="simulated")
        assert (result.exit_code, result.output) == (1, "Error: sample_wells has no demo.yaml\n")

    def test_its_campaign_is_loaded_on_its_own_day(self, tidtam: Tidtam, sqlite_url: str) -> None:
        assert tidtam("demo", LOEI, CLOCK="simulated").output == "22 people\n"
        engine = make_engine(sqlite_url)
        with make_sessions(engine)() as session:
            loaded = [each.date() for each in session.scalars(select(FormVersion.created_at))]
        engine.dispose()
        assert loaded == [dt.date(2021, 6, 7)] * 2


class TestFormLoad:
    def test_a_form_becomes_the_next_version_and_a_repeat_the_same(self, loaded: Tidtam, tmp_path: Path) -> None:
        changed = tmp_path / "new.md"
        changed.write_text((LOEI / "followup.md").read_text().replace("แบบติดตาม", "แบบรายงาน"))
        options = ("form", "load", changed, "--campaign", "loei_2564", "--form", "followup")
        said = [loaded(*options).output for _ in range(2)]
        assert said == ["loei_2564/followup: version 3\n"] * 2

    def test_a_form_without_the_boxes_that_the_campaign_prints_is_refused(self, loaded: Tidtam) -> None:
        result = loaded("form", "load", FORM, "--campaign", "loei_2564", "--form", "followup")
        assert result.exit_code == 1
        assert "t3_hh_checked" in result.output

    def test_a_form_that_the_campaign_does_not_have_is_refused(self, loaded: Tidtam) -> None:
        result = loaded("form", "load", FORM, "--campaign", "loei_2564", "--form", "wells")
        assert (result.exit_code, result.output) == (1, "Error: no form wells in campaign loei_2564\n")
