"""A bot for the page's tests: a webhook on a port of its own that answers each text with the messages it was taught."""

from __future__ import annotations

import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TIMEOUT = 30.0
"""Seconds: the machine may be busy."""


class FakeBot:
    """Answers a text by `answers[text]`, everything else not at all; keeps every event in `events`."""

    def __init__(self) -> None:
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.events: list[dict[str, Any]] = []
        self.simulator_port = 0
        self.now = "2021-06-07T08:30:00+07:00"
        self.may_acknowledge = threading.Event()
        """Cleared, the webhook's 200 is held back until it is set: the bot replies while the call still runs."""
        self.may_acknowledge.set()
        self._arrived = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self.may_acknowledge.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(TIMEOUT)

    def receive_all(self, events: list[dict[str, Any]]) -> None:
        for event in events:
            self.receive(event)

    def receive(self, event: dict[str, Any]) -> None:
        with self._arrived:
            self.events.append(event)
            self._arrived.notify_all()
        messages = self.answers.get(event.get("message", {}).get("text", ""))
        if messages:
            self._call("/v2/bot/message/reply", {"replyToken": event["replyToken"], "messages": messages})

    def push(self, user_id: str, text: str) -> None:
        self._call("/v2/bot/message/push", {"to": user_id, "messages": [{"type": "text", "text": text}]})

    def wait_for(self, kind: str, count: int = 1) -> dict[str, Any]:
        """The latest event of this type, as soon as there are `count` of them. Raises TimeoutError.

        The page shows what somebody sends before it is on its way: whoever wants the second one says so.
        """

        def found() -> list[dict[str, Any]]:
            return [event for event in self.events if event["type"] == kind]

        with self._arrived:
            if not self._arrived.wait_for(lambda: len(found()) >= count, TIMEOUT):
                raise TimeoutError(kind)
            return found()[-1]

    def _call(self, path: str, body: dict[str, Any]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.simulator_port, timeout=TIMEOUT)
        headers = {"Authorization": "Bearer token", "Content-Type": "application/json"}
        connection.request("POST", path, json.dumps(body), headers)
        answer = connection.getresponse()
        detail = answer.read()
        connection.close()
        assert answer.status == 200, detail


def _handler(bot: FakeBot) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, {"now": bot.now, "simulated": True})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/clock":
                self._move_clock(body["to"])
                return
            if bot.may_acknowledge.is_set():
                self._answer(200, {})
                bot.receive_all(body["events"])
            else:
                bot.receive_all(body["events"])
                bot.may_acknowledge.wait(TIMEOUT)
                self._answer(200, {})

        def _move_clock(self, to: str) -> None:
            if to < bot.now:
                self._answer(409, {"error": "backwards"})
                return
            bot.now = to
            self._answer(200, {"now": to})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: Any) -> None:
            """Tests read events, not a log."""

    return Handler
