"""An S3 server in a thread of the test process."""

from __future__ import annotations

import itertools

import urllib3

BUCKET = "photos"


class S3Server:
    def __init__(self) -> None:
        from moto.server import ThreadedMotoServer  # noqa: PLC0415 - it costs half a second, few tests need it

        self._server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.endpoint = f"http://{host}:{port}"
        with urllib3.PoolManager(timeout=60) as pool:
            answer = pool.request("PUT", f"{self.endpoint}/{BUCKET}")
            assert answer.status == 200, answer.data
        self._stores = itertools.count(1)

    def new_store(self) -> str:
        """The address of an empty store, a prefix of its own in the bucket."""
        return f"s3://{BUCKET}/some/prefix/{next(self._stores)}?endpoint={self.endpoint}&region=us-east-1"

    def close(self) -> None:
        self._server.stop()
        if self._server._server is not None:
            self._server._server.server_close()
