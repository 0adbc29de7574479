from __future__ import annotations

from tests.integration.handlers.conftest import Web


def test_a_process_that_answers_is_alive(without_database: Web) -> None:
    assert without_database.app.test_client().get("/healthz").status_code == 200


def test_with_everything_there_it_is_ready(web: Web) -> None:
    answer = web.app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"ready": True, "degraded": []})


def test_it_names_what_is_down_and_stays_ready(web: Web) -> None:
    web.queue.down = web.media.down = True
    answer = web.app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"ready": True, "degraded": ["queue", "media"]})


def test_only_without_the_database_it_is_not_ready(without_database: Web) -> None:
    answer = without_database.app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"ready": False, "degraded": ["database"]})
