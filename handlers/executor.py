"""The chat executor: any free thread takes the next chat, and one chat is never in two threads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

log = logging.getLogger(__name__)


class ChatExecutor:
    """Keyed serial execution. Threads start on first use, so after a fork; work beyond the threads queues up.

    A chat that is submitted while it is being answered is answered once more afterwards.
    """

    def __init__(self, work: Callable[[int], None], threads: int) -> None:
        self._work = work
        self._threads = threads
        self._lock = threading.Lock()
        self._busy: dict[int, bool] = {}
        """Chat id to whether it was submitted again while busy."""
        self._pool: ThreadPoolExecutor | None = None

    def submit(self, chat_id: int) -> None:
        """Return at once; the chat is answered soon."""
        with self._lock:
            if chat_id in self._busy:
                self._busy[chat_id] = True
                return
            self._busy[chat_id] = False
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="chat")
            self._pool.submit(self._run, chat_id)

    def _run(self, chat_id: int) -> None:
        again = True
        while again:
            try:
                self._work(chat_id)
            except Exception:
                log.exception("conversation %s: left to the sweep", chat_id)
            with self._lock:
                again = self._busy[chat_id]
                if again:
                    self._busy[chat_id] = False
                else:
                    del self._busy[chat_id]

    def close(self) -> None:
        """Finish what has begun; what still waits stays in the inbox for the sweep."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
