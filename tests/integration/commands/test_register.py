from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from tests.integration.commands.conftest import Tidtam


def sample(folder: Path) -> Path:
    result = CliRunner().invoke(main, ["register", "sample", str(folder), "--households", "300"])
    assert result.output.splitlines()[-1].endswith("README.txt")
    return folder


def test_a_made_up_register_is_imported_checked_and_exported(loaded: Tidtam, tmp_path: Path) -> None:
    folder = sample(tmp_path / "sample")
    assert "สมมติ" in (folder / "README.txt").read_text(encoding="utf-8")
    for kind in ("villages", "volunteers", "households"):
        assert " 0 refused" in loaded("register", "import", kind, folder / f"{kind}.csv").output
    assert " 300 the same" in loaded("register", "import", "households", folder / "households.csv").output
    assert " 0 refused" in loaded("register", "signatures", folder / "signatures.zip").output
    told = loaded("register", "check", "--limit", "1", "--language", "en").output
    assert "Households with more than one volunteer" in told
    assert "more" in told
    assert "42010101 1" in loaded("register", "check", "--volunteer", "42010101-01").output
    exported = loaded("register", "export", "households", tmp_path / "out.xlsx", "--area", "42010101")
    assert exported.output == "out.xlsx: 150 rows\n"


def test_a_dry_run_says_so_and_refused_rows_stand_beside_the_file(loaded: Tidtam, tmp_path: Path) -> None:
    file = tmp_path / "houses.csv"
    file.write_text("village_code,house_no\n42070605,x\n42070605,999\n", encoding="utf-8")
    result = loaded("register", "import", "households", file, "--dry-run")
    assert "ทดลองเท่านั้น" in result.output
    assert "แถว 2:" in result.output
    assert "Row 2:" in result.output
    assert (tmp_path / "houses.csv.errors.csv").read_text(encoding="utf-8-sig").count("\n") == 2


def test_a_file_that_is_no_register_is_refused_in_both_languages(loaded: Tidtam, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    result = loaded("register", "import", "villages", file)
    assert result.exit_code == 1
    assert "ไม่พบหัวคอลัมน์" in result.output
    assert "Headings are missing" in result.output
    assert loaded("register", "export", "villages", tmp_path / "out.pdf").exit_code == 1
    assert CliRunner().invoke(main, ["register", "sample", str(tmp_path), "--province", "00"]).exit_code == 1
