import pytest

from bot.messages.catalogue import Catalogue
from services.documents.letters import filled, labels_of, letter_spec

GIVEN = {"subject": "Report {{ n }}", "to": "the governor", "body": ["first", "", "last"], "refers": ["letter 1"]}


def test_a_letter_has_its_parts_filled_and_its_empty_lines_left_out() -> None:
    letter = filled(letter_spec(GIVEN), "June 2021", lambda template: template.replace("{{ n }}", "1"))

    assert (letter.subject, letter.to, letter.month) == ("Report 1", "the governor", "June 2021")
    assert letter.body == ("first", "last")
    assert letter.enclosures == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"signature": "me"}, ValueError),
        ({"body": "one line"}, TypeError),
    ],
)
def test_what_is_no_letter_is_refused(change: dict[str, object], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        letter_spec({**GIVEN, **change})


def test_a_letter_without_a_subject_is_none() -> None:
    with pytest.raises(KeyError, match="subject"):
        letter_spec({"to": "x", "body": []})


def test_every_label_of_a_letter_has_words_in_both_languages() -> None:
    for locale in ("th", "en"):
        labels = labels_of(Catalogue.load(locale))
        assert all((labels.number, labels.subject, labels.to, labels.refers, labels.enclosures, labels.closing))
