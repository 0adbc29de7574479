"""The control side in process: phones, chats, settings, faults, reset."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.unit.simulator.calls import LEADER, NOBODY, OFFICER, Line, text

PHONE = f"/phones/{OFFICER}"


def test_the_state_tells_what_the_page_shows(line: Line) -> None:
    state = line.sim("GET", "/state").json
    assert state["clock"]["simulated"] is False
    assert state["quota"] == {"limit": 300, "used": 0, "reserved": 0}
    assert set(state["counters"]) == {"events", "delivered", "failed", "replies", "pushes", "billed"}
    assert [phone["role"] for phone in state["phones"]] == ["officer", "leader", "staff"]


def test_a_new_phone_has_not_added_the_account(line: Line) -> None:
    created = line.sim("POST", "/phones", {"name": "Ann", "language": "en", "role": "staff"})
    assert created.status_code == 201
    assert (created.json["following"], created.json["language"], created.json["pc"]) == (False, "en", False)
    said = line.sim("POST", f"/phones/{created.json['user_id']}/text", {"text": "hi"})
    assert (said.status_code, said.json) == (409, {"error": "this phone has not added the account"})


@pytest.mark.parametrize("phone", [{"name": ""}, {"name": "a", "language": "fr"}, {"name": "a", "role": "king"}])
def test_a_wrong_phone_is_refused(line: Line, phone: dict[str, str]) -> None:
    assert line.sim("POST", "/phones", phone).status_code == 400


def test_a_phone_can_be_changed_but_not_into_another(line: Line) -> None:
    changed = line.sim("PATCH", PHONE, {"name": "Ann", "pc": True, "shown": False, "language": "en"}).json
    assert (changed["name"], changed["pc"], changed["shown"], changed["language"]) == ("Ann", True, False, "en")
    assert line.sim("PATCH", PHONE, {"user_id": LEADER}).status_code == 400
    assert line.sim("PATCH", PHONE, {"language": "fr"}).status_code == 400


@pytest.mark.parametrize("path", ["text", "follow", "unsend", "sticker"])
def test_there_is_no_unknown_phone(line: Line, path: str) -> None:
    assert line.sim("POST", f"/phones/{NOBODY}/{path}", {"text": "a"}).status_code == 404


def test_messages_come_after_a_sequence_number_and_not_twice(line: Line) -> None:
    line.push(text("1"))
    first = line.sim("GET", f"{PHONE}/messages").json
    line.push(text("2"))
    second = line.sim("GET", f"{PHONE}/messages?after={first['next']}").json
    assert [each["message"]["text"] for each in second["messages"]] == ["2"]


def test_an_unchanged_chat_is_not_sent_again(line: Line) -> None:
    line.push()
    tag = line.sim("GET", f"{PHONE}/messages").headers["ETag"]
    assert line.sim("GET", f"{PHONE}/messages", headers={"If-None-Match": tag}).status_code == 304
    line.push()
    assert line.sim("GET", f"{PHONE}/messages", headers={"If-None-Match": tag}).status_code == 200


def test_loading_dots_change_the_chat(line: Line) -> None:
    tag = line.sim("GET", f"{PHONE}/messages").headers["ETag"]
    line.call("POST", "/chat/loading/start", {"chatId": OFFICER})
    answer = line.sim("GET", f"{PHONE}/messages", headers={"If-None-Match": tag})
    assert (answer.status_code, bool(answer.json["loading_until"])) == (200, True)


def test_an_unsent_message_comes_again_empty(line: Line) -> None:
    sent = line.sim("POST", f"{PHONE}/text", {"text": "secret"}).json
    seen = line.sim("GET", f"{PHONE}/messages").json
    assert line.sim("POST", f"{PHONE}/unsend", {"message_id": sent["message_id"]}).status_code == 200
    again = line.sim("GET", f"{PHONE}/messages?after={seen['next']}").json["messages"]
    assert [(each["message_id"], each["unsent"], each["message"]) for each in again] == [(sent["message_id"], True, {})]


def test_what_was_never_sent_cannot_be_taken_back(line: Line) -> None:
    pushed = line.push().json["sentMessages"][0]["id"]
    line.sim("POST", f"{PHONE}/postback", {"data": "a", "display_text": "ยืนยัน"})
    shown = line.shown()[-1]["message_id"]
    sent = line.sim("POST", f"{PHONE}/text", {"text": "a"}).json["message_id"]
    line.sim("POST", f"{PHONE}/unsend", {"message_id": sent})
    for message_id in (pushed, shown, sent, "1"):
        assert line.sim("POST", f"{PHONE}/unsend", {"message_id": message_id}).status_code == 409


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("text", {"text": ""}, 409),
        ("text", {"text": "😀" * 2501}, 409),
        ("text", {"text": "a", "quoted_message_id": "1"}, 409),
        ("event", {"message": {"text": "no type"}}, 409),
        ("event", {"message": "x"}, 400),
        ("event", [], 400),
        ("postback", {"data": ""}, 400),
        ("photo", {}, 400),
        ("follow", {}, 409),
    ],
)
def test_what_the_app_would_not_allow_is_refused(line: Line, path: str, body: Any, status: int) -> None:
    assert line.sim("POST", f"{PHONE}/{path}", body).status_code == status


def test_a_file_is_shown_to_the_phone_that_sent_it_only(line: Line) -> None:
    form = {"file": (io.BytesIO(b"JPEG"), "a.jpg", "image/jpeg")}
    sent = line.sim("POST", f"{PHONE}/photo", data=form).json
    with line.sim("GET", f"{PHONE}/media/{sent['message_id']}") as answer:
        assert (answer.data, answer.mimetype) == (b"JPEG", "image/jpeg")
    assert line.sim("GET", f"/phones/{LEADER}/media/{sent['message_id']}").status_code == 404


def test_settings_change_together_or_not_at_all(line: Line) -> None:
    changes = {"redelivery": True, "quota_limit": None, "latency_ms": 1, "reply_token_seconds": 5}
    state = line.sim("POST", "/settings", changes).json
    assert (state["redelivery"], state["quota"]["limit"]) == (True, None)
    assert (state["latency_ms"], state["reply_token_seconds"]) == (1, 5)
    assert line.sim("POST", "/settings", {"redelivery": False, "latency_ms": -1}).status_code == 400
    assert line.sim("GET", "/state").json["redelivery"] is True


@pytest.mark.parametrize(
    "changes",
    [
        {"redelivery": 1},
        {"speed": 1},
        {"quota_limit": True},
        {"latency_ms": None},
        {"quota_used": None},
        {"quota_reserved": -1},
        {"rate_limits": 5},
        {"rate_limits": {"pusch": 5}},
        {"rate_limits": {"push": -5}},
        {"one_user_per_minute": 0.5},
    ],
)
def test_a_wrong_setting_is_refused(line: Line, changes: dict[str, Any]) -> None:
    assert line.sim("POST", "/settings", changes).status_code == 400


@pytest.mark.parametrize("fault", [{"kind": "fire"}, {"kind": "timeout", "times": 0}])
def test_a_wrong_fault_is_refused(line: Line, fault: dict[str, Any]) -> None:
    assert line.sim("POST", "/faults", fault).status_code == 400


def test_what_was_to_go_wrong_goes_right_again_when_it_is_healed(line: Line) -> None:
    line.sim("POST", "/faults", {"kind": "server_error", "times": 1000})
    assert line.push().status_code == 500
    assert line.sim("DELETE", "/faults").status_code == 200
    assert line.push().status_code == 200


def test_the_log_is_read_in_pieces(line: Line) -> None:
    line.push()
    first = line.sim("GET", "/log").json
    line.get("/info")
    second = line.sim("GET", f"/log?after={first['next']}").json["entries"]
    assert [entry["path"] for entry in second] == ["/v2/bot/info"]


def test_a_reset_forgets_all_but_the_bots_identity(line: Line) -> None:
    bot = line.world.outbound.destination
    line.sim("POST", f"{PHONE}/photo", data={"file": (io.BytesIO(b"JPEG"), "a.jpg")})
    line.push()
    line.sim("POST", "/settings", {"redelivery": True})
    line.sim("POST", "/faults", {"kind": "server_error"})
    seq = line.sim("GET", "/state").json["phones"][0]["last_seq"]
    assert line.sim("POST", "/reset").status_code == 200
    state = line.sim("GET", "/state").json
    assert (state["redelivery"], sum(state["counters"].values())) == (False, 0)
    assert [phone["following"] for phone in state["phones"]] == [False] * 3
    assert line.sim("GET", "/transcript").json["phones"][OFFICER] == []
    assert line.world.outbound.destination == bot
    assert line.world.store.next_seq() > seq
    assert line.push().status_code == 200


def test_a_clock_without_an_address_cannot_be_moved(line: Line) -> None:
    assert line.sim("POST", "/clock", {"to": "2021-06-08T08:30:00+07:00"}).status_code == 409


def test_the_page_lives_at_the_root(line: Line) -> None:
    with line.http.get("/") as page:
        assert (page.status_code, page.mimetype) == (200, "text/html")
    assert line.http.get("/healthz").data == b"ok"
