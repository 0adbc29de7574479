from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli_form import form
from bot.forms.load import compile_xlsform
from bot.messages.catalogue import Catalogue
from bot.terminal import Terminal

ROOT = Path(__file__).parents[3]
FOLLOWUP = ROOT / "campaigns" / "loei_2564" / "followup.md"
SMALL = """
| survey |
| | type | name | label | required |
| | integer | wells | How many wells? | yes |
| | select_one yn | dry | Is any of them dry? | yes |

| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |

| settings |
| | form_title | form_id | version |
| | Wells | wells | 1 |
"""


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(form, arguments, input=typed)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "small.md"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_a_good_form_is_counted() -> None:
    result = run("check", str(FOLLOWUP))
    assert result.exit_code == 0
    assert result.output.startswith("loei_bmn2563_followup 1: ")


def test_a_bad_form_is_refused_in_both_languages_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "bad.md"
    file.write_text(SMALL.replace("| | integer | wells", "| | integer | dry"), encoding="utf-8")
    result = run("check", str(file))
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    thai, english, converters = result.output.strip().splitlines()
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in thai)
    assert "dry" in thai
    assert "Sheet survey, row 3" in english
    assert "must be unique" in converters


def test_every_reason_for_a_refusal_has_a_sentence_in_thai_and_english() -> None:
    keys = {locale: {key for key in Catalogue.load(locale) if key.startswith("form.")} for locale in ("th", "en")}
    assert keys["th"] == keys["en"]
    assert "form.problem.other" in keys["th"]


def test_the_xform_is_printed_as_odk_takes_it(small: Path) -> None:
    result = run("xform", str(small))
    assert "<h:html" in result.output
    assert "/wells" in result.output


def test_a_form_is_played_to_its_submission_in_the_terminal(small: Path) -> None:
    result = run("play", str(small), "--language", "en", typed="3\n/b\nconfirm\n")
    assert result.exit_code == 0, result.output
    assert "How many wells?" in result.output
    assert "<wells>3</wells>" in result.output
    assert "<dry>no</dry>" in result.output


def test_leaving_the_terminal_stores_and_prints_nothing(small: Path) -> None:
    result = run("play", str(small), typed="3\n")
    assert "<wells>" not in result.output


def test_the_loei_form_is_played_by_words_alone() -> None:
    terminal = Terminal.of(compile_xlsform(FOLLOWUP.read_bytes(), FOLLOWUP.name), "th")
    terminal.open()
    answers = ["ยังไม่ได้ดำเนินการ", "อยู่ระหว่าง", "ข้าม", "6247 6240 0 1 2", "ได้", "ไม่มีข้อมูล", "รอผู้รับจ้าง"]
    for words in answers:
        shown = terminal.say(words)
    assert any("รอผู้รับจ้าง" in line for line in shown)
    terminal.say("ยืนยันส่ง")
    assert terminal.submitted
