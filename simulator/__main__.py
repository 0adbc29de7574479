"""python -m simulator: the platform and its page on one port."""

from __future__ import annotations

import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from simulator.settings import Settings

THREADS = 32
"""Calls answered at once: a hanging call (fault `timeout`) holds one."""


def main() -> None:
    try:
        settings = Settings.from_environment(os.environ)
    except KeyError as missing:
        sys.exit(f"The simulator needs {missing.args[0]} in the environment.")
    Granian(
        "simulator.app:create_from_environment",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        factory=True,
        blocking_threads=THREADS,
        backpressure=4 * THREADS,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=5,
    ).serve()


if __name__ == "__main__":
    main()
