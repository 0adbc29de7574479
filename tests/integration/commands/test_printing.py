from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import make_engine
from models.work import Audit
from services.demo import Demo
from tests.integration.commands.conftest import Tidtam
from tests.support.chat import LOEI
from tests.support.loaded import town_on


@pytest.fixture(autouse=True)
def _reported(loaded_url: str) -> None:
    """Eight districts have sent round 1."""
    engine = make_engine(loaded_url)
    town = town_on(engine)
    Demo(town.runtime.sessions, town.clock, town.runtime.forms).fill(LOEI / "demo.yaml")
    engine.dispose()


def test_a_round_and_one_district_are_printed_into_the_file_that_is_named(loaded: Tidtam, tmp_path: Path) -> None:
    for name in ("round.pdf", "round.docx", "round.xlsx"):
        assert loaded("document", "1", "--output", tmp_path / name).exit_code == 0
        assert (tmp_path / name).stat().st_size > 5_000
    one = loaded("document", "1", "--area", "4201", "--output", tmp_path / "one.pdf", "--language", "en")
    assert one.output == f"{tmp_path / 'one.pdf'}\n"


def test_what_cannot_be_printed_is_said_in_a_sentence(loaded: Tidtam, tmp_path: Path) -> None:
    for given, told in (
        (("1", "--output", tmp_path / "x.txt"), "must end in"),
        (("9", "--output", tmp_path / "x.pdf"), "has no round 9"),
        (("1", "--area", "4207", "--output", tmp_path / "x.pdf"), "4207 has not reported"),
        (("1", "--form", "tax", "--output", tmp_path / "x.pdf"), "no form tax"),
    ):
        result = loaded("document", *given)
        assert result.exit_code == 1
        assert told in result.output


def test_reports_are_exported_into_the_kind_of_file_that_is_named(
    loaded: Tidtam, session: Session, tmp_path: Path
) -> None:
    for ending in ("csv", "xlsx", "json", "geojson", "zip"):
        file = tmp_path / f"reports.{ending}"
        assert loaded("export", "followup", file, "--round", "1").output == f"{file}: 8\n"
    noted = session.scalars(select(Audit).where(Audit.action == "exported_reports")).all()
    assert [(row.subject, row.detail["rows"]) for row in noted] == [("42", 8)] * 5
    assert loaded("export", "tax", tmp_path / "x.csv").exit_code == 1
    assert loaded("export", "followup", tmp_path / "x.doc").exit_code == 1
