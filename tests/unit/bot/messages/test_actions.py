from __future__ import annotations

import datetime as dt
from typing import Literal

import pytest

from bot.messages.actions import NO_LABEL, RenderError, action_of, quick_action_of
from bot.messages.bubbles import Button, Link, OnPhone, PickDate, PickMoment, PickTime, Say, Tap, text
from bot.messages.catalogue import Catalogue

THAI = Catalogue.load("th")
DAY = dt.date(2021, 6, 30)


def test_a_tap_is_a_postback_that_says_its_label() -> None:
    assert action_of(Tap(text("button.yes"), "do=yes"), THAI, 40) == {
        "type": "postback",
        "label": "ใช่",
        "data": "do=yes",
        "displayText": "ใช่",
    }


def test_a_tap_may_say_other_words() -> None:
    assert action_of(Tap("12", "h", says="บ้านเลขที่ 12"), THAI, 40)["displayText"] == "บ้านเลขที่ 12"


def test_a_long_label_is_shortened_and_what_is_said_is_not() -> None:
    action = action_of(Tap("ก" * 60, "x"), THAI, 20)
    assert action["label"] == "ก" * 19 + "…"
    assert action["displayText"] == "ก" * 60


def test_a_label_from_data_may_be_empty_or_hold_line_breaks() -> None:
    assert action_of(Tap(" \n", "x"), THAI, 20)["label"] == NO_LABEL
    assert action_of(Tap("ก\nข", "x"), THAI, 20)["label"] == "ก ข"


def test_a_say_button_types_words() -> None:
    assert action_of(Say("เมนู", "เมนู"), THAI, 20) == {"type": "message", "label": "เมนู", "text": "เมนู"}


def test_a_link_opens_a_page() -> None:
    assert action_of(Link("เปิด", "https://example.org/x"), THAI, 20)["uri"] == "https://example.org/x"


def test_a_date_button_opens_the_picker_within_its_bounds() -> None:
    button = PickDate("เลือก", "d", dt.date(2021, 7, 9), dt.date(2021, 6, 1), DAY)
    assert action_of(button, THAI, 40) == {
        "type": "datetimepicker",
        "label": "เลือก",
        "data": "d",
        "mode": "date",
        "initial": "2021-06-30",
        "min": "2021-06-01",
        "max": "2021-06-30",
    }


def test_times_and_moments_have_pickers_of_their_own() -> None:
    assert action_of(PickTime("เลือก", "d", dt.time(14, 30)), THAI, 40) == {
        "type": "datetimepicker",
        "label": "เลือก",
        "data": "d",
        "mode": "time",
        "initial": "14:30",
    }
    moment = action_of(PickMoment("เลือก", "d", dt.datetime(2021, 6, 30, 14, 30)), THAI, 40)  # noqa: DTZ001 - LINE's has no zone
    assert (moment["mode"], moment["initial"]) == ("datetime", "2021-06-30T14:30")
    assert "initial" not in action_of(PickMoment("เลือก", "d", dt.datetime(2150, 1, 1)), THAI, 40)  # noqa: DTZ001 - as above


@pytest.mark.parametrize("opens", ["camera", "cameraRoll", "location"])
def test_the_phone_s_own_buttons_are_quick_replies(opens: Literal["camera", "cameraRoll", "location"]) -> None:
    assert quick_action_of(OnPhone("ก" * 30, opens), THAI) == {"type": opens, "label": "ก" * 19 + "…"}
    assert quick_action_of(Say("เมนู", "เมนู"), THAI)["type"] == "message"


def test_a_picker_may_have_one_bound_or_none() -> None:
    assert action_of(PickDate("ก", "d", DAY, earliest=dt.date(2021, 7, 1)), THAI, 40)["initial"] == "2021-07-01"
    assert "min" not in action_of(PickDate("ก", "d", DAY), THAI, 40)


def test_bounds_that_line_would_refuse_are_left_out() -> None:
    same = action_of(PickDate("ก", "d", DAY, DAY, DAY), THAI, 40)
    assert "min" not in same
    assert "max" not in same
    assert "min" not in action_of(PickDate("ก", "d", DAY, earliest=dt.date(1700, 1, 1)), THAI, 40)
    assert "initial" not in action_of(PickDate("ก", "d", dt.date(2200, 1, 1)), THAI, 40)


@pytest.mark.parametrize(
    "button",
    [
        Tap("ก", "x" * 301),
        Tap("ก", ""),
        PickDate("ก", "x" * 301, DAY),
        Say("ก", "x" * 301),
        Say("ก", " "),
        Link("ก", "javascript:alert(1)"),
        Link("ก", "https://example.org/" + "x" * 1000),
    ],
)
def test_what_comes_back_to_the_bot_is_never_altered_but_refused(button: Button) -> None:
    with pytest.raises(RenderError):
        action_of(button, THAI, 40)
