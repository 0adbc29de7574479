from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.messages import gate
from bot.messages.bubbles import text
from bot.messages.catalogue import Catalogue, Catalogues

CATALOGUES = Catalogues.load()
THAI = CATALOGUES.by_locale["th"]
CAMPAIGNS = sorted((Path(__file__).parents[4] / "campaigns").glob("*/texts.yaml"))


def rules(key: str, words: str, locale: str = "th") -> list[str]:
    """The rules that one text would break."""
    catalogue = CATALOGUES.by_locale[locale].with_texts({key: words})
    return [problem.rule for problem in gate.check_catalogue(catalogue, [key])]


def test_the_catalogue_keeps_every_rule() -> None:
    assert [str(problem) for problem in gate.check(CATALOGUES)] == []


@pytest.mark.parametrize("path", CAMPAIGNS, ids=lambda path: path.parent.name)
def test_the_texts_of_each_campaign_keep_every_rule(path: Path) -> None:
    campaign = CATALOGUES.with_texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert [str(problem) for problem in gate.check(campaign)] == []


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("ส่งแล้วครับ", "holds a word that the voice forbids"),
        ("คุณส่งแล้ว", "holds a word that the voice forbids"),
        ("คำตอบไม่ถูกต้อง", "holds a word that the voice forbids"),
        ("พิมพ์ help", "holds Latin words"),
        ("ดูข้อ 8", "says ข้อ for a number"),
        ("ครั้งที่ ๑", "holds Thai digits that are not the paper's"),
        ("กรุณาพิมพ์ กรุณาส่ง", "asks politely more than once"),
        ("ก" * (6 * 28 + 1), "takes too many lines on a phone"),
    ],
)
def test_a_thai_text_that_breaks_a_rule_is_reported(words: str, rule: str) -> None:
    assert rules("x.y", words) == [rule]


@pytest.mark.parametrize(
    "words",
    [
        "ขอบคุณ",
        "คุณภาพชีวิต",
        "เปิด Dashboard ใน LINE หรือ Word PDF Excel",
        "เช่น 4207-KX3M",
        "กรณี ๓.๑ และ ๓.๕",
        "ข้อมูลและข้อความ",
    ],
)
def test_words_that_look_like_an_offence_are_none(words: str) -> None:
    assert rules("x.y", words) == []


def test_the_author_of_a_form_reads_the_names_of_its_columns() -> None:
    assert rules("form.converter.no_type", "กรอกคอลัมน์ type") == []
    assert rules("x.y", "กรอกคอลัมน์ type") == ["holds Latin words"]


def test_a_card_may_be_twice_as_long() -> None:
    assert rules("owe.x", "ก" * 12 * 28) == []
    assert rules("owe.x", "ก" * 12 * 28 + "ก") == ["takes too many lines on a phone"]


def test_a_page_may_be_as_long_as_it_must() -> None:
    assert rules("join.privacy_full", "ก" * 2000) == []


def test_an_error_needs_an_example_or_a_button() -> None:
    assert rules("read.ask.new", "ยังไม่เข้าใจ") == ["an error needs an example or a button"]
    assert rules("read.ask.new", "พิมพ์ใหม่ เช่น 900") == []
    assert rules("read.ask.new", "พิมพ์ใหม่ {example}") == []
    assert rules("read.confirm.new", "ใช่หรือไม่") == []
    assert rules("read.ask.new", "type again, for example 900", "en") == []


def test_a_label_must_fit_its_button() -> None:
    assert rules("x.button.y", "ก" * 40) == []
    assert rules("x.button.y", "ก" * 41) == ["a label is too long for its button"]
    assert rules("menu.button.y", "ก" * 21) == ["a label is too long for its button"]


def test_english_may_be_longer_but_not_more_polite() -> None:
    assert rules("x.y", "Please type. Please send.", "en") == ["asks politely more than once"]
    assert rules("x.y", "a" * 198, "en") == []


def test_a_key_of_one_locale_only_is_reported() -> None:
    problems = gate.check(CATALOGUES.with_texts({"th": {"only.thai": "ก"}}))
    assert [str(problem) for problem in problems] == ["en only.thai: is missing in this locale"]


def test_placeholders_that_differ_are_reported_by_name() -> None:
    problems = gate.check(CATALOGUES.with_texts({"th": {"x.y": "{a} {b}"}, "en": {"x.y": "{a} {c}"}}))
    assert [str(problem) for problem in problems] == ["en x.y: has other placeholders than th (b, c)"]


@pytest.mark.parametrize("family", ["read.ask", "read.confirm"])
def test_every_doubt_can_be_told_with_the_same_four_values(family: str) -> None:
    given = {"heard", "value", "need", "example"}
    asked = {key: THAI.template(key).names - given for key in THAI if key.rpartition(".")[0] == family}
    assert {key: names for key, names in asked.items() if names} == {}


def test_marks_name_only_texts_that_exist() -> None:
    marks = THAI.marks
    patterns = (marks.primary, marks.quiet, marks.quick, marks.cards, marks.pages, marks.errors, marks.with_buttons)
    idle = [
        word for group in patterns for word in group.words if not any(key in type(group).of([word]) for key in THAI)
    ]
    assert idle == []


def test_a_main_action_is_never_also_a_side_action() -> None:
    assert [key for key in THAI if key in THAI.marks.primary and key in THAI.marks.quiet] == []


def test_the_campaigns_words_hold_no_placeholders() -> None:
    assert [key for key in THAI if key.startswith("campaign.") and THAI.template(key).names] == []
    assert THAI.say(text("campaign.project")) == "งานภาคสนาม"


def test_a_catalogue_for_one_text_can_be_measured_alone() -> None:
    assert gate.sample(Catalogue.load("en"), "report.remaining") == "00 questions left"
