"""One urllib3 pool per process and host set, with time-outs on every call and no retries of its own.

A reply through the SDK costs several times a plain dict over a shared pool (docs/dependencies.md), and its
automatic retries would send a push again without our outbox knowing.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import urllib3

from services.ports import ContentTooLargeError

log = logging.getLogger("tidtam.line")

LONGEST_STREAM = 45.0
"""Seconds for all bytes of a content: one that comes drop by drop must not keep the others waiting."""
_PIECE = 64 * 1024
CONNECTIONS = 40
"""Kept open per host: the chat threads of one process and a few more."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class ByteStream(Iterator[bytes]):
    """The body of an answer, read once. Raises OSError when LINE breaks off or has not ended after `longest` seconds,
    ContentTooLargeError past `most` bytes."""

    def __init__(self, response: urllib3.BaseHTTPResponse, most: int, longest: float = LONGEST_STREAM) -> None:
        self._response = response
        self._left = most
        self._end = time.monotonic() + longest

    def __next__(self) -> bytes:
        try:
            # whatever has come: to wait for a full piece would be to wait for ever where bytes come drop by drop
            chunk = self._response.read1(_PIECE)
        except urllib3.exceptions.HTTPError as error:
            self.close()
            raise OSError(f"LINE broke off: {type(error).__name__}") from error
        if not chunk:
            self.close()
            raise StopIteration
        if time.monotonic() > self._end:
            self.close()
            raise OSError("LINE was too slow")
        self._left -= len(chunk)
        if self._left < 0:
            self.close()
            raise ContentTooLargeError("more bytes than allowed")
        return chunk

    def close(self) -> None:
        """Give the connection back. What was not read is lost."""
        self._response.close()
        self._response.release_conn()


@dataclass
class LineHttp:
    """Requests with the channel's token. Raises urllib3.exceptions.HTTPError where LINE gave no answer."""

    access_token: str = field(repr=False)
    _pool: urllib3.PoolManager | None = field(default=None, repr=False)
    _owner: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def pool(self) -> urllib3.PoolManager:
        """Return the pool of this process: a forked child makes its own, for two on one socket mix up answers."""
        with self._lock:
            if self._pool is None or self._owner != os.getpid():
                self._pool = urllib3.PoolManager(num_pools=4, maxsize=CONNECTIONS, retries=False)
                self._owner = os.getpid()
            return self._pool

    def post(self, url: str, body: Mapping[str, Any], timeout: urllib3.Timeout, retry_key: str = "") -> Answer:
        headers = self._headers() | {"Content-Type": "application/json"}
        if retry_key:
            headers["X-Line-Retry-Key"] = retry_key
        response = self.pool().request("POST", url, body=orjson.dumps(body), headers=headers, timeout=timeout)
        return self._logged("POST", url, response, response.data)

    def get(self, url: str, timeout: urllib3.Timeout) -> Answer:
        response = self.pool().request("GET", url, headers=self._headers(), timeout=timeout)
        return self._logged("GET", url, response, response.data)

    def stream(self, url: str, timeout: urllib3.Timeout) -> urllib3.BaseHTTPResponse:
        """Return an open answer whose body has not been read; the caller closes it."""
        response = self.pool().request(
            "GET", url, headers=self._headers(), timeout=timeout, preload_content=False, decode_content=False
        )
        self._logged("GET", url, response, b"")
        return response

    def close(self) -> None:
        with self._lock:
            if self._pool is not None:
                self._pool.clear()
            self._pool = None

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access_token}"}

    def _logged(self, method: str, url: str, response: urllib3.BaseHTTPResponse, body: bytes) -> Answer:
        # LINE keeps no log for us: these four are what its support asks for. Never a body.
        request_id = response.headers.get("x-line-request-id", "-")
        log.info("%s %s -> %d %s", method, urllib3.util.parse_url(url).path, response.status, request_id)
        return Answer(response.status, response.headers, body)
