"""The client's hands: taps on whatever the bot has sent, and waiting for what comes."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.client import SimulatorClient
from simulator.client_answers import NoButtonError, SimulatorError
from tests.integration.simulator.bot import Bot, Line
from tests.integration.simulator.conftest import LEADER, OFFICER, STAFF

PICKER = {"type": "datetimepicker", "label": "วันอื่น", "data": "day", "mode": "date"}


def card(*actions: dict[str, Any]) -> dict[str, Any]:
    contents = [{"type": "button", "action": action} for action in actions]
    body = {"type": "box", "layout": "vertical", "contents": contents}
    return {"type": "flex", "altText": "card", "contents": {"type": "bubble", "body": body}}


def quick(label: str, words: str) -> dict[str, Any]:
    item = {"type": "action", "action": {"type": "message", "label": label, "text": words}}
    return {"type": "text", "text": "?", "quickReply": {"items": [item]}}


def test_a_tap_sends_what_line_would(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    confirm = {"type": "postback", "label": "ยืนยัน", "data": "ok", "displayText": "ยืนยันแล้ว"}
    line.push(OFFICER, card(confirm, PICKER, {"type": "message", "label": "เมนู", "text": "menu"}))
    simulator.tap(OFFICER, "ยืนยัน", wait=True)
    simulator.tap(OFFICER, "วันอื่น", date="2021-06-30", wait=True)
    simulator.tap(OFFICER, "เมนู", wait=True)
    first, second, third = [call.event for call in bot.calls]
    assert first["postback"] == {"data": "ok"}
    assert second["postback"] == {"data": "day", "params": {"date": "2021-06-30"}}
    assert third["message"]["text"] == "menu"
    shown = [seen.message.get("text") for seen in simulator.messages(OFFICER) if seen.side == "user"]
    assert shown == ["ยืนยันแล้ว", "menu"]


def test_the_newest_button_of_a_label_is_tapped(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    for data in ("old", "new"):
        line.push(OFFICER, card({"type": "postback", "label": "ยืนยัน", "data": data}))
    simulator.tap(OFFICER, "ยืนยัน", wait=True)
    assert bot.calls[0].event["postback"]["data"] == "new"


def test_a_tap_on_nothing_says_what_there_is(simulator: SimulatorClient, line: Line) -> None:
    line.push(OFFICER, card({"type": "uri", "label": "เปิด", "uri": "https://example.org/x"}, PICKER))
    with pytest.raises(NoButtonError, match=r"no button ยืนยัน.*เปิด"):
        simulator.tap(OFFICER, "ยืนยัน")
    with pytest.raises(NoButtonError, match="uri"):
        simulator.tap(OFFICER, "เปิด")
    with pytest.raises(NoButtonError, match="datetimepicker"):
        simulator.tap(OFFICER, "วันอื่น")
    assert simulator.find_button(OFFICER, "เปิด")["uri"] == "https://example.org/x"


def test_quick_replies_are_gone_with_the_next_bubble_and_on_a_pc(simulator: SimulatorClient, line: Line) -> None:
    line.push(OFFICER, quick("เมนู", "menu"))
    assert [action["label"] for action in simulator.buttons(OFFICER)] == ["เมนู"]
    simulator.change_phone(OFFICER, pc=True)
    assert simulator.buttons(OFFICER) == []
    simulator.change_phone(OFFICER, pc=False)
    line.push(OFFICER, {"type": "text", "text": "later"})
    assert simulator.buttons(OFFICER) == []


def test_a_bubble_knows_its_actions(simulator: SimulatorClient, line: Line) -> None:
    line.push(OFFICER, {**card(PICKER), "quickReply": quick("เมนู", "menu")["quickReply"]})
    assert [action["label"] for action in simulator.messages(OFFICER)[0].actions] == ["วันอื่น", "เมนู"]


def test_waiting_in_vain_tells_what_was_there(simulator: SimulatorClient, line: Line) -> None:
    line.push(OFFICER, {"type": "text", "text": "only this"})
    with pytest.raises(TimeoutError, match="only this"):
        simulator.wait_for(OFFICER, 0, count=2, timeout=0.05)


def test_phones_can_be_added_and_looked_up(simulator: SimulatorClient) -> None:
    added = simulator.add_phone("Ann", "en", "officer")
    assert simulator.phone(added.user_id) == added
    assert [phone.name for phone in simulator.phones()] == ["Officer", "Leader", "Staff", "Ann"]
    assert simulator.phone(STAFF).following is False


def test_a_faulted_run_that_people_saw_alike_has_an_equal_transcript(
    bot: Bot, simulator: SimulatorClient, line: Line
) -> None:
    def run(*, push: bool) -> dict[str, list[dict[str, Any]]]:
        simulator.reset()
        say = {"type": "text", "text": "got it"}
        sent = simulator.say(LEADER, "1", wait=True)
        answer = line.push(LEADER, say) if push else line.reply(bot.calls[-1].event["replyToken"], say)
        assert answer.status == 200
        simulator.wait_for(LEADER, sent.seq)
        return simulator.transcript().seen()

    assert run(push=False) == run(push=True)


def test_a_refusal_is_an_error_with_its_reason(simulator: SimulatorClient) -> None:
    with pytest.raises(SimulatorError, match="has not added the account"):
        simulator.say(STAFF, "hi")
