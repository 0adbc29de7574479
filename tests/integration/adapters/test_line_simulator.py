"""LINE as it behaves when it behaves, played by the simulator: tokens, retry keys, both kinds of 429, content."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import orjson
import pytest

from adapters.line import LineApi, preload
from services.ports import ContentState, Profile, SendOutcome, WebhookEndpoint
from tests.support.processes import wait_until
from tests.support.simulator import ACCESS_TOKEN, LEADER, OFFICER, STAFF, RunningSimulator, running_simulator

WORDS = [{"type": "text", "text": "รับทราบ"}]
NOBODY = "U" + "f" * 32


class Webhook:
    """Takes events as a bot does and keeps them."""

    def __init__(self) -> None:
        self.events: list[dict[str, object]] = []
        events = self.events

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                events.extend(orjson.loads(self.rfile.read(int(self.headers["content-length"])))["events"])
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/callback"

    def next_event(self) -> dict[str, object]:
        wait_until(lambda: bool(self.events), what="an event")
        return self.events.pop(0)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


@pytest.fixture(scope="module")
def webhook() -> Iterator[Webhook]:
    webhook = Webhook()
    yield webhook
    webhook.close()


@pytest.fixture(scope="module")
def line(webhook: Webhook, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    with running_simulator(tmp_path_factory.mktemp("simulator"), webhook_url=webhook.url) as simulator:
        yield simulator


@pytest.fixture
def sim(line: RunningSimulator, webhook: Webhook) -> RunningSimulator:
    webhook.events.clear()
    return line


@pytest.fixture
def api(sim: RunningSimulator) -> Iterator[LineApi]:
    api = LineApi(sim.url, sim.url, ACCESS_TOKEN)
    yield api
    api.close()


def token(sim: RunningSimulator, webhook: Webhook) -> str:
    sim.say(OFFICER, "สวัสดี")
    return str(webhook.next_event()["replyToken"])


def key() -> str:
    return str(uuid.uuid4())


def ids_on_phone(sim: RunningSimulator, user_id: str, via: str) -> tuple[str, ...]:
    return tuple(bubble.message_id for bubble in sim.messages(user_id) if bubble.via == via)


def test_a_reply_reaches_the_phone_once_and_its_token_is_gone_after_it(
    sim: RunningSimulator, webhook: Webhook, api: LineApi
) -> None:
    body = {"replyToken": token(sim, webhook), "messages": WORDS}
    first, second = api.reply(body), api.reply(body)
    assert (first.outcome, second.outcome) == (SendOutcome.SENT, SendOutcome.TOKEN_GONE)
    assert first.message_ids == ids_on_phone(sim, OFFICER, "reply")
    assert first.request_id


def test_a_push_with_the_same_key_is_sent_once_and_told_as_sent_twice(sim: RunningSimulator, api: LineApi) -> None:
    before, retry_key, body = ids_on_phone(sim, OFFICER, "push"), key(), {"to": OFFICER, "messages": WORDS}
    first, second = api.push(body, retry_key), api.push(body, retry_key)
    assert (first.outcome, second.outcome, second.status) == (SendOutcome.SENT, SendOutcome.SENT, 409)
    assert first.message_ids == second.message_ids != ()
    assert second.request_id == first.request_id
    assert ids_on_phone(sim, OFFICER, "push") == before + first.message_ids


def test_a_connection_dropped_after_sending_is_unclear_and_its_retry_is_no_second_message(
    sim: RunningSimulator, api: LineApi
) -> None:
    before, retry_key, body = ids_on_phone(sim, OFFICER, "push"), key(), {"to": OFFICER, "messages": WORDS}
    sim.fault("drop_after_send", path="/message/push")
    assert api.push(body, retry_key).outcome is SendOutcome.UNCLEAR
    assert api.push(body, retry_key).outcome is SendOutcome.SENT
    assert len(ids_on_phone(sim, OFFICER, "push")) == len(before) + 1


def test_haste_and_a_spent_month_are_told_apart(sim: RunningSimulator, api: LineApi) -> None:
    body = {"to": OFFICER, "messages": WORDS}
    sim.fault("rate_limit", path="/message/push")
    assert api.push(body, key()).outcome is SendOutcome.RATE_LIMITED
    used = api.quota()
    assert used is not None
    sim.settings(quota_limit=used.used)
    assert api.push(body, key()).outcome is SendOutcome.QUOTA_GONE
    sim.settings(quota_limit=None)
    unlimited = api.quota()
    assert unlimited is not None
    assert unlimited.limit is None
    sim.settings(quota_limit=300)


def test_a_server_error_is_unclear_and_a_wrong_body_is_refused_with_lines_words(
    sim: RunningSimulator, api: LineApi
) -> None:
    sim.fault("server_error", path="/message/push")
    assert api.push({"to": OFFICER, "messages": WORDS}, key()).outcome is SendOutcome.UNCLEAR
    refused = api.push({"to": OFFICER, "messages": []}, key())
    assert (refused.outcome, refused.status) == (SendOutcome.REFUSED, 400)
    assert refused.problem
    assert LineApi(sim.url, sim.url, "wrong").push({"to": OFFICER, "messages": WORDS}, key()).status == 401


def test_a_multicast_reaches_everyone_named(sim: RunningSimulator, api: LineApi) -> None:
    assert api.multicast({"to": [OFFICER, LEADER], "messages": WORDS}, key()).outcome is SendOutcome.SENT
    for user in (OFFICER, LEADER):
        assert len(ids_on_phone(sim, user, "multicast")) == 1


def test_a_photo_is_fetched_later_and_gone_when_withdrawn(
    sim: RunningSimulator, webhook: Webhook, api: LineApi
) -> None:
    photo = b"\xff\xd8\xff" + bytes(range(256)) * 400
    (message_id,) = sim.photo(LEADER, photo).message_ids
    webhook.next_event()
    sim.fault("content_not_ready")
    assert api.content(message_id).state is ContentState.NOT_YET
    content = api.content(message_id)
    assert (content.state, content.content_type) == (ContentState.READY, "image/jpeg")
    assert b"".join(content.chunks) == photo
    sim.unsend(LEADER, message_id)
    assert api.content(message_id).state is ContentState.GONE
    assert api.content("1").state is ContentState.GONE


def test_the_rare_calls_go_through_the_sdk(sim: RunningSimulator, webhook: Webhook, api: LineApi) -> None:
    preload()
    assert api.profile(LEADER) == Profile("Boonmi", "en")
    assert api.profile(NOBODY) is None
    assert api.webhook_endpoint() == WebhookEndpoint(webhook.url, active=True)
    assert api.test_webhook() is True


def test_loading_is_shown_on_the_phone(sim: RunningSimulator, api: LineApi) -> None:
    api.start_loading(STAFF, 20)
    started = [entry for entry in sim.log() if entry["path"] == "/v2/bot/chat/loading/start"]
    assert [entry["status"] for entry in started] == [202]


@pytest.mark.parametrize("room", [False, True])
def test_a_group_or_room_is_left_and_one_that_we_are_not_in_counts_as_left(
    sim: RunningSimulator, api: LineApi, room: bool
) -> None:
    group = sim.groups.create("กลุ่ม", [OFFICER, STAFF], room=room)
    sim.groups.invite_bot(group.group_id, wait=True)
    assert api.leave(group.group_id)
    assert not sim.groups.get(group.group_id).bot
    assert api.leave(group.group_id)


def test_whether_a_group_was_left_is_not_plain_without_an_answer(sim: RunningSimulator, api: LineApi) -> None:
    group = sim.groups.create("กลุ่ม", [OFFICER])
    sim.groups.invite_bot(group.group_id, wait=True)
    sim.fault("server_error", path="/leave")
    assert not api.leave(group.group_id)
    sim.fault("drop_after_send", path="/leave")
    assert not api.leave(group.group_id)
    assert api.leave(group.group_id)
