"""Both kinds of 429 as LINE makes them: the month's messages and the calls a second."""

from __future__ import annotations

from typing import Any

import orjson

from simulator.client import SimulatorClient
from tests.integration.simulator.bot import Bot, Line
from tests.integration.simulator.conftest import LEADER, OFFICER, STAFF

WORDS = {"type": "text", "text": "ถึงกำหนดแล้ว"}
GONE = (429, {"message": "You have reached your monthly limit."})
TOO_FAST = (429, {"message": "The API rate limit has been exceeded. Try again later."})


def push(line: Line, to: str = OFFICER) -> tuple[int, Any]:
    answer = line.push(to, WORDS)
    return answer.status, orjson.loads(answer.data)


def multicast(line: Line, *to: str) -> tuple[int, Any]:
    answer = line.post("/message/multicast", {"to": list(to), "messages": [WORDS]})
    return answer.status, orjson.loads(answer.data)


def consumption(line: Line) -> int:
    return int(orjson.loads(line.get("/message/quota/consumption").data)["totalUsage"])


def test_a_month_may_begin_near_its_end(simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(quota_limit=300, quota_used=299)
    assert consumption(line) == 299
    assert push(line)[0] == 200
    assert push(line) == GONE
    assert simulator.state()["quota"] == {"limit": 300, "used": 300, "reserved": 0}


def test_a_new_month_brings_a_new_quota(simulator: SimulatorClient, line: Line) -> None:
    simulator.now()
    simulator.settings(quota_used=300)
    assert push(line) == GONE
    simulator.move_clock("2021-07-01T08:00:00+07:00")
    assert push(line)[0] == 200
    assert consumption(line) == 1


def test_people_who_blocked_cost_nothing(simulator: SimulatorClient, line: Line) -> None:
    simulator.unfollow(LEADER, wait=True)
    assert push(line, LEADER)[0] == 200
    assert multicast(line, OFFICER, LEADER, STAFF)[0] == 200
    assert consumption(line) == 1


def test_a_send_is_refused_where_its_reservation_does_not_fit(simulator: SimulatorClient, line: Line) -> None:
    """LINE reserves for all that it was asked to send to, and only then finds out whom it reaches."""
    simulator.settings(quota_limit=2)
    assert multicast(line, OFFICER, LEADER, STAFF) == GONE
    assert multicast(line, OFFICER, LEADER)[0] == 200


def test_another_send_under_way_leaves_less_than_the_figures_tell(simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(quota_limit=10, quota_reserved=10)
    assert push(line) == GONE
    assert consumption(line) == 0
    simulator.settings(quota_reserved=9)
    assert push(line)[0] == 200


def test_a_reply_goes_when_nothing_is_left(bot: Bot, simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(quota_used=300)
    simulator.say(OFFICER, "รายงาน", wait=True)
    assert line.reply(bot.calls[-1].event["replyToken"], WORDS).status == 200


def test_the_quota_can_be_gone_before_its_end(simulator: SimulatorClient, line: Line) -> None:
    simulator.fault("quota_gone", times=2)
    assert [push(line), push(line)] == [GONE, GONE]
    assert push(line)[0] == 200
    simulator.fault("quota_gone", path="multicast")
    assert push(line)[0] == 200
    assert multicast(line, OFFICER) == GONE


def test_a_stale_consumption_is_that_of_the_reading_before(simulator: SimulatorClient, line: Line) -> None:
    assert consumption(line) == 0
    push(line)
    simulator.fault("stale_consumption")
    assert consumption(line) == 0
    assert consumption(line) == 1
    push(line)
    simulator.fault("stale_consumption")
    assert consumption(line) == 1


def test_without_a_reading_before_a_stale_consumption_is_nothing(simulator: SimulatorClient, line: Line) -> None:
    push(line)
    simulator.fault("stale_consumption")
    assert consumption(line) == 0


def test_a_rate_can_be_lowered_until_it_is_exceeded(simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(rate_limits={"push": 0})
    assert push(line) == TOO_FAST
    assert multicast(line, OFFICER)[0] == 200
    simulator.settings(rate_limits={"push": None, "multicast": 1})
    assert push(line)[0] == 200
    assert TOO_FAST in [multicast(line, OFFICER) for _ in range(20)]
    assert simulator.state()["rate_limits"] == {"multicast": 1}


def test_a_call_over_the_rate_costs_no_quota(simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(rate_limits={"push": 0})
    push(line)
    assert consumption(line) == 0


def test_too_many_pushes_to_one_person_are_refused(simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(one_user_per_minute=1)
    statuses = [push(line)[0] for _ in range(3)]
    assert statuses.count(429) >= 1, "two minutes meet in one run at most"
    assert push(line, LEADER)[0] == 200
    simulator.settings(one_user_per_minute=None)
    assert push(line)[0] == 200


def test_a_reset_brings_lines_own_limits_back(simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(rate_limits={"push": 0}, one_user_per_minute=0, quota_reserved=300)
    simulator.reset()
    assert push(line)[0] == 200
    assert simulator.state()["one_user_per_minute"] is None
