from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.inputs import Kind, incoming, tap_data
from bot.conversation.say import heard
from bot.conversation.state import IDLE, State

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.text(max_size=9), st.dictionaries(st.text(max_size=6), JSON, max_size=4), st.integers(0, 9))
def test_a_state_comes_back_from_json_as_it_was(flow: str, data: dict[str, object], unclear: int) -> None:
    state = State(flow, data, unclear)
    assert State.from_json(state.to_json()) == state


def test_an_empty_stored_state_is_idle() -> None:
    assert State.from_json({}) == IDLE


@given(st.dictionaries(st.sampled_from(["type", "message", "postback", "timestamp", "mode", "masked"]), JSON))
def test_no_event_is_too_odd_to_be_read(payload: dict[str, object]) -> None:
    assert incoming(payload, late=False, group=False).kind in Kind


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ({"type": "message", "message": {"type": "text", "text": "x"}}, Kind.TEXT),
        ({"type": "message", "message": {"type": "image"}}, Kind.PHOTO),
        ({"type": "message", "message": {"type": "video"}}, Kind.OTHER_MESSAGE),
        ({"type": "message"}, Kind.SILENT),
        ({"type": "postback"}, Kind.SILENT),
        ({"type": "unfollow"}, Kind.UNFOLLOW),
        ({"type": "beacon"}, Kind.SILENT),
        ({"type": "message", "mode": "standby", "message": {"type": "text"}}, Kind.SILENT),
    ],
)
def test_kinds_of_events(payload: dict[str, object], kind: Kind) -> None:
    assert incoming(payload, late=False, group=False).kind is kind


def test_groups_are_silent() -> None:
    assert incoming({"type": "follow"}, late=False, group=True).kind is Kind.SILENT


def test_a_buttons_data_and_date_come_back() -> None:
    postback = {"data": tap_data("answer", o=7, v="ก ข&ค"), "params": {"date": "2021-06-28"}}
    said = incoming({"type": "postback", "postback": postback, "timestamp": 0}, late=True, group=False)
    assert said.tap == {"do": "answer", "o": "7", "v": "ก ข&ค"}
    assert said.date == dt.date(2021, 6, 28)
    assert said.late
    assert said.sent_at == dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def test_a_long_text_is_repeated_only_in_part() -> None:
    assert heard("ก  ข\nค") == "ก ข ค"
    assert heard("ก" * 50) == "ก" * 40 + "…"
