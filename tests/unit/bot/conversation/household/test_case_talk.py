"""What was said of cases, kept in the chat's state as JSON, one asked at a time, forgotten with its message."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.household import case_talk
from bot.conversation.household.case_talk import STORED, Step, Talk
from bot.conversation.state import State

KEYS = st.lists(st.sampled_from(["e31", "e32", "e33", "e34", "e35"]), unique=True, max_size=3).map(tuple)
HOUSES = st.sampled_from(["", "14", "14 (2)", "~12", "12 (?)", "99ก"])
TALKS = st.builds(
    Talk,
    village=st.sampled_from(["42070605", "42070601"]),
    house=HOUSES,
    cases=KEYS,
    other=KEYS,
    note=st.text(max_size=20),
    message=st.sampled_from(["", "m1", "m2", "m3"]),
    at=st.integers(0, 2**41),
    step=st.sampled_from(list(Step)),
    asking=st.sampled_from(["", "e31"]),
    instead=KEYS,
    instead_of=HOUSES,
)


def through_json(state: State) -> State:
    return State.from_json(json.loads(json.dumps(state.to_json())))


@given(talk=TALKS, later=st.lists(TALKS, max_size=5))
def test_the_state_gives_back_what_was_put_into_it(talk: Talk, later: list[Talk]) -> None:
    state = through_json(case_talk.put_off(case_talk.asked(State(), talk), later))
    assert case_talk.open_talk(state) == talk
    assert case_talk.waiting(state) == tuple(later)
    assert case_talk.open_talk(case_talk.settled(state)) is None


@given(later=st.lists(TALKS, max_size=5))
def test_what_waits_is_taken_in_the_order_in_which_it_was_said(later: list[Talk]) -> None:
    state, found = through_json(case_talk.put_off(State(), later)), []
    while case_talk.waiting(state):
        state, talk = case_talk.taken(state)
        found.append(talk)
    assert found == later
    assert case_talk.taken(state) == (state, None)


@given(talk=TALKS, later=st.lists(TALKS, max_size=5), message=st.sampled_from(["m1", "m2"]))
def test_a_message_that_is_taken_back_leaves_no_words_of_its_own(talk: Talk, later: list[Talk], message: str) -> None:
    state = case_talk.put_off(case_talk.asked(State(), talk), later)
    left = State(data=case_talk.forgotten(state.data, message))
    assert case_talk.waiting(left) == tuple(each for each in later if each.message != message)
    kept = case_talk.open_talk(left)
    if talk.message != message:
        assert kept == talk
    elif talk.step in STORED:
        assert kept == replace(talk, note="")
    else:
        assert kept is None


@given(st.lists(TALKS, min_size=case_talk.MOST, max_size=case_talk.MOST + 5))
def test_the_state_stays_small(later: list[Talk]) -> None:
    assert len(case_talk.waiting(case_talk.put_off(State(), later))) == case_talk.MOST
