"""The environment of `make run`: everything on this machine, the simulator in LINE's place, secrets made once.

Only the ports and the campaign's folder come from the caller's environment. A DATABASE_URL that a shell happens to
hold must never be filled with demonstration people.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL

from workers.local import valkey

CAMPAIGN = Path("campaigns/loei_2564")
"""Relative to the checkout."""

PORTS = {"PORT": 8000, "SIMULATOR_PORT": 8001}
_SECRETS = ("SECRET_KEY", "LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN")
_FROM_THE_SHELL = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TERM", "USER", "VIRTUAL_ENV")


class PortOddError(Exception):
    """A port variable does not hold a port number; the argument is the variable's name."""


class NoCampaignError(Exception):
    """The folder in CAMPAIGN has no campaign.yaml; the argument is the folder."""


def read_campaign(shell: Mapping[str, str], root: Path) -> Path:
    """Return the campaign's folder: CAMPAIGN, relative to `root`, or the shipped one. Raises NoCampaignError."""
    folder = root / (shell.get("CAMPAIGN") or CAMPAIGN)
    if not (folder / "campaign.yaml").is_file():
        raise NoCampaignError(folder)
    return folder


def read_ports(shell: Mapping[str, str]) -> dict[str, int]:
    """Return the port of each variable in PORTS. Raises PortOddError."""
    return {name: _port(name, shell.get(name) or str(usual)) for name, usual in PORTS.items()}


def _port(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 2**16:
        raise PortOddError(name)
    return int(text)


def is_free(port: int) -> bool:
    """Tell whether nobody listens on `port` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def keep_secrets(file: Path) -> dict[str, str]:
    """Return the secrets in `file`, made at the first start and readable by their owner alone."""
    if not file.exists():
        lines = "".join(f"{name}={secrets.token_hex(32)}\n" for name in _SECRETS)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(lines)
    return dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)


def build(data: Path, campaign: Path, ports: Mapping[str, int], shell: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment of the local processes. `data` exists; secrets are made in it.

    A campaign without people of its own for a demonstration gets the simulator's strangers.
    """
    demo = campaign / "demo.yaml"
    web, line = (f"http://127.0.0.1:{ports[name]}" for name in PORTS)
    own = {
        "DATABASE_URL": URL.create("sqlite", database=str(data / "tidtam.db")).render_as_string(),
        "REDIS_URL": valkey.redis_url(data / "valkey"),
        "MEDIA_URL": (data / "media").as_uri(),
        "PUBLIC_URL": web,
        "LINE_API_URL": line,
        "LINE_DATA_API_URL": line,
        "HOST": "127.0.0.1",
        **{name: str(port) for name, port in ports.items()},
        "CLOCK": "simulated",
        "WEBHOOK_URL": f"{web}/callback",
        "CLOCK_URL": f"{web}/clock",
        "SIMULATOR_DATA": str(data / "simulator"),
        "SIMULATOR_PHONES": str(demo) if demo.is_file() else "",
        "PYTHONUNBUFFERED": "1",
    }
    kept = {name: shell[name] for name in _FROM_THE_SHELL if name in shell}
    return kept | own | keep_secrets(data / "env")
