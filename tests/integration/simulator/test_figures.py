"""What LINE tells about the past: delivery figures by Japan's day, nothing about who follows."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from simulator.client import SimulatorClient
from tests.integration.simulator.bot import Bot, Line
from tests.integration.simulator.conftest import LEADER, OFFICER, STAFF

WORDS = {"type": "text", "text": "ถึงกำหนดแล้ว"}


def figure(line: Line, kind: str, date: str) -> Any:
    return orjson.loads(line.get(f"/message/delivery/{kind}?date={date}").data)


def test_a_day_is_counted_by_kind_once_it_is_over(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    simulator.now()  # 8.30 on 7 June 2021
    simulator.say(OFFICER, "รายงาน", wait=True)
    line.reply(bot.calls[-1].event["replyToken"], WORDS)
    line.push(OFFICER, WORDS, WORDS)
    line.post("/message/multicast", {"to": [OFFICER, LEADER, STAFF], "messages": [WORDS]})
    line.post("/message/broadcast", {"messages": [WORDS]})
    assert figure(line, "push", "20210607") == {"status": "unready"}
    simulator.move_clock("2021-06-08T08:30:00+07:00")
    found = {kind: figure(line, kind, "20210607")["success"] for kind in ("reply", "push", "multicast", "broadcast")}
    assert found == {"reply": 1, "push": 1, "multicast": 2, "broadcast": 2}
    assert figure(line, "push", "20210606") == {"status": "ready", "success": 0}


def test_the_day_ends_at_ten_in_the_evening_in_thailand(simulator: SimulatorClient, line: Line) -> None:
    simulator.move_clock("2021-06-07T21:59:00+07:00")
    line.push(OFFICER, WORDS)
    simulator.move_clock("2021-06-07T22:01:00+07:00")
    line.push(OFFICER, WORDS)
    assert figure(line, "push", "20210607") == {"status": "ready", "success": 1}
    assert figure(line, "push", "20210608") == {"status": "unready"}


def test_before_march_2018_nothing_was_counted(line: Line) -> None:
    assert figure(line, "reply", "20180330") == {"status": "out_of_service"}
    assert figure(line, "reply", "20180331")["status"] == "ready"


@pytest.mark.parametrize("date", ["", "2021-06-07", "20210231", "2021067", "๒๐๒๑๐๖๐๗"])
def test_a_wrong_date_is_refused(simulator: SimulatorClient, line: Line, date: str) -> None:
    assert figure(line, "push", date) == {"message": "The value for the 'date' parameter is invalid"}
    assert simulator.log()[-1]["status"] == 400


def test_an_account_that_is_not_verified_is_not_told_its_followers(line: Line) -> None:
    answer = line.get("/followers/ids?limit=10")
    assert answer.status == 403
    assert orjson.loads(answer.data) == {"message": "Access to this API is not available for your account"}


def test_a_message_is_marked_as_read_with_the_token_of_its_event(
    bot: Bot, simulator: SimulatorClient, line: Line
) -> None:
    simulator.say(OFFICER, "รายงาน", wait=True)
    token = bot.calls[-1].event["message"]["markAsReadToken"]
    for _ in range(2):
        answer = line.post("/chat/markAsRead", {"markAsReadToken": token})
        assert (answer.status, orjson.loads(answer.data)) == (200, {})
    for wrong in ("x", token[:-1] + ("0" if token[-1] != "0" else "1"), "๑" * 40):
        refused = line.post("/chat/markAsRead", {"markAsReadToken": wrong})
        assert (refused.status, orjson.loads(refused.data)["message"][:24]) == (400, "Invalid markAsReadToken.")
