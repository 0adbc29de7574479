"""Words to everyone: who gets a broadcast, what it costs, and which of LINE's wide sends are refused."""

from __future__ import annotations

import uuid
from typing import Any

import orjson

from simulator.client import SimulatorClient
from tests.integration.simulator.bot import Line
from tests.integration.simulator.conftest import LEADER, OFFICER, STAFF

WORDS = {"type": "text", "text": "ประกาศ"}


def broadcast(line: Line, *messages: dict[str, Any], key: str | None = None) -> tuple[int, Any]:
    headers = {} if key is None else {"X_Line_Retry_Key": key}
    answer = line.post("/message/broadcast", {"messages": list(messages or [WORDS])}, **headers)
    return answer.status, orjson.loads(answer.data)


def texts(simulator: SimulatorClient, user_id: str) -> list[str]:
    return [seen.message["text"] for seen in simulator.messages(user_id) if seen.via == "broadcast"]


def test_everyone_who_follows_gets_a_broadcast_and_is_billed_once(simulator: SimulatorClient, line: Line) -> None:
    assert broadcast(line, WORDS, {"type": "text", "text": "ที่สอง"}) == (200, {})
    for user_id in (OFFICER, LEADER):
        assert texts(simulator, user_id) == ["ประกาศ", "ที่สอง"]
    assert texts(simulator, STAFF) == []
    assert simulator.transcript().billed == 2


def test_a_broadcast_with_the_same_retry_key_is_sent_once(simulator: SimulatorClient, line: Line) -> None:
    key = str(uuid.uuid4())
    assert broadcast(line, key=key)[0] == 200
    assert broadcast(line, key=key) == (409, {"message": "The retry key is already accepted"})
    assert texts(simulator, OFFICER) == ["ประกาศ"]


def test_a_broadcast_beyond_the_quota_reaches_nobody(simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(quota_limit=1)
    assert broadcast(line) == (429, {"message": "You have reached your monthly limit."})
    assert texts(simulator, OFFICER) == []


def test_sixty_broadcasts_an_hour_are_the_limit(simulator: SimulatorClient, line: Line) -> None:
    simulator.settings(quota_limit=None)
    statuses = [broadcast(line)[0] for _ in range(121)]
    assert statuses.count(429) >= 1
    assert statuses.count(200) in range(60, 121), "two hours meet in one run at most"


def test_a_broadcast_names_no_recipients(line: Line) -> None:
    answer = line.post("/message/broadcast", {"messages": [WORDS], "to": [OFFICER]})
    assert answer.status == 400
    assert orjson.loads(answer.data)["details"] == [{"message": "Unknown property", "property": "to"}]


def test_narrowcast_is_refused_in_plain_words(simulator: SimulatorClient, line: Line) -> None:
    answer = line.post("/message/narrowcast", {"messages": [WORDS], "filter": {"demographic": {}}})
    assert (answer.status, list(orjson.loads(answer.data))) == (403, ["message"])
    assert "100 friends" in orjson.loads(answer.data)["message"]
    assert line.post("/message/narrowcast", {"messages": []}).status == 400
    assert simulator.transcript().billed == 0


def test_there_is_no_progress_of_a_narrowcast(line: Line) -> None:
    assert line.get("/message/progress/narrowcast?requestId=1").status == 404
    assert line.get("/message/progress/narrowcast").status == 400
