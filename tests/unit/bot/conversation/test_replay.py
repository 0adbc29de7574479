"""Going back undoes, and the same words in the same order always lead to the same place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.turn import Turn
from tests.support.pure_chat import PureChat
from tests.support.pure_town import PureTown
from tests.unit.bot.conversation.words import ANSWERS, COMMANDS, EDITS, ELSEWHERE, NUMBERS, ROUND

LAST = len(ROUND) - 1
"""The word that sends."""
OTHER_ANSWERS = {
    1: ("เสร็จแล้ว", "ยังไม่ได้ทำ"),
    2: ("ทำหนังสือแล้ว", "ประสานแล้ว", "ยังไม่ได้ทำ"),
    3: ("30 29", "0 0", "47 1"),
    4: ("3000 3000", "6240 10", "5 0"),
    5: ("0 0 0 0 0", "110 0 0 0 0"),
    6: ("1/7/64", "28 มิ.ย. 64"),
    7: ("เสร็จแล้ว", "ยังไม่ได้ทำ"),
    8: ("3", "12"),
    9: ("กรอกเอง",),
    10: ("โควิด-19", "ฝนตกหนัก"),
}
"""By question: what else could have been answered to it."""
TRANSCRIPT = st.lists(
    st.one_of(
        st.sampled_from([*COMMANDS, *ANSWERS, *NUMBERS, *EDITS, *ELSEWHERE]).map(lambda words: ("say", words)),
        st.integers(0, 60).map(lambda place: ("tap", str(place))),
        st.sampled_from(ROUND).map(lambda words: ("say", words)),
    ),
    max_size=25,
)


def said(chat: PureChat, *words: str) -> PureChat:
    for each in words:
        chat.say(each)
    return chat


def kept(chat: PureChat) -> dict[str, str]:
    """What every box of round 1 holds."""
    values = chat.town.values(1)
    return {name: values.get(name) for name in values.questions}


def played(town: PureTown, transcript: list[tuple[str, str]], ahead: int) -> list[Turn]:
    chat = PureChat(town)
    turns = [chat.say(words) for words in ROUND[:ahead]]
    for kind, what in transcript:
        if kind == "say":
            turns.append(chat.say(what))
        elif chat.seen:
            turns.append(chat.touch(chat.seen[int(what) % len(chat.seen)]))
    return turns


@pytest.mark.parametrize(("question", "other"), [(at, words) for at, known in OTHER_ANSWERS.items() for words in known])
def test_an_answer_taken_back_and_given_anew_leaves_no_trace(question: int, other: str) -> None:
    straight = said(PureChat(PureTown()), *ROUND[: question + 1])
    chat = said(PureChat(PureTown()), *ROUND[:question])
    asked = chat.state.data["step"]
    said(chat, other, "ย้อน")
    assert chat.state.data["step"] == asked
    said(chat, ROUND[question])
    assert kept(chat) == kept(straight)
    assert chat.state.data["step"] == straight.state.data["step"]


@pytest.mark.parametrize("steps", range(1, LAST))
def test_one_can_go_back_all_the_way_and_forward_again(steps: int) -> None:
    chat = said(PureChat(PureTown()), *ROUND[:LAST])
    whole, before = kept(chat), dict(chat.state.data)
    said(chat, *["ย้อน"] * steps)
    assert kept(chat) == whole
    said(chat, "ทำต่อ")
    assert chat.state.data["step"] == before["step"]


@settings(max_examples=10, deadline=None)
@given(transcript=TRANSCRIPT, ahead=st.integers(0, LAST))
def test_a_transcript_replayed_says_and_stores_the_same(transcript: list[tuple[str, str]], ahead: int) -> None:
    first, second = PureTown(), PureTown()
    assert played(first, transcript, ahead) == played(second, transcript, ahead)
    assert first == second


@settings(max_examples=10, deadline=None)
@given(transcript=TRANSCRIPT, ahead=st.integers(0, LAST))
def test_a_restart_between_any_two_turns_changes_nothing(transcript: list[tuple[str, str]], ahead: int) -> None:
    """One town keeps states and answers as objects, the other as the JSON text that a database would hold."""
    through, restarted = PureTown(serialised=False), PureTown()
    assert played(through, transcript, ahead) == played(restarted, transcript, ahead)
    assert set(through.reports) == set(restarted.reports)
    assert set(through.drafts) == set(restarted.drafts)
