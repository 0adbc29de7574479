"""Free ports for servers that a test starts.

They lie below those that the system gives to whoever asks for any: nobody is given one of them by chance between the
look here and the server's own start. Each test process has five hundred of its own and goes through them in turn.
"""

from __future__ import annotations

import os
import random
import re
import socket
from collections.abc import Iterator

_FIRST, _EACH, _PROCESSES = 20_000, 500, 20


def _in_turn() -> Iterator[int]:
    """The process's own ports, round and round; another run on this machine hardly stands at the same place."""
    worker = re.search(r"\d+$", os.environ.get("PYTEST_XDIST_WORKER", ""))
    first = _FIRST + _EACH * (int(worker[0]) % _PROCESSES if worker else _PROCESSES)
    place = random.randrange(_EACH)  # noqa: S311 - no secret
    while True:
        place = (place + 1) % _EACH
        yield first + place


_ports = _in_turn()


def free_port() -> int:
    for port, _tried in zip(_ports, range(_EACH), strict=False):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("all ports of this test process are taken")
