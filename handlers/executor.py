"""The chat executor: any free thread takes the next chat, and one chat is never in two threads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from services.traces import without_words

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
        self._closed = False

    def submit(self, chat_id: int) -> None:
        """Return at once; the chat is answered soon. Once closed, it is left to the sweep."""
        with self._lock:
            if self._closed:
                return
            if chat_id in self._busy:
                self._busy[chat_id] = True
                return
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="chat")
            try:
                self._pool.submit(self._run, chat_id)
            except RuntimeError:
                # the interpreter is on its way out; the event is stored, and LINE gets its 200
                return
            self._busy[chat_id] = False

    def _run(self, chat_id: int) -> None:
        wanted = self._is_open()  # between closing and the pool's shutdown a thread may still take the next chat
        while wanted:
            try:
                self._work(chat_id)
            except Exception as error:
                log.exception("conversation %s: left to the sweep", chat_id, exc_info=without_words(error))
            wanted = self._is_wanted_again(chat_id)

    def _is_open(self) -> bool:
        with self._lock:
            return not self._closed

    def _is_wanted_again(self, chat_id: int) -> bool:
        """Whether the chat was submitted while it was answered."""
        with self._lock:
            if self._closed or not self._busy.get(chat_id):
                self._busy.pop(chat_id, None)
                return False
            self._busy[chat_id] = False
            return True

    def close(self) -> None:
        """Finish what has begun; what still waits stays in the inbox for the sweep."""
        with self._lock:
            self._closed = True
            pool = self._pool
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
