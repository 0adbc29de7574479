from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.bubbles import Day, Text, Value, text
from bot.messages.catalogue import LOCALES, Catalogue, CatalogueError, Catalogues

THAI = Catalogue.load("th").with_texts(
    {"t": {"plain": "สวัสดี", "one": "ได้ {x}", "two": "{x} และ {x}", "days": "{n} {n|day|days}"}}
)
NOON = dt.datetime(2021, 6, 11, 5, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("คำ", "ได้ คำ"),
        (12500, "ได้ 12,500"),
        (Decimal("0.50"), "ได้ 0.5"),
        (dt.date(2021, 6, 11), "ได้ 11 มิ.ย. 64"),
        (Day(dt.date(2021, 6, 11)), "ได้ ศุกร์ที่ 11 มิ.ย. 64"),
        (NOON, "ได้ 12.00 น."),
        (text("t.plain"), "ได้ สวัสดี"),
        (text("t.one", x=3), "ได้ ได้ 3"),
        (("ก", text("t.plain"), "ข"), "ได้ ก · สวัสดี · ข"),
        ((), "ได้ "),
    ],
)
def test_each_kind_of_value_is_written_by_its_rule(value: Value, written: str) -> None:
    assert THAI.say(text("t.one", x=value)) == written


@pytest.mark.parametrize("value", [True, None, 1.5, b"x", ["x"]])
def test_a_value_without_a_rule_is_refused(value: Any) -> None:
    with pytest.raises(CatalogueError, match="no rule"):
        THAI.say(text("t.one", x=value))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(CatalogueError, match="zone"):
        THAI.say(text("t.one", x=NOON.replace(tzinfo=None)))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_hostile_words_stay_words(words: str) -> None:
    assert THAI.say(text("t.two", x=words)) == f"{words} และ {words}"


def test_words_of_data_are_not_looked_up() -> None:
    assert THAI.say("t.plain {x}") == "t.plain {x}"


@pytest.mark.parametrize(("n", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1000, "1,000 days")])
def test_a_plural_follows_the_number(n: int, said: str) -> None:
    assert THAI.say(text("t.days", n=n)) == said


def test_a_missing_key_raises_and_names_it() -> None:
    with pytest.raises(CatalogueError, match=r"^th: no text under the key 'no\.such\.key'$"):
        THAI.say(text("no.such.key"))


def test_a_missing_value_raises_and_names_it() -> None:
    with pytest.raises(CatalogueError, match=r"^th: t\.one needs a value for \{x\}$"):
        THAI.say(text("t.one"))


def test_a_catalogue_error_is_a_key_error() -> None:
    assert issubclass(CatalogueError, KeyError)


def test_a_value_that_nobody_gave_comes_from_the_campaigns_own_words() -> None:
    loei = THAI.with_texts({"campaign": {"office": "พช.เลย"}, "t": {"o": "ติดต่อ{office}"}})
    assert loei.say(text("t.o")) == "ติดต่อพช.เลย"
    assert loei.say(text("t.o", office="อื่น")) == "ติดต่ออื่น"


def test_a_doubt_without_words_of_its_own_is_told_in_its_familys_words() -> None:
    values: dict[str, Value] = {"heard": "พันห้า", "value": "1,500 ครัวเรือน"}
    assert THAI.say(Text("read.confirm.never_heard_of", values)) == '"พันห้า" บันทึกเป็น 1,500 ครัวเรือน ใช่หรือไม่'
    assert "read.confirm.never_heard_of" not in THAI


def test_a_campaign_replaces_and_adds_texts_and_leaves_the_rest() -> None:
    own = THAI.with_texts({"t": {"plain": "หวัดดี"}, "new.key": "ใหม่"})
    assert own.say(text("t.plain")) == "หวัดดี"
    assert own.say(text("new.key")) == "ใหม่"
    assert own.say(text("t.one", x=1)) == "ได้ 1"
    assert THAI.say(text("t.plain")) == "สวัสดี"


@pytest.mark.parametrize("texts", [{"t": {"x": "{"}}, {"t": {"x": 3}}])
def test_a_campaign_text_that_cannot_be_read_is_refused(texts: dict[str, object]) -> None:
    with pytest.raises(CatalogueError, match=r"t\.x"):
        THAI.with_texts(texts)


def test_a_catalogue_without_a_calendar_is_refused() -> None:
    with pytest.raises(CatalogueError, match="calendar"):
        Catalogue.of("th", {"a": "b"})


def test_there_is_no_catalogue_of_an_unknown_locale() -> None:
    with pytest.raises(CatalogueError, match="fr"):
        Catalogue.load("fr")


def test_campaign_texts_go_to_their_own_locale() -> None:
    catalogues = Catalogues.load().with_texts({"th": {"word.yes": "เออ"}})
    assert catalogues.by_locale["th"].say(text("word.yes")) == "เออ"
    assert catalogues.by_locale["en"].say(text("word.yes")) == "yes"


def test_campaign_texts_of_an_unknown_locale_are_refused() -> None:
    with pytest.raises(CatalogueError, match="lo"):
        Catalogues.load().with_texts({"lo": {}})


@pytest.mark.parametrize(
    ("language", "locale"),
    [("th", "th"), ("en", "en"), ("en-US", "en"), ("EN_gb", "en"), ("", "th"), ("ja", "th"), ("zh-TW", "th")],
)
def test_the_line_language_decides_and_thai_is_the_default(language: str, locale: str) -> None:
    assert Catalogues.load().for_language(language).locale == locale


def test_every_locale_can_be_walked() -> None:
    assert all("menu.footer" in set(catalogue) for catalogue in Catalogues.load().by_locale.values())
    assert set(Catalogues.load().by_locale) == set(LOCALES)
