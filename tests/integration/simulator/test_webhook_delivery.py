"""How events reach the bot: signed, in order, on LINE's time, again only where redelivery is on."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import threading
from typing import Any

import pytest

from simulator.client import SimulatorClient
from simulator.client_answers import SimulatorError
from tests.integration.simulator.bot import PATIENCE, Bot, Call, Line
from tests.integration.simulator.conftest import LEADER, OFFICER, STAFF, Start
from tests.support.processes import wait_until


def signed(call: Call) -> bool:
    expected = base64.b64encode(hmac.new(b"secret", call.body, hashlib.sha256).digest()).decode()
    return call.signature == expected


def echo(bot: Bot, line: Line) -> list[tuple[int, Any]]:
    """Let the bot reply to everything; the answers it gets."""
    answers: list[tuple[int, Any]] = []

    def reply(event: dict[str, Any]) -> None:
        answer = line.reply(event["replyToken"], {"type": "text", "text": f"got {event['message']['text']}"})
        answers.append((answer.status, answer.json()))

    bot.on_event = reply
    return answers


def test_an_event_has_what_line_documents(bot: Bot, simulator: SimulatorClient) -> None:
    sent = simulator.say(OFFICER, "3150 3040", wait=True)
    call = bot.calls[0]
    assert signed(call)
    assert re.fullmatch(r"U[0-9a-f]{32}", call.payload["destination"])
    event = call.event
    assert event["webhookEventId"] == sent.webhook_event_id
    assert event["source"] == {"type": "user", "userId": OFFICER}
    assert event["deliveryContext"] == {"isRedelivery": False}
    assert (event["type"], event["mode"]) == ("message", "active")
    assert event["message"]["text"] == "3150 3040"
    assert event["message"]["id"] == sent.message_ids[0]
    assert event["message"]["quoteToken"]
    assert event["replyToken"]
    assert sent.delivered is True


def test_time_stamps_are_civil_time_and_grow_within_a_phone(bot: Bot, simulator: SimulatorClient) -> None:
    for number in range(5):
        simulator.say(OFFICER, str(number), wait=True)
    stamps = [call.event["timestamp"] for call in bot.calls]
    assert stamps == sorted(set(stamps))
    assert stamps[0] // 100_000 == 1_623_029_400_000 // 100_000  # 7 June 2021, 08:30 in Bangkok
    assert simulator.messages(OFFICER)[0].at.startswith("2021-06-07T08:3")


def test_quick_fingers_keep_their_order(bot: Bot, simulator: SimulatorClient) -> None:
    words = [str(number) for number in range(20)]
    for word in words:
        simulator.say(OFFICER, word)
    bot.wait_for(20)
    assert bot.texts() == words


def test_a_reply_answers_the_phone_it_came_from(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    echo(bot, line)
    sent = simulator.say(OFFICER, "a")
    assert [seen.message["text"] for seen in simulator.wait_for(OFFICER, sent.seq)] == ["got a"]
    assert simulator.messages(LEADER) == []


def test_an_unfollow_and_an_unsend_carry_no_reply_token(bot: Bot, simulator: SimulatorClient) -> None:
    sent = simulator.say(OFFICER, "a", wait=True)
    simulator.unsend(OFFICER, sent.message_ids[0], wait=True)
    simulator.unfollow(OFFICER, wait=True)
    simulator.follow(OFFICER, wait=True)
    simulator.follow(STAFF, wait=True)
    _, unsend, unfollow, unblocked, new = [call.event for call in bot.calls]
    assert unsend["unsend"] == {"messageId": sent.message_ids[0]}
    assert "replyToken" not in unsend
    assert "replyToken" not in unfollow
    assert (unblocked["follow"], new["follow"]) == ({"isUnblocked": True}, {"isUnblocked": False})
    assert unblocked["replyToken"]


@pytest.mark.parametrize("webhook_timeout", [10.0])
def test_the_bot_has_its_seconds_and_no_second_chance(bot: Bot, simulator: SimulatorClient) -> None:
    bot.hang = threading.Event()
    assert simulator.say(OFFICER, "lost", wait=True).delivered is False
    bot.hang.set()
    assert simulator.say(OFFICER, "next", wait=True).delivered is True
    assert bot.texts() == ["lost", "next"]
    counters = simulator.state()["counters"]
    assert (counters["events"], counters["delivered"], counters["failed"]) == (2, 1, 1)
    assert "Timeout" in simulator.log()[0]["note"]


@pytest.mark.parametrize("status", [302, 400, 500, 503])
def test_anything_but_2xx_is_a_failure(bot: Bot, simulator: SimulatorClient, status: int) -> None:
    bot.statuses = [status]
    assert simulator.say(OFFICER, "a", wait=True).delivered is False
    assert len(bot.calls) == 1


def test_redelivery_brings_the_same_event_in_its_place(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    answers = echo(bot, line)
    simulator.settings(redelivery=True)
    bot.statuses = [500, 500]
    sent = [simulator.say(OFFICER, "1"), simulator.say(OFFICER, "2")]
    simulator.wait_for(OFFICER, sent[0].seq, count=2)
    assert bot.texts() == ["1", "1", "1", "2"]
    first, second, third = [call.event for call in bot.calls[:3]]
    assert [each["deliveryContext"]["isRedelivery"] for each in (first, second, third)] == [False, True, True]
    assert {**third, "deliveryContext": None} == {**first, "deliveryContext": None}
    # the phone may show a bubble before its sender has the answer in hand
    wait_until(lambda: len(answers) == 2, what="both answers")
    assert [status for status, _ in answers] == [200, 200]


def test_redelivery_ends_after_a_few_attempts(bot: Bot, simulator: SimulatorClient) -> None:
    simulator.settings(redelivery=True)
    bot.statuses = [500] * 9
    assert simulator.say(OFFICER, "1", wait=True).delivered is False
    assert len(bot.calls) == 4


def test_a_token_lives_again_after_a_redelivery(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(redelivery=True, reply_token_seconds=0)
    bot.statuses = [500]
    simulator.say(OFFICER, "1", wait=True)
    token = bot.calls[1].event["replyToken"]
    assert line.reply(token, {"type": "text", "text": "late"}).json() == {"message": "Invalid reply token"}
    simulator.settings(reply_token_seconds=60)
    assert line.reply(token, {"type": "text", "text": "in time"}).status == 200


def test_a_duplicate_comes_with_the_same_id_and_token(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    answers = echo(bot, line)
    simulator.fault("duplicate_event")
    simulator.say(OFFICER, "1", wait=True)
    first, second = bot.wait_for(2)
    assert first.body == second.body
    simulator.say(OFFICER, "2", wait=True)
    bot.wait_for(3)
    simulator.wait_for(OFFICER, 0, until=lambda _: len(answers) == 3)
    wait_until(lambda: len(answers) == 3, what="three answers")
    assert sorted(status for status, _ in answers) == [200, 200, 400]


def test_held_events_arrive_swapped(bot: Bot, simulator: SimulatorClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.delivery.HOLD_SECONDS", PATIENCE)  # it goes as soon as it is overtaken
    simulator.fault("hold_events")
    for word in ("1", "2", "3"):
        simulator.say(OFFICER, word)
    calls = bot.wait_for(3)
    assert bot.texts() == ["2", "1", "3"]
    assert calls[0].event["timestamp"] > calls[1].event["timestamp"]


def test_a_fault_of_events_may_name_their_type(bot: Bot, simulator: SimulatorClient) -> None:
    simulator.fault("duplicate_event", path="postback")
    simulator.say(OFFICER, "1", wait=True)
    simulator.postback(OFFICER, "a", wait=True)
    assert [call.event["type"] for call in bot.wait_for(3)] == ["message", "postback", "postback"]


def test_several_photos_are_one_album_of_single_events(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    sent = simulator.photo(OFFICER, b"one", b"two", wait=True)
    sets = [call.event["message"]["imageSet"] for call in bot.calls]
    assert [(each["index"], each["total"]) for each in sets] == [(1, 2), (2, 2)]
    assert len({each["id"] for each in sets}) == 1
    assert [line.get(f"/message/{each}/content").data for each in sent.message_ids] == [b"one", b"two"]
    simulator.photo(OFFICER, b"alone", wait=True)
    assert "imageSet" not in bot.calls[2].event["message"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("video", {"type": "video", "duration": 5000, "contentProvider": {"type": "line"}}),
        ("audio", {"type": "audio", "duration": 5000, "contentProvider": {"type": "line"}}),
        ("file", {"type": "file", "fileName": "a.bin", "fileSize": 5}),
    ],
)
def test_other_files(bot: Bot, simulator: SimulatorClient, kind: str, expected: dict[str, Any]) -> None:
    simulator.upload(OFFICER, kind, [("a.bin", b"12345")], "application/octet-stream", wait=True)
    message = bot.calls[0].event["message"]
    assert {name: message[name] for name in expected} == expected
    assert ("quoteToken" in message) == (kind == "video")


def test_stickers_locations_and_any_other_message(bot: Bot, simulator: SimulatorClient) -> None:
    simulator.sticker(OFFICER, wait=True)
    simulator.location(OFFICER, title="วังสะพุง", wait=True)
    simulator.send_event(OFFICER, {"type": "future", "x": 1}, wait=True)
    sticker, place, future = [call.event["message"] for call in bot.calls]
    assert (sticker["type"], bool(sticker["quoteToken"]), sticker["packageId"]) == ("sticker", True, "446")
    assert (place["type"], place["title"], place["latitude"]) == ("location", "วังสะพุง", 17.486)
    assert (future["type"], future["x"]) == ("future", 1)


def test_a_quoting_text_names_what_it_quotes(bot: Bot, simulator: SimulatorClient) -> None:
    first = simulator.say(OFFICER, "a", wait=True).message_ids[0]
    simulator.say(OFFICER, "b", quoting=first, wait=True)
    assert bot.calls[1].event["message"]["quotedMessageId"] == first


def test_raw_bodies_are_signed_rightly_wrongly_or_not_at_all(bot: Bot, simulator: SimulatorClient) -> None:
    bot.statuses = [200, 401, 401]
    body = '{"events": []}'
    assert simulator.raw(body, headers={"x-more": "1"}) == 200
    assert simulator.raw(body, signature="wrong") == 401
    assert simulator.raw(body, signature=None) == 401
    assert [signed(call) for call in bot.calls] == [True, False, False]
    assert bot.calls[2].signature is None


def test_a_webhook_test_is_a_signed_post_without_events(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    bot.statuses = [200, 503]
    good, bad = (line.post("/channel/webhook/test", {"endpoint": f"{bot.url}/callback"}).json() for _ in range(2))
    assert (good["success"], good["statusCode"], good["reason"]) == (True, 200, "OK")
    assert (bad["success"], bad["statusCode"], bad["reason"]) == (False, 503, "ERROR_STATUS_CODE")
    assert signed(bot.calls[0])
    assert bot.calls[0].payload["events"] == []


@pytest.mark.parametrize("webhook_timeout", [2.0])
def test_a_restart_keeps_the_chats_and_brings_what_was_waiting(
    bot: Bot, simulator: SimulatorClient, start: Start
) -> None:
    simulator.settings(redelivery=True)
    bot.statuses = [500] * 3
    simulator.say(OFFICER, "before", wait=True)
    before = simulator.transcript()
    bot.hang, known = threading.Event(), len(bot.calls)
    simulator.say(OFFICER, "waiting")
    bot.wait_for(known + 1)
    restarted = SimulatorClient(start())
    bot.hang.set()
    assert restarted.transcript().phones[OFFICER][:1] == before.phones[OFFICER]
    assert restarted.state()["redelivery"] is True
    restarted.say(OFFICER, "after", wait=True)
    assert bot.texts()[-2:] == ["waiting", "after"]
    with pytest.raises(SimulatorError):
        restarted.follow(OFFICER)
    restarted.close()
