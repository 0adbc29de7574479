"""A bot over real HTTP for the simulator's own tests: remembers what arrives, answers as planned, keeps a clock."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import urllib3

TOKEN = "token"
PATIENCE = 30.0


@dataclass
class Call:
    """One POST to the webhook."""

    body: bytes
    signature: str | None
    at: float

    @property
    def payload(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.body)
        return data

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = self.payload["events"][0]
        return event


@dataclass
class Bot:
    """`statuses` are given in turn, then 200; `on_event` runs after the answer, as a good bot works."""

    statuses: list[int] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    on_event: Callable[[dict[str, Any]], None] = lambda _: None
    hang: threading.Event | None = None
    """While set and not released, the webhook does not answer."""
    now: str = "2021-06-07T08:30:00+07:00"
    clock_status: int = 200
    clock_body: str | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def start(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self.hang is not None:
            self.hang.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)

    def receive(self, call: Call) -> int:
        with self._changed:
            self.calls.append(call)
            status = self.statuses.pop(0) if self.statuses else 200
            self._changed.notify_all()
        if self.hang is not None:
            self.hang.wait(PATIENCE)
        return status

    def wait_for(self, count: int) -> list[Call]:
        """The calls so far, as soon as there are `count`."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.calls) >= count, PATIENCE):
                raise TimeoutError(f"only {len(self.calls)} calls")
            return list(self.calls)

    def texts(self) -> list[str]:
        return [call.event["message"]["text"] for call in self.calls]


def _handler(bot: Bot) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.path == "/clock":
                if bot.clock_status == 200:
                    bot.now = json.loads(body)["to"]
                self._answer(bot.clock_status, json.dumps({"now": bot.now}).encode())
                return
            call = Call(body, self.headers.get("X-Line-Signature"), time.monotonic())
            status = bot.receive(call)
            self._answer(status)
            if status == 200:
                for event in json.loads(body).get("events", []):
                    bot.on_event(event)

        def do_GET(self) -> None:
            body = bot.clock_body or json.dumps({"now": bot.now, "simulated": True})
            self._answer(bot.clock_status, body.encode())

        def _answer(self, status: int, body: bytes = b"") -> None:
            try:
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except BrokenPipeError:
                pass  # the platform waits two seconds, not longer

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            pass

    return Handler


class Line:
    """The calls that the bot makes."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(total=PATIENCE))

    def close(self) -> None:
        self._http.clear()

    def post(self, path: str, body: Any, **headers: str) -> urllib3.BaseHTTPResponse:
        given = {"Authorization": f"Bearer {TOKEN}", **{name.replace("_", "-"): each for name, each in headers.items()}}
        return self._http.request("POST", f"{self._base}/v2/bot{path}", json=body, headers=given)

    def get(self, path: str) -> urllib3.BaseHTTPResponse:
        return self._http.request("GET", f"{self._base}/v2/bot{path}", headers={"Authorization": f"Bearer {TOKEN}"})

    def reply(self, token: str, *messages: Any) -> urllib3.BaseHTTPResponse:
        return self.post("/message/reply", {"replyToken": token, "messages": list(messages)})

    def push(self, to: str, *messages: Any, **headers: str) -> urllib3.BaseHTTPResponse:
        return self.post("/message/push", {"to": to, "messages": list(messages)}, **headers)
