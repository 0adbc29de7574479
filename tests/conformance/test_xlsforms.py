"""The forms of pyxform's own tests: good ones are walked to their end, five times each, bad ones are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from bot.forms.load import compile_xlsform
from bot.forms.problems import FormError
from bot.forms.submission import to_xml
from tests.conformance.generated_files import files_of
from tests.conformance.walker import Walk

SEEDS = range(5)
PARTS = 12
"""The corpus is read in parts, so that several processes can share it."""

REFUSED_HERE = {
    "test_external_instance_pulldata": "its relevance depends on its own value, which JavaRosa refuses as a cycle too",
    "test_external_instance_pulldata_relevant": "the same",
    "test_external_instances_multiple_diff_pulldatas": "an expression with an open quotation mark",
    "test_validate_unicode_exception": "an expression that is no XPath: $(myField)",
    "test_validate_with_more_unicode": "an expression that is no XPath: signs of currencies",
}
"""Forms that pyxform converts although nothing that runs forms can run them: name of the corpus's test -> why."""
OWN_CHECKS = {
    "test_not_supported__search__error": "unknown_instance",
    "test_name__from_file__invalid_characters__error": "form_id_needed",
}
"""Forms that pyxform's converter alone lets pass; name of the corpus's test -> our fault."""
Counted = Callable[[str, int], None]


def forms_of(corpus: Path, *, errored: bool) -> dict[str, str]:
    """Every form once: its text -> name of the first test that has it."""
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    wanted = [row for row in rows if row.get("md") and row["errored"] is errored]
    return {row["md"]: row["test"].rpartition(".")[2] for row in reversed(wanted)}


def converted(text: str) -> str | None:
    """What plain pyxform makes of a form; None where it does not convert it."""
    try:
        return str(convert(text, file_type=".md", form_name="data", validate=False, pretty_print=False).xform)
    except (PyXFormError, KeyError):  # the KeyError is pyxform's own, for external choices that are missing
        return None


def _walk(text: str, xform: str) -> None:
    form = compile_xlsform(text.encode(), "form.md", files_of(xform))
    for seed in SEEDS:
        walk = Walk(form, seed)
        values = walk.run()
        assert walk.unsatisfied == set(), "no valid answer was found"
        assert to_xml(values, "uuid:1")


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.timeout(600)
def test_convertible_forms_are_walked_to_their_end(xlsforms_corpus: Path, part: int, counted: Counted) -> None:
    refused: list[str] = []
    walked = 0
    for text, name in list(forms_of(xlsforms_corpus, errored=False).items())[part::PARTS]:
        xform = converted(text)
        if xform is None:
            continue
        try:
            _walk(text, xform)
        except FormError as error:
            refused.append(f"{name}: {error}")
        else:
            walked += 1
    counted(f"XLSForms walked to their end, {len(SEEDS)} times each", walked)
    counted("XLSForms that pyxform converts and we refuse by name", len(refused))
    assert [told for told in refused if told.partition(":")[0] not in REFUSED_HERE] == []


def test_the_forms_that_we_refuse_are_few_and_still_refused(xlsforms_corpus: Path) -> None:
    refused = []
    for text, name in forms_of(xlsforms_corpus, errored=False).items():
        if name in REFUSED_HERE:
            with pytest.raises(FormError):
                compile_xlsform(text.encode(), "form.md", files_of(converted(text) or ""))
            refused.append(name)
    assert len(refused) <= 5


@pytest.mark.timeout(600)
def test_forms_that_pyxform_refuses_are_refused_here(xlsforms_corpus: Path, counted: Counted) -> None:
    own = []
    forms = forms_of(xlsforms_corpus, errored=True)
    for text, name in forms.items():
        file = "form@1.md" if name == "test_name__from_file__invalid_characters__error" else "form.md"
        with pytest.raises(FormError) as caught:
            compile_xlsform(text.encode(), file)
        faults = {problem.what for problem in caught.value.problems}
        if faults != {"pyxform"}:
            assert OWN_CHECKS[name] in faults
            own.append(name)
    counted("bad XLSForms refused in pyxform's words", len(forms) - len(own))
    counted("bad XLSForms refused by our own check", len(own))
    assert sorted(own) == sorted(OWN_CHECKS)
