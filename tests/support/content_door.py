"""A door between the product and LINE's content: open, or misbehaving in one of the ways of the network."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

import urllib3

from tests.support.ports import free_port

Mode = Literal["open", "error", "not_ready", "truncated", "drip", "silent"]


@dataclass
class ContentDoor:
    """`refuse` closes its port, so that nobody answers at all; `open_again` lets everything through."""

    upstream: str = ""
    mode: Mode = "open"
    pause: float = 0.0
    """Seconds that every answer waits."""
    port: int = field(default_factory=free_port)
    asked: list[str] = field(default_factory=list)
    """Paths, in order."""
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                door.answer(self)

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def refuse(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def open_again(self) -> None:
        self.mode, self.pause = "open", 0.0
        if self._server is None:
            self.start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        time.sleep(self.pause)
        match self.mode:
            case "error":
                request.send_error(500)
            case "not_ready":
                request.send_response(202)
                request.send_header("Content-Length", "0")
                request.end_headers()
            case "silent":
                time.sleep(60)
            case _:
                self._pass_on(request)

    def _pass_on(self, request: BaseHTTPRequestHandler) -> None:
        headers = {"Authorization": request.headers["Authorization"]}
        with urllib3.PoolManager(timeout=60) as pool:
            found = pool.request("GET", self.upstream + request.path, headers=headers, retries=False)
        request.send_response(found.status)
        request.send_header("Content-Type", found.headers.get("Content-Type", ""))
        request.send_header("Content-Length", str(len(found.data)))
        request.end_headers()
        try:
            self._write(request, found.data)
        except OSError:
            return  # whoever asked has had enough

    def _write(self, request: BaseHTTPRequestHandler, content: bytes) -> None:
        if self.mode == "truncated":
            request.wfile.write(content[: len(content) // 2])
            request.wfile.flush()
            request.connection.shutdown(socket.SHUT_RDWR)
        elif self.mode == "drip":
            for byte in content:
                if self.mode != "drip":
                    break
                request.wfile.write(bytes([byte]))
                request.wfile.flush()
                time.sleep(0.2)
            request.connection.shutdown(socket.SHUT_RDWR)
        else:
            request.wfile.write(content)
