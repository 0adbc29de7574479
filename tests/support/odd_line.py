"""A LINE that misbehaves on command in ways that a simulator never does: silence, half answers, odd bodies."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson

Behaviour = Callable[[BaseHTTPRequestHandler], None]


def answer(status: int, body: bytes = b"{}", **headers: str) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"content-type": "application/json", "content-length": str(len(body))} | named).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Close without an answer, as a proxy that restarts does."""
    handler.close_connection = True


@dataclass
class OddLine:
    """Answers by path; anything unplanned is a 404. Keeps what it was asked."""

    plan: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    connections: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    """What `stay_silent` waits for."""

    def __post_init__(self) -> None:
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def setup(self) -> None:
                line.connections += 1
                super().setup()

            def do_GET(self) -> None:
                length = int(self.headers.get("content-length", 0))
                body = orjson.loads(self.rfile.read(length)) if length else None
                line.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                line.plan.get(self.path, answer(404, b'{"message":"Not found"}'))(self)

            do_POST = do_GET  # noqa: N815 - http.server's name

            def log_message(self, *_arguments: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def stay_silent(self, _handler: BaseHTTPRequestHandler) -> None:
        self.released.wait(30)
        _handler.close_connection = True

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
