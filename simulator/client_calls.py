"""Calls to the control side over HTTP."""

from __future__ import annotations

from typing import Any

import orjson
import urllib3

from simulator.client_answers import Sent, SimulatorError

LONGEST_WAIT = 75.0
"""Seconds for an answer: with `wait` the server itself waits up to a minute for the webhook."""


class Calls:
    """Every call raises SimulatorError when refused and urllib3's errors when there is no simulator."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._http = urllib3.PoolManager(maxsize=8, retries=False)

    def close(self) -> None:
        self._http.clear()

    def _act(
        self,
        user_id: str,
        kind: str,
        body: dict[str, Any] | None = None,
        *,
        wait: bool,
        fields: list[tuple[str, tuple[str, bytes, str]]] | None = None,
    ) -> Sent:
        path = f"/sim/phones/{user_id}/{kind}" + ("?wait=1" if wait else "")
        answer = self._call("POST", path, body, fields=fields)
        return sent(answer)

    def _call(self, method: str, path: str, body: Any = None, *, fields: Any = None) -> dict[str, Any]:
        answer = self._http.request(
            method,
            self.base_url + path,
            timeout=urllib3.Timeout(connect=5.0, read=LONGEST_WAIT),
            **({"fields": fields} if fields is not None else {} if body is None else {"json": body}),
        )
        if answer.status >= 400:  # noqa: PLR2004 - HTTP's first error
            raise SimulatorError(answer.status, answer.data.decode("utf-8", "replace")[:500])
        data: dict[str, Any] = orjson.loads(answer.data)
        return data


def sent(answer: dict[str, Any]) -> Sent:
    return Sent(answer["seq"], answer["webhook_event_id"], tuple(answer["message_ids"]), answer["delivered"])
