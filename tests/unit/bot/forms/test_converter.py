from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.forms import converter
from bot.forms.load import compile_xlsform
from bot.forms.problems import FormError
from bot.messages.catalogue import Catalogue

SURVEY = "| survey |\n| | type | name | label | relevant | parameters |\n"
CHOICES = "\n| choices |\n| | list_name | name | label |\n"

MISTAKES = {
    "unknown_type": ("| | integr | a | A |", "integr"),
    "no_type": ("| | | a | A |", ""),
    "no_name": ("| | integer | | A |", ""),
    "no_label": ("| | integer | a | |", "a"),
    "no_calculation": ("| | calculate | a | |", ""),
    "name_twice": ("| | text | a | A |\n| | text | a | B |", "a"),
    "bad_name": ("| | text | 1 a | A |", ""),
    "unknown_box": ("| | text | a | A | ${b} = 1 |", "b"),
    "bad_reference": ("| | text | a | A | ${a = 1 |", ""),
    "no_choices": ("| | select_one x | a | A |", ""),
    "unknown_list": (f"| | select_one x | a | A |{CHOICES}| | y | n | N |", "x"),
    "choice_without_name": (f"| | select_one x | a | A |{CHOICES}| | x | | N |", ""),
    "choice_twice": (f"| | select_one x | a | A |{CHOICES}| | x | n | N |\n| | x | n | M |", ""),
    "choice_with_space": (f"| | select_multiple x | a | A |{CHOICES}| | x | n m | N |", "n m"),
    "no_begin": ("| | text | a | A |\n| | end_group | | |", "group"),
    "no_end": ("| | begin_group | g | G |\n| | text | a | A |", "g"),
    "unknown_parameter": ("| | range | a | A | | first=1 |", "first"),
    "bad_parameters": ("| | range | a | A | | start is 1 |", ""),
    "file_type": ("| | select_one_from_file a.txt | a | A |", "select_one_from_file a.txt"),
}


@pytest.mark.parametrize(("word", "rows", "about"), [(word, *found) for word, found in MISTAKES.items()])
def test_a_usual_mistake_is_told_by_its_word_and_what_it_is_about(word: str, rows: str, about: str) -> None:
    with pytest.raises(FormError) as refused:
        compile_xlsform((SURVEY + rows).encode(), "form.md")
    args = refused.value.problems[0].args
    assert (args["mistake"], args["about"]) == (word, about)
    assert args["message"]


@pytest.mark.parametrize("locale", ["th", "en"])
def test_every_usual_mistake_has_its_sentence(locale: str) -> None:
    catalogue = Catalogue.load(locale)
    listed = yaml.safe_load(Path(converter.__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    assert set(MISTAKES) <= set(listed)
    assert all(f"form.converter.{word}" in catalogue for word in listed)


def test_an_unusual_one_keeps_the_converters_words_alone() -> None:
    assert converter.mistake("Cannot omit instanceID, it is required for encryption.") is None
