"""Free text beside choices: what needs it asks for it, and nothing that cannot be seen is a story."""

from __future__ import annotations

import pytest

from tests.support.pure_chat import PureChat
from tests.support.pure_town import PureTown
from tests.unit.bot.conversation.words import ROUND

PROBLEMS = ROUND.index("ไม่มี")


@pytest.fixture
def chat() -> PureChat:
    """An officer who is asked for problems, the last question."""
    chat = PureChat(PureTown())
    for words in ROUND[:PROBLEMS]:
        chat.say(words)
    return chat


def held(chat: PureChat, name: str) -> str:
    return chat.town.values(1).get(name)


def test_who_chooses_other_is_asked_what_it_is_and_cannot_send_before(chat: PureChat) -> None:
    chat.say("อื่น ๆ")
    assert held(chat, "problem_kinds") == "other"
    assert chat.state.data["step"] == "problems"
    chat.say("ยืนยันส่ง")
    assert chat.town.reports == {}
    chat.say("ฝนตกหนัก")
    assert held(chat, "remarks") == "ฝนตกหนัก"
    chat.say("ยืนยันส่ง")
    assert len(chat.town.reports[1]) == 1


def test_a_story_left_out_is_asked_for_once_it_is_needed(chat: PureChat) -> None:
    for words in ("โควิด-19", "27=ฝนตก", "27=-", "ย้อน", "อื่น ๆ"):
        chat.say(words)
    assert held(chat, "remarks") or chat.state.data["step"] == "problems"


@pytest.mark.parametrize("unseen", ["", " ", "\n", "\u200b", "\x00"])
def test_what_cannot_be_seen_is_no_story(chat: PureChat, unseen: str) -> None:
    chat.say(unseen)
    assert held(chat, "remarks") == ""
    assert held(chat, "problem_kinds") == ""
