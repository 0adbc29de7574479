"""Civil time: asked of the bot, moved through it, kept while the bot is down."""

from __future__ import annotations

from typing import Any

import pytest
import urllib3

from simulator.client import SimulatorClient
from simulator.client_answers import SimulatorError
from simulator.clock import CivilClock, ClockRefusedError
from tests.integration.simulator.bot import Bot


@pytest.fixture
def clock(bot: Bot) -> CivilClock:
    return CivilClock(f"{bot.url}/clock")


def test_the_bots_clock_is_the_platforms(simulator: SimulatorClient) -> None:
    assert simulator.now().startswith("2021-06-07T08:3")
    assert simulator.state()["clock"]["simulated"] is True


def test_a_jump_goes_through_the_bot_and_is_felt_at_once(bot: Bot, simulator: SimulatorClient) -> None:
    assert simulator.move_clock("2021-06-11T16:00:00+07:00").startswith("2021-06-11T16:00")
    assert bot.now == "2021-06-11T16:00:00+07:00"
    assert simulator.now().startswith("2021-06-11T16:00")


def test_a_look_that_a_jump_overtakes_takes_nothing_back(
    bot: Bot, clock: CivilClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = urllib3.PoolManager.request

    def overtaken(pool: urllib3.PoolManager, method: str, *given: Any, **more: Any) -> urllib3.BaseHTTPResponse:
        answer = request(pool, method, *given, **more)
        if method == "GET":
            clock.move("2021-06-11T16:00:00+07:00")
        return answer

    monkeypatch.setattr(urllib3.PoolManager, "request", overtaken)
    assert clock.refresh().isoformat().startswith("2021-06-11T16:00")
    clock.close()


def test_the_bots_refusal_is_passed_on(bot: Bot, simulator: SimulatorClient) -> None:
    bot.clock_status = 409
    with pytest.raises(SimulatorError) as refused:
        simulator.move_clock("2020-01-01T00:00:00+07:00")
    assert refused.value.status == 409


def test_a_dead_bots_clock_goes_on(bot: Bot, clock: CivilClock, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock.refresh().year == 2021
    monkeypatch.setattr("simulator.clock.FRESH_SECONDS", 0.0)
    bot.clock_status = 500
    assert clock.refresh().year == 2021
    clock.close()


@pytest.mark.parametrize("answer", ["no json", '{"simulated": true}', "[]"])
def test_a_strange_answer_changes_nothing(bot: Bot, clock: CivilClock, answer: str) -> None:
    bot.clock_body = answer
    real = CivilClock("").now()
    assert abs((clock.refresh() - real).total_seconds()) < 5
    clock.close()


def test_a_jump_answered_strangely_is_an_error(bot: Bot, clock: CivilClock) -> None:
    with pytest.raises(ClockRefusedError, match="cannot be read"):
        clock.move("tomorrow")
    clock.close()


def test_a_clock_that_is_not_simulated_is_real_time(bot: Bot, clock: CivilClock) -> None:
    bot.clock_body = '{"now": "2021-06-07T08:30:00", "simulated": false}'
    assert abs((clock.refresh() - CivilClock("").now()).total_seconds()) < 5
    clock.close()


def test_nobody_to_move_is_told(clock: CivilClock, bot: Bot, simulator: SimulatorClient) -> None:
    nowhere = CivilClock("http://127.0.0.1:9/clock")
    assert abs((nowhere.refresh() - CivilClock("").now()).total_seconds()) < 5
    with pytest.raises(ClockRefusedError, match="cannot be reached"):
        nowhere.move("2021-06-08T08:30:00+07:00")
    nowhere.close()
    clock.close()
