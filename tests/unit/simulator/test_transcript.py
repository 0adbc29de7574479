"""What a transcript keeps of a chat, and what it calls a duplicate."""

from __future__ import annotations

from typing import Any

from simulator.transcript import actions, transcript, view
from tests.unit.simulator.calls import LEADER, OFFICER, Line, text

CARD = {
    "type": "flex",
    "altText": "สรุปรอบ 1",
    "contents": {
        "type": "bubble",
        "body": {
            "type": "box",
            "layout": "vertical",
            "contents": [
                {"type": "text", "text": "รอบ 1"},
                {"type": "text", "contents": [{"type": "span", "text": "8"}, {"type": "span", "text": "หลัง"}]},
                {"type": "button", "action": {"type": "postback", "label": "ยืนยัน", "data": "ok"}},
            ],
        },
    },
}
QUICK = {"items": [{"type": "action", "action": {"type": "message", "label": "เมนู", "text": "เมนู"}}]}


def officers_chat(line: Line) -> list[dict[str, Any]]:
    chat: list[dict[str, Any]] = transcript(line.world)["phones"][OFFICER]
    return chat


def test_all_visible_words_and_buttons_of_a_card_are_kept_in_order() -> None:
    assert view(CARD, QUICK) == {
        "type": "flex",
        "text": None,
        "altText": "สรุปรอบ 1",
        "texts": ["รอบ 1", "8", "หลัง"],
        "buttons": ["ยืนยัน"],
        "quick": ["เมนู"],
    }


def test_a_templates_buttons_are_found_too() -> None:
    template = {"type": "confirm", "text": "?", "actions": [{"type": "message", "label": "ใช่", "text": "y"}]}
    message = {"type": "template", "altText": "?", "template": template}
    assert [action["label"] for action in actions(message, QUICK)] == ["ใช่", "เมนู"]
    assert view(message, {})["texts"] == ["?"]


def test_the_transcript_has_both_sides_without_ids_and_times(line: Line) -> None:
    line.world.actions.message(OFFICER, text("1 2"))
    line.reply(line.token(), text("ได้รับแล้ว"))
    assert [(each["side"], each["via"], each["text"]) for each in officers_chat(line)] == [
        ("user", None, "1 2"),
        ("bot", "reply", "ได้รับแล้ว"),
    ]
    assert not {"seq", "at", "message_id", "quote_token"} & set(officers_chat(line)[0])


def test_two_runs_that_people_saw_alike_are_equal(line: Line) -> None:
    def run() -> dict[str, Any]:
        line.world.reset()
        for user in (OFFICER, LEADER):
            line.world.phones.set_following(user, following=True)
        line.world.actions.message(OFFICER, text("1"))
        line.push({**CARD, "quickReply": QUICK})
        return transcript(line.world)

    assert run() == run()


def test_a_push_that_repeats_itself_is_a_duplicate(line: Line) -> None:
    line.push()
    line.push()
    line.push(text("another"))
    assert transcript(line.world)["duplicates"] == 1
    assert transcript(line.world)["pushes"] == 3


def test_the_same_answer_to_two_events_is_none(line: Line) -> None:
    line.push()
    line.world.actions.postback(OFFICER, "again")
    line.push()
    line.reply(line.token())
    line.reply(line.token())
    assert transcript(line.world)["duplicates"] == 0


def test_an_unsent_message_leaves_no_words(line: Line) -> None:
    message_id = line.world.actions.message(OFFICER, text("secret")).message_id
    line.world.actions.unsend(OFFICER, str(message_id))
    assert [(each["unsent"], each["text"]) for each in officers_chat(line)] == [(True, None)]
