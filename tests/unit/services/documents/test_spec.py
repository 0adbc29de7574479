from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.forms.compiled import CompiledForm
from services.campaigns.files import read
from services.documents.spec import wrong_documents

LOEI = Path(__file__).parents[4] / "campaigns" / "loei_2564"


@pytest.fixture(scope="module")
def forms() -> dict[str, CompiledForm]:
    return {form.key: form.form for form in read(LOEI).forms}


@pytest.fixture
def documents() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((LOEI / "documents.yaml").read_text("utf-8"))
    return loaded


def test_every_box_of_the_shipped_form_is_printed_or_said_to_stand_elsewhere(
    forms: dict[str, CompiledForm], documents: dict[str, Any]
) -> None:
    assert wrong_documents(documents, forms) == []


def test_a_box_that_is_printed_nowhere_is_named(forms: dict[str, CompiledForm], documents: dict[str, Any]) -> None:
    words = documents["followup"]["sentences"]["t3_numbers"]
    documents["followup"]["sentences"]["t3_numbers"] = words.replace("{{ t3_e32 }}", "")

    assert wrong_documents(documents, forms) == ["documents: followup: box t3_e32 is printed nowhere"]


def test_a_name_that_the_form_does_not_have_is_named(forms: dict[str, CompiledForm], documents: dict[str, Any]) -> None:
    documents["followup"]["notes"].append("{{ t3_e99 }}")
    documents["compiled"]["meta"].append("{{ reporter }}")
    documents["compiled"]["columns"][0]["box"] = "t3_e99"

    assert wrong_documents(documents, forms) == [
        "documents: followup: no box of the form is called t3_e99",
        "documents: compiled: no box of the form is called t3_e99",
        "documents: compiled: a template may not ask for reporter here",
    ]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"form": "nowhere", "title": [], "columns": [], "rows": []}, "there is no form nowhere"),
        ({"title": []}, "form is missing"),
        ({"form": "followup", "title": "one line", "columns": [], "rows": []}, "is no list"),
        ("words", "indices"),
    ],
)
def test_what_is_no_document_is_told_in_a_sentence(broken: Any, told: str, forms: dict[str, CompiledForm]) -> None:
    faults = wrong_documents({"x": broken}, forms)

    assert any(told in fault for fault in faults)
