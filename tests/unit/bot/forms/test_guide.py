"""docs/forms.md, in both languages, keeps its word: its example, its mistakes, its pictures and its links."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.forms.load import compile_xlsform
from bot.forms.problems import FormError

DOCS = Path(__file__).parents[4] / "docs"
WELLS = DOCS.parent / "campaigns" / "example" / "wells.xlsx"
GUIDES = ["forms.md", "forms.th.md"]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_file_that_the_guide_shows_or_links_is_there(guide: str) -> None:
    words = (DOCS / guide).read_text(encoding="utf-8")
    found = re.findall(r"\]\(([^)#]+)[^)]*\)", words)
    assert len(found) > 8
    assert [path for path in found if not (DOCS / path).exists()] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_column_that_the_guide_explains_is_in_the_example(guide: str) -> None:
    words = (DOCS / guide).read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([\w:]+)` \|", words, re.MULTILINE))
    sheet = load_workbook(WELLS)["survey"]
    assert named == {str(cell.value) for cell in sheet[1]}


def test_the_example_is_what_the_check_says() -> None:
    form = compile_xlsform(WELLS.read_bytes(), WELLS.name)
    asked = [item for item in form.questions.values() if item.asked]
    assert (form.form_id, form.version, len(form.asked_steps), len(asked)) == ("wells", "1", 6, 7)


def test_the_mistake_that_the_guide_shows_is_told_like_that() -> None:
    book = load_workbook(WELLS)
    book["survey"]["A7"] = "select_multiple part"
    changed = io.BytesIO()
    book.save(changed)
    with pytest.raises(FormError) as refused:
        compile_xlsform(changed.getvalue(), WELLS.name)
    (problem,) = refused.value.problems
    assert (problem.sheet, problem.row, problem.args["mistake"], problem.args["about"]) == (
        *("survey", 7),
        *("unknown_list", "part"),
    )
