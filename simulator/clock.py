"""Civil time of the simulated world: asked of the bot's clock, kept as an offset to real time between two asks."""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import Any

import orjson
import urllib3

BANGKOK = dt.timezone(dt.timedelta(hours=7))
"""Thailand has one time zone and no summer time."""
FRESH_SECONDS = 1.0
TIMEOUT = urllib3.Timeout(connect=0.5, read=1.0)
"""Of a look at the bot's clock: the page waits for it, and without an answer our own goes on."""
JUMP_TIMEOUT = urllib3.Timeout(connect=2.0, read=6.0)
"""Of a jump, which somebody has asked for: a busy bot is waited for, yet answered before the page gives up (8 s)."""


class ClockRefusedError(Exception):
    """The bot's clock would not move. `status` is its HTTP answer (502 when it cannot be reached)."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.status = status


class CivilClock:
    """Civil time. Without `url`, or while it has never answered, civil time is real time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = urllib3.PoolManager(maxsize=2, retries=False, timeout=TIMEOUT)
        self._asking = threading.Lock()
        self._learning = threading.Lock()
        self._jumps = 0
        self._offset = dt.timedelta()
        self._asked_at = -FRESH_SECONDS
        self.simulated = False

    def close(self) -> None:
        self._http.clear()

    def now(self) -> dt.datetime:
        """Civil time in Bangkok, from what is known: never waits."""
        return dt.datetime.now(BANGKOK) + self._offset

    def refresh(self) -> dt.datetime:
        """Civil time, asked anew when the last answer is older than a second and nobody else is asking."""
        if self._url and time.monotonic() - self._asked_at >= FRESH_SECONDS and self._asking.acquire(blocking=False):
            jumps = self._jumps
            try:
                answer = self._http.request("GET", self._url)
                with self._learning:
                    # what was said before a jump is no longer true after it
                    if answer.status == 200 and jumps == self._jumps:  # noqa: PLR2004 - HTTP's own number
                        self._learn(orjson.loads(answer.data))
            except (urllib3.exceptions.HTTPError, ValueError):
                pass  # the bot is down, as in a kill test: its clock goes on ticking from what we know
            finally:
                self._asked_at = time.monotonic()
                self._asking.release()
        return self.now()

    def move(self, to: str) -> dt.datetime:
        """Ask the bot's clock to jump to `to` (ISO). Raises ClockRefusedError."""
        if not self._url:
            raise ClockRefusedError(409, "no clock to move: CLOCK_URL is not set")
        try:
            answer = self._http.request("POST", self._url, json={"to": to}, timeout=JUMP_TIMEOUT)
        except urllib3.exceptions.HTTPError as problem:
            raise ClockRefusedError(502, "the clock cannot be reached") from problem
        if answer.status != 200:  # noqa: PLR2004 - HTTP's own number
            raise ClockRefusedError(answer.status, answer.data.decode("utf-8", "replace")[:500])
        try:
            with self._learning:
                self._jumps += 1
                self._learn(orjson.loads(answer.data), simulated=True)
        except ValueError as problem:
            raise ClockRefusedError(502, "the clock's answer cannot be read") from problem
        return self.now()

    def _learn(self, answer: Any, *, simulated: bool = False) -> None:
        """Raises ValueError for anything but {"now": ISO, "simulated": bool}."""
        if not isinstance(answer, dict):
            raise ValueError("not an object")  # noqa: TRY004 - bad input from outside, not a wrong call
        moment = dt.datetime.fromisoformat(str(answer.get("now")))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=BANGKOK)
        self.simulated = simulated or bool(answer.get("simulated", False))
        self._offset = moment - dt.datetime.now(dt.UTC) if self.simulated else dt.timedelta()


def iso(moment: dt.datetime) -> str:
    """ISO 8601 in Bangkok to the millisecond."""
    return moment.astimezone(BANGKOK).isoformat(timespec="milliseconds")
