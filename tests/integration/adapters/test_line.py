"""LINE's odd sides. What a well-behaved LINE does is tested against the simulator (test_line_simulator.py)."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

import pytest
import urllib3

from adapters.line import LineApi
from services.ports import ContentState, ContentTooLargeError, Quota, SendOutcome
from tests.support.odd_line import OddLine, answer, hang_up
from tests.support.ports import free_port

REPLY = "/v2/bot/message/reply"
PUSH = "/v2/bot/message/push"
BODY = {"replyToken": "t", "messages": [{"type": "text", "text": "secret words"}]}
USER = "U" + "0" * 32


@pytest.fixture
def line() -> Iterator[OddLine]:
    line = OddLine()
    yield line
    line.close()


@pytest.fixture
def api(line: OddLine) -> Iterator[LineApi]:
    api = LineApi(line.url, line.url, "token-1", content_limit=1000)
    yield api
    api.close()


def test_a_reply_carries_the_token_and_no_retry_key(line: OddLine, api: LineApi) -> None:
    line.plan[REPLY] = answer(200, b'{"sentMessages":[{"id":"1"}]}')
    assert api.reply(BODY).message_ids == ("1",)
    path, headers, body = line.asked[0]
    assert (path, body, headers["authorization"]) == (REPLY, BODY, "Bearer token-1")
    assert "x-line-retry-key" not in headers


def test_a_push_carries_its_retry_key(line: OddLine, api: LineApi) -> None:
    line.plan[PUSH] = answer(409, b"{}", x_line_accepted_request_id="first")
    result = api.push({"to": USER, "messages": []}, "key-1")
    assert (result.outcome, result.request_id) == (SendOutcome.SENT, "first")
    assert line.asked[0][1]["x-line-retry-key"] == "key-1"


def test_many_requests_share_one_connection(line: OddLine, api: LineApi) -> None:
    line.plan[REPLY] = answer(200)
    for _ in range(10):
        assert api.reply(BODY).outcome is SendOutcome.SENT
    assert line.connections == 1


def test_a_connection_that_breaks_is_unclear_and_asked_once_only(line: OddLine, api: LineApi) -> None:
    line.plan[PUSH] = hang_up
    assert api.push({"to": USER, "messages": []}, "key-1").outcome is SendOutcome.UNCLEAR
    assert len(line.asked) == 1


def test_silence_is_unclear_after_the_time_out(line: OddLine, api: LineApi) -> None:
    line.plan[REPLY] = line.stay_silent
    api._timeout = urllib3.Timeout(connect=2.0, read=0.1)
    assert api.reply(BODY).outcome is SendOutcome.UNCLEAR


def test_nobody_listening_is_unclear() -> None:
    api = LineApi(f"http://127.0.0.1:{free_port()}", "http://127.0.0.1:1", "t")
    assert api.reply(BODY).outcome is SendOutcome.UNCLEAR
    assert api.content("1").state is ContentState.UNCLEAR
    assert api.quota() is None
    assert api.profile(USER) is None
    assert api.webhook_endpoint() is None
    assert api.test_webhook() is False
    api.start_loading(USER, 20)
    api.close()


@pytest.mark.parametrize(
    ("used", "recipients", "outcome"),
    [(10, 2, SendOutcome.RATE_LIMITED), (299, 2, SendOutcome.QUOTA_GONE), (300, 1, SendOutcome.QUOTA_GONE)],
)
def test_429_is_told_apart_by_the_quota(
    line: OddLine, api: LineApi, used: int, recipients: int, outcome: SendOutcome
) -> None:
    line.plan["/v2/bot/message/multicast"] = answer(429, b'{"message":"misleading: monthly limit"}')
    line.plan["/v2/bot/message/quota"] = answer(200, b'{"type":"limited","value":300}')
    line.plan["/v2/bot/message/quota/consumption"] = answer(200, b'{"totalUsage":%d}' % used)
    result = api.multicast({"to": [USER] * recipients, "messages": []}, "key-1")
    assert result.outcome is outcome


def test_429_without_numbers_is_told_apart_by_its_words(line: OddLine, api: LineApi) -> None:
    line.plan[PUSH] = answer(429, b'{"message":"You have reached your monthly limit."}')
    assert api.push({"to": USER, "messages": []}, "k").outcome is SendOutcome.QUOTA_GONE
    line.plan["/v2/bot/message/quota"] = answer(200, b"[]")
    line.plan["/v2/bot/message/quota/consumption"] = answer(200, b"odd")
    assert api.quota() is None


def test_a_429_of_a_reply_is_always_of_the_rate_kind(line: OddLine, api: LineApi) -> None:
    line.plan[REPLY] = answer(429, b'{"message":"You have reached your monthly limit."}')
    assert api.reply(BODY).outcome is SendOutcome.RATE_LIMITED
    assert [path for path, _headers, _body in line.asked] == [REPLY]


def test_quota_without_a_limit(line: OddLine, api: LineApi) -> None:
    line.plan["/v2/bot/message/quota"] = answer(200, b'{"type":"none"}')
    line.plan["/v2/bot/message/quota/consumption"] = answer(200, b'{"totalUsage":5}')
    assert api.quota() == Quota(None, 5)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (202, ContentState.NOT_YET),
        (404, ContentState.GONE),
        (410, ContentState.GONE),
        (429, ContentState.UNCLEAR),
        (500, ContentState.UNCLEAR),
    ],
)
def test_content_that_is_not_there(line: OddLine, api: LineApi, status: int, state: ContentState) -> None:
    line.plan["/v2/bot/message/11/content"] = answer(status)
    content = api.content("11")
    assert (content.state, list(content.chunks)) == (state, [])


def test_content_is_streamed_with_its_type(line: OddLine, api: LineApi) -> None:
    line.plan["/v2/bot/message/11/content"] = answer(200, b"x" * 1000, content_type="image/jpeg")
    content = api.content("11")
    assert (content.state, content.content_type) == (ContentState.READY, "image/jpeg")
    assert b"".join(content.chunks) == b"x" * 1000


def test_content_past_the_limit_is_not_taken(line: OddLine, api: LineApi) -> None:
    line.plan["/v2/bot/message/11/content"] = answer(200, b"x" * 1001)
    with pytest.raises(ContentTooLargeError):
        b"".join(api.content("11").chunks)


def test_content_that_breaks_off_is_an_os_error(line: OddLine, api: LineApi) -> None:
    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-length", "500")
        handler.end_headers()
        handler.wfile.write(b"only this")
        handler.close_connection = True

    line.plan["/v2/bot/message/11/content"] = half
    with pytest.raises(OSError, match="broke off"):
        b"".join(api.content("11").chunks)


def test_content_that_comes_drop_by_drop_is_an_os_error_in_the_end(line: OddLine) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-length", "100000")
        handler.end_headers()
        with suppress(OSError):
            while not line.released.wait(0.02):
                handler.wfile.write(b"x")
                handler.wfile.flush()

    line.plan["/v2/bot/message/11/content"] = drip
    api = LineApi(line.url, line.url, "token-1", content_seconds=0.3)
    with pytest.raises(OSError, match="too slow"):
        b"".join(api.content("11").chunks)
    line.released.set()
    api.close()


def test_a_profile_that_line_will_not_tell_is_none(line: OddLine, api: LineApi) -> None:
    assert api.profile(USER) is None
    line.plan[f"/v2/bot/profile/{USER}"] = answer(200, b'{"userId":"%s"}' % USER.encode())
    assert api.profile(USER) is None, "a body without a name is odd, and no reason to fail"


def test_logs_name_the_request_and_never_words_or_people(
    line: OddLine, api: LineApi, caplog: pytest.LogCaptureFixture
) -> None:
    line.plan[REPLY] = answer(200, b"{}", x_line_request_id="req-7")
    with caplog.at_level(logging.DEBUG, logger="tidtam"):
        api.reply(BODY)
        api.profile(USER)
        api.start_loading(USER, 20)
    assert "POST /v2/bot/message/reply -> 200 req-7" in caplog.text
    assert "secret words" not in caplog.text
    assert USER not in caplog.text
    assert "token-1" not in caplog.text
    assert "token-1" not in repr(vars(api))


FORK = """
import os, sys
from adapters.line import LineApi
from services.ports import SendOutcome
api = LineApi(sys.argv[1], sys.argv[1], "token")
sent = lambda: api.reply({}).outcome is SendOutcome.SENT
assert sent()
child = os.fork()
if child == 0:
    os._exit(0 if sent() else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) or not sent())
"""


def test_a_forked_child_opens_a_connection_of_its_own(line: OddLine) -> None:
    line.plan[REPLY] = answer(200)
    subprocess.run([sys.executable, "-c", FORK, line.url], check=True, timeout=120)
    assert len(line.asked) == 3
    assert line.connections == 2


def test_threads_share_the_gateway(line: OddLine, api: LineApi) -> None:
    line.plan[REPLY] = answer(200)
    outcomes: list[SendOutcome] = []
    threads = [threading.Thread(target=lambda: outcomes.append(api.reply(BODY).outcome)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outcomes == [SendOutcome.SENT] * 12
