"""The LINE side's other calls, and what every call passes: token, size, rate, faults, request id."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask

from simulator.phone_actions import Picked
from simulator.rates import LIMITS, RateLimiter
from tests.unit.simulator.calls import LINE, NOBODY, OFFICER, STAFF, Line, text


def photo(line: Line) -> str:
    picked = Picked("a.jpg", "image/jpeg", io.BytesIO(b"JPEG" * 50_000))
    message_id = line.world.actions.upload(OFFICER, "image", [picked])[0].message_id
    assert message_id is not None
    return message_id


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", LINE.token])
def test_without_the_right_token_nothing_is_answered(line: Line, header: str) -> None:
    answer = line.call("GET", "/info", Authorization=header)
    assert answer.status_code == 401
    assert answer.json["message"].startswith("Authentication failed")


def test_every_answer_has_a_request_id_of_its_own(line: Line) -> None:
    answers = [
        line.get("/info"),
        line.get("/nowhere"),
        line.push(text("")),
        line.call("GET", "/info", Authorization=""),
    ]
    assert len({answer.headers["x-line-request-id"] for answer in answers}) == 4


def test_what_line_does_not_have_is_not_found(line: Line) -> None:
    assert (line.get("/nowhere").status_code, line.get("/nowhere").json) == (404, {"message": "Not found"})


def test_errors_have_lines_form(line: Line) -> None:
    refused = line.push({"type": "text", "text": "", "sizee": 1})
    assert refused.status_code == 400
    assert refused.json["message"] == "The request body has 2 error(s)"
    assert sorted(refused.json["details"], key=str) == [
        {"message": "May not be empty", "property": "messages[0].text"},
        {"message": "Unknown property", "property": "messages[0].sizee"},
    ]


@pytest.mark.parametrize(("body", "kind", "status"), [(b"{", "application/json", 400), (b"{}", "text/plain", 415)])
def test_what_is_no_json_is_refused(app: Flask, line: Line, body: bytes, kind: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {LINE.token}", "Content-Type": kind}
    assert app.test_client().post("/v2/bot/message/push", data=body, headers=headers).status_code == status


def test_a_body_over_two_megabytes_is_refused(line: Line) -> None:
    assert line.push(text("a" * 2_100_000)).status_code == 413


def test_the_profile_of_a_follower(line: Line) -> None:
    profile = line.get(f"/profile/{OFFICER}").json
    assert (profile["userId"], profile["language"]) == (OFFICER, "th")
    assert profile["displayName"]


def test_no_profile_of_strangers_and_those_who_blocked(line: Line) -> None:
    line.world.phones.set_following(STAFF, following=False)
    assert [line.get(f"/profile/{user}").status_code for user in (STAFF, NOBODY)] == [404, 404]


def test_the_bot_has_a_user_id_and_a_webhook(line: Line) -> None:
    assert line.get("/info").json["userId"] == line.world.outbound.destination
    url = line.get("/channel/webhook/endpoint").json
    assert (url["endpoint"], url["active"]) == (line.world.webhook.url, True)
    assert line.call("PUT", "/channel/webhook/endpoint", {"endpoint": "http://127.0.0.1:9/x"}).json == {}
    assert line.world.webhook.url == "http://127.0.0.1:9/x"
    assert line.call("PUT", "/channel/webhook/endpoint", {"endpoint": "nowhere"}).status_code == 400


def test_a_webhook_test_to_a_dead_bot_says_so(line: Line) -> None:
    result = line.call("POST", "/channel/webhook/test").json
    assert (result["success"], result["reason"], result["statusCode"]) == (False, "COULD_NOT_CONNECT", 0)


def test_a_dry_run_sends_nothing(line: Line) -> None:
    assert line.call("POST", "/message/validate/push", {"messages": [text()]}).status_code == 200
    assert line.call("POST", "/message/validate/reply", {"messages": [text("")]}).status_code == 400
    assert line.shown() == []


def test_the_loading_dots_end_with_the_next_bubble(line: Line) -> None:
    assert line.call("POST", "/chat/loading/start", {"chatId": OFFICER, "loadingSeconds": 60}).status_code == 202
    assert line.world.chat.loading_until(OFFICER) is not None
    line.push()
    assert line.world.chat.loading_until(OFFICER) is None


def test_the_loading_dots_do_not_show_to_strangers(line: Line) -> None:
    assert line.call("POST", "/chat/loading/start", {"chatId": NOBODY}).status_code == 202
    assert line.world.chat.loading_until(NOBODY) is None


def test_content_is_what_the_phone_uploaded(line: Line) -> None:
    with line.get(f"/message/{photo(line)}/content") as answer:
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/jpeg", b"JPEG" * 50_000)
    with line.get(f"/message/{photo(line)}/content/preview") as answer:
        assert answer.status_code == 200


def test_a_file_has_no_preview(line: Line) -> None:
    sent = line.world.actions.upload(OFFICER, "file", [Picked("a.pdf", "application/pdf", io.BytesIO(b"x"))])[0]
    refused = line.get(f"/message/{sent.message_id}/content/preview")
    assert (refused.status_code, refused.json) == (400, {"message": "The content can not be previewed"})
    with line.get(f"/message/{sent.message_id}/content") as answer:
        assert answer.status_code == 200


def test_content_of_texts_and_unknown_messages_is_not_found(line: Line) -> None:
    said = line.world.actions.message(OFFICER, text()).message_id
    pushed = line.push().json["sentMessages"][0]["id"]
    assert [line.get(f"/message/{each}/content").status_code for each in (said, pushed, "123")] == [404, 404, 404]


def test_content_of_an_unsent_photo_is_gone(line: Line) -> None:
    message_id = photo(line)
    line.world.actions.unsend(OFFICER, message_id)
    assert line.get(f"/message/{message_id}/content").status_code == 410
    assert line.world.media.find(message_id) is None


def test_only_videos_are_transcoded(line: Line) -> None:
    video = line.world.actions.upload(OFFICER, "video", [Picked("a.mp4", "video/mp4", io.BytesIO(b"x"))])[0]
    assert line.get(f"/message/{video.message_id}/content/transcoding").json == {"status": "succeeded"}
    assert line.get(f"/message/{photo(line)}/content/transcoding").status_code == 404


def test_content_may_not_be_ready_or_be_gone(line: Line) -> None:
    path = f"/message/{photo(line)}/content"
    line.world.faults.add("content_not_ready", times=2)
    line.world.faults.add("content_gone")
    statuses = []
    for _ in range(4):
        with line.get(path) as answer:
            statuses.append(answer.status_code)
    assert statuses == [410, 202, 202, 200]


@pytest.mark.parametrize(("kind", "status"), [("rate_limit", 429), ("server_error", 500), ("timeout", 500)])
def test_a_fault_hits_the_path_it_names_so_many_times_and_sends_nothing(line: Line, kind: str, status: int) -> None:
    line.world.faults.add(kind, "push", 2)
    assert line.get("/info").status_code == 200
    assert [line.push().status_code for _ in range(3)] == [status, status, 200]
    assert len(line.shown()) == 1


def test_a_lost_answer_was_sent_all_the_same(line: Line) -> None:
    line.world.faults.add("drop_after_send", "push")
    answer = line.push()
    assert answer.content_length != len(answer.data)
    assert len(line.shown()) == 1
    assert line.push().json["sentMessages"]


def test_a_refused_call_keeps_the_fault_for_one_that_is_accepted(line: Line) -> None:
    line.world.faults.add("drop_after_send", "push")
    assert line.push(text("")).json["message"]
    assert line.push().data == b""


def test_calls_over_the_rate_limit_get_429(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.rates.time.monotonic", lambda: 1000.0)
    body: dict[str, Any] = {"chatId": OFFICER}
    statuses = [line.call("POST", "/chat/loading/start", body).status_code for _ in range(101)]
    assert (statuses[99], statuses[100]) == (202, 429)
    assert line.push().status_code == 200


def test_a_new_window_starts_a_new_count() -> None:
    rates = RateLimiter()
    allowed = [rates.allows("multicast", 10.5) for _ in range(LIMITS["multicast"].calls + 1)]
    assert allowed.count(False) == 1
    assert rates.allows("multicast", 11.0)


def test_the_log_keeps_both_sides_words(line: Line) -> None:
    line.push(text("a"))
    line.push(text(""))
    entries, _ = line.world.traffic.after(0)
    assert [entry["status"] for entry in entries] == [200, 400]
    assert '"text": "a"' in entries[0]["body"]
    assert "May not be empty" in entries[1]["note"]
    assert LINE.token not in str(entries)
